"""From each released version to this one while others read and write, and back by the backup of before."""

import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import failures
from db.database import Database
from db.versions import LATEST
from tests.api.commands import expect
from tests.db.test_releases import RESTORE_TIME, VERSIONS, build_release, rows
from tests.engines import Engine
from tests.past import check_past
from tests.server import serving

pytestmark = pytest.mark.usefixtures("programs")


class OldProcess:
    """Reads and writes the tables that it knows, as long as they are there: each row that it was told is written."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        with self.database.engine.connect() as connection:
            columns = [column["name"] for column in sa.inspect(connection).get_columns("document")]
        copied = [column for column in columns if column not in ("id", "slug", "file", "digests")]
        self.insert = sa.text(
            f"INSERT INTO document (slug, {', '.join(copied)})"
            f" SELECT :slug, {', '.join(copied)} FROM document WHERE id = (SELECT min(id) FROM document)"
        )
        self.written: set[str] = set()
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        while not self.is_over.is_set():
            slug = f"old-{len(self.written)}"
            # Once the tables are others, nothing that it writes fits.
            with suppress(*failures.errors()):
                with self.database.transaction() as session:
                    session.connection().execute(self.insert, {"slug": slug})
                self.written.add(slug)
                with self.database.engine.connect() as connection:
                    assert connection.execute(sa.text("SELECT count(*) FROM commitment")).scalar()
            time.sleep(0.02)

    def __enter__(self) -> "OldProcess":
        self.thread.start()
        while not self.written:
            assert self.thread.is_alive()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        self.thread.join()
        self.database.close()


def slugs(database: Database) -> set[str]:
    with database.engine.connect() as connection:
        return set(connection.execute(sa.text("SELECT slug FROM document")).scalars())


def check(engine: Engine, version: str, tmp_path: Path) -> None:
    url, file = build_release(engine, version), tmp_path / "before"
    database = Database(url)
    expect(url, "backup", file)
    before = rows(database)
    with database.engine.connect() as connection:
        migration = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    with OldProcess(url) as old:
        expect(url, "migrate")
    # What was acknowledged is there, with its version, and this version answers.
    assert old.written <= slugs(database)
    check_past(database)
    with serving(url, lambda: RESTORE_TIME) as api:
        assert api.http.get("/readyz").json()["status"] == "ready"
        nodes = api.ask("{ commitments { nodes { ref } } }")["commitments"]["nodes"]
        assert [node["ref"] for node in nodes] == ["H-1", "H-2", "H-3"]
    database.close()
    # Back: also the tables that the version of before did not know are gone.
    text = expect(url, "restore", file, "--replace")
    assert (f"This version needs {LATEST}" in text) == (migration != LATEST)
    database = Database(url)
    assert rows(database) == before
    database.close()


@pytest.mark.sqlite_only
@pytest.mark.parametrize("version", VERSIONS)
def test_an_upgrade_of_sqlite_and_back(engine: Engine, version: str, tmp_path: Path) -> None:
    check(engine, version, tmp_path)


@pytest.mark.postgresql_only
@pytest.mark.parametrize("version", VERSIONS[::3])
def test_an_upgrade_of_postgresql_and_back(engine: Engine, version: str, tmp_path: Path) -> None:
    check(engine, version, tmp_path)
