"""`sixtyone backup` and `sixtyone restore`: nothing is lost, nobody waits, and nothing is taken away by accident."""

import itertools
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db import tokens
from db.database import Database
from db.versions import LATEST
from db.vocabulary import Role, Voice
from tests.all_answers import all_answers
from tests.api.commands import expect, run
from tests.engines import REVISION, Engine, PostgreSQL, seed_sqlite
from tests.past import check_past, record_at
from tests.server import GRAPHQL, Api
from tests.writable import WritableApi, add_document, serving_copy

pytestmark = pytest.mark.usefixtures("programs")
VIEWER = "{ viewer { name roles voices organisation { slug } } }"


class Load:
    """Writes and reads until it is told to stop."""

    def __init__(self, api: WritableApi) -> None:
        self.api = api
        self.revisions: list[int] = []
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        for number in itertools.count():
            if self.is_over.is_set():
                return
            self.revisions.append(add_document(self.api, f"load-{number}"))
            assert self.api.public.http.get("/changes").status_code == 200
            # A backup takes seconds on a slow machine, and each write has to be read again.
            time.sleep(0.05)

    def __enter__(self) -> "Load":
        self.thread.start()
        while len(self.revisions) < 3:
            assert self.thread.is_alive()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        self.thread.join()


def viewers(url: str, secrets: list[str]) -> list[Any]:
    """What each token gets for an answer."""
    answers = []
    for secret in secrets:
        api = Api(url, secret)
        answers.append(api.http.post("/graphql", json={"query": VIEWER}, headers={"accept": GRAPHQL}).json())
        api.http.close()
    return answers


def test_the_drill(engine: Engine, seeded_template: str, tmp_path: Path) -> None:
    """Back up under load, lose the database, restore elsewhere: every answer and every token is as it was."""
    url, elsewhere, third = engine.copy(seeded_template), engine.empty(), engine.empty()
    during, after = tmp_path / "during", tmp_path / "after"
    with serving_copy(url) as api:
        secrets = [
            api.token(Role.EDITOR, *Voice, name="Ed"),
            api.token(Role.CONTRIBUTOR, Voice.MEDIA, name="Con"),
            api.token(Role.EDITOR, name="Gone"),
            api.token(Role.EDITOR, name="Late", days=-1),
        ]
        with api.database.transaction() as session:
            assert tokens.revoke(session, 5, api.clock())
        with Load(api) as load:
            acknowledged = load.revisions[-1]
            text = expect(url, "backup", during)
            written = load.revisions[-1]
        [revision] = map(int, re.findall(r"revision (\d+), 6 tokens", text))
        assert acknowledged <= revision <= written + 1
        assert during.stat().st_mode & 0o777 == 0o600
        record = record_at(api.database, revision)
        expect(url, "backup", after)
        answers, rights = all_answers(api.editor), viewers(api.url, secrets)
        last, now = load.revisions[-1], api.clock.now
    destroy(engine, url)

    assert f"Restored from {during}: revision {revision}, 6 tokens" in expect(elsewhere, "restore", during)
    database = Database(elsewhere)
    assert record_at(database) == record
    check_past(database)
    database.close()

    expect(third, "restore", after)
    with serving_copy(third) as api:
        api.clock.now = now
        assert viewers(api.url, secrets) == rights
        assert ["errors" in answer for answer in rights] == [False, False, True, True]
        assert all_answers(api.editor) == answers
        assert add_document(api, "after-the-drill") == last + 1


def destroy(engine: Engine, url: str) -> None:
    if isinstance(engine, PostgreSQL):
        with engine.admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {url.partition('?')[0].rpartition('/')[2]}")
        return
    for suffix in ("", "-wal", "-shm"):
        Path(url.removeprefix("sqlite:///") + suffix).unlink(missing_ok=True)


def test_what_is_there_is_replaced_on_demand_alone(engine: Engine, seeded_template: str, tmp_path: Path) -> None:
    url, file = engine.copy(seeded_template), tmp_path / "backup"
    expect(url, "backup", file)
    expect(url, "token", "create", "Ann", "--role", "EDITOR", "--voice", "MEDIA")
    result = run(url, "backup", file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is there already" in result.stderr
    result = run(url, "restore", file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--replace" in result.stderr
    assert "Ann" in expect(url, "token", "list")
    assert expect(url, "backup", file, "--replace").endswith(
        f": revision {REVISION}, 1 token, tables of version {LATEST}\n"
    )
    expect(url, "token", "create", "Bob", "--role", "EDITOR", "--voice", "MEDIA")
    expect(url, "restore", file, "--replace")
    assert [line.split("\t")[3] for line in expect(url, "token", "list").splitlines()] == ["Ann"]
    # The rules of the database and its counters are those of before, too.
    with serving_copy(url) as api:
        assert add_document(api, "once-more") == REVISION + 1


def test_a_backup_that_is_damaged_is_found_before_anything_is_taken_away(
    engine: Engine, seeded_template: str, tmp_path: Path
) -> None:
    url, file = engine.copy(seeded_template), tmp_path / "backup"
    expect(url, "backup", file)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    expect(url, "token", "create", "Ann", "--role", "EDITOR", "--voice", "MEDIA")
    result = run(url, "restore", file, "--replace")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.strip()
    assert "Ann" in expect(url, "token", "list")
    assert [path.name for path in tmp_path.iterdir()] == ["backup"]


def broken_text(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "b").write_text("not a backup")
    return "is no backup", "sqlite:///x.db"


def other_kind(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "b").write_bytes(b"PGDMP\x01")
    return "is a backup of PostgreSQL, and the database is one of SQLite", f"sqlite:///{tmp_path}/x.db"


def no_file(tmp_path: Path) -> tuple[str, str]:
    return "cannot be read: No such file or directory", f"sqlite:///{tmp_path}/x.db"


def newer_tables(tmp_path: Path) -> tuple[str, str]:
    Path(seed_sqlite(tmp_path).removeprefix("sqlite:///")).rename(tmp_path / "b")
    with closing(sqlite3.connect(tmp_path / "b")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    return "The tables are of a newer version than this one", f"sqlite:///{tmp_path}/x.db"


def other_tables(tmp_path: Path) -> tuple[str, str]:
    with closing(sqlite3.connect(tmp_path / "b")) as connection:
        connection.execute("CREATE TABLE others (id)")
    return "no tables of ours", f"sqlite:///{tmp_path}/x.db"


@pytest.mark.parametrize("prepare", [broken_text, other_kind, no_file, newer_tables, other_tables])
def test_what_cannot_be_restored_is_refused_in_a_line(
    prepare: Callable[[Path], tuple[str, str]], tmp_path: Path
) -> None:
    reason, url = prepare(tmp_path)
    result = run(url, "restore", tmp_path / "b")
    assert (result.exit_code, result.stdout) == (1, "")
    assert reason in result.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {"b"}


def test_nothing_is_put_under_a_service_that_runs(tmp_path: Path) -> None:
    url, file = seed_sqlite(tmp_path), tmp_path / "backup"
    with serving_copy(url) as api:
        expect(url, "backup", file)
        result = run(url, "restore", file, "--replace")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "stop the service first" in result.stderr
        assert add_document(api, "still-here") == REVISION + 1
