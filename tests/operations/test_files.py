"""The file of SQLite is deleted, replaced, damaged or full, and the clock is set back, while it is served from."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from db import tokens
from db.database import Database
from db.vocabulary import Role, Voice
from tests.api.process import COMMAND, Process, environment, serving_process
from tests.engines import LOADED_AT, REVISION, seed_sqlite
from tests.server import GRAPHQL

ADD = """mutation ($slug: String!, $title: String!) { addDocument(input: {slug: $slug, title: $title}) {
  ... on DocumentAdded { change { revision } } ... on Rejected { problems { code message } } } }"""
FREE = {"rate_per_minute": "0", "rate_burst": "0"}


@pytest.fixture
def token(tmp_path: Path) -> str:
    """That of an editor, in a database with our data."""
    database = Database(seed_sqlite(tmp_path))
    with database.transaction() as session:
        secret = tokens.create(session, "Ed Itor", Role.EDITOR, tuple(Voice), now=LOADED_AT)
    database.close()
    return secret


@pytest.fixture
def process(token: str, tmp_path: Path) -> Iterator[Process]:
    with serving_process(tmp_path, database_url=f"sqlite:///{tmp_path}/0.db", **FREE) as instance:
        yield instance
        assert instance.log_lines("unexpected_error") == []
        assert instance.stop() == 0


def add(client: httpx.Client, token: str, slug: str, title: str = "Title") -> httpx.Response:
    headers = {"authorization": f"Bearer {token}", "accept": GRAPHQL}
    return client.post(
        "/graphql", json={"query": ADD, "variables": {"slug": slug, "title": f"{title} {slug}"}}, headers=headers
    )


def away(response: httpx.Response) -> bool:
    return (response.status_code, response.headers.get("retry-after")) == (503, "5")


def test_a_file_that_was_replaced_is_neither_read_nor_written(process: Process, token: str, tmp_path: Path) -> None:
    file, other = tmp_path / "0.db", tmp_path / "other.db"
    shutil.copyfile(file, other)
    before = other.read_bytes()
    with process.client() as client:
        assert client.get("/commitments").status_code == 200
        os.rename(file, tmp_path / "old.db")
        # Deleted, as far as the service can see; then replaced.
        for step in ("deleted", "replaced"):
            if step == "replaced":
                os.rename(other, file)
            for answer in (client.get("/readyz"), client.get("/commitments"), add(client, token, step)):
                assert away(answer), step
            reason = "The file of the database was deleted or replaced: stop the service before you restore it."
            assert client.get("/readyz").json() == {"status": "not ready", "reason": reason}
        assert file.read_bytes() == before
        # The old one is at its place again.
        os.rename(tmp_path / "old.db", file)
        assert add(client, token, "again").json()["data"]["addDocument"]["change"]["revision"] == REVISION + 1
    reasons = {line["reason"] for line in process.log_lines("database_away")}
    assert any("was deleted or replaced since it was opened" in reason for reason in reasons)


def test_a_damaged_file_is_reported(process: Process, tmp_path: Path) -> None:
    file = tmp_path / "0.db"
    with process.client() as client:
        assert client.get("/readyz").status_code == 200
        with file.open("r+b") as out:
            # All but the pages that tell whether it is ready, which are in memory.
            out.seek(8 * 4_096)
            out.write(b"x" * (file.stat().st_size - 8 * 4_096))
        assert away(client.get("/commitments"))
        assert client.get("/readyz").json()["status"] == "not ready"


def test_a_full_disk_refuses_writes_whole_and_the_next_one_that_fits_is_made(token: str, tmp_path: Path) -> None:
    # A file may not grow beyond what this user may write: SQLite gets the error of a full disk.
    size = max((tmp_path / name).stat().st_size for name in os.listdir(tmp_path)) + 50_000
    url = f"sqlite:///{tmp_path}/0.db"
    with serving_process(tmp_path, database_url=url, **FREE) as process, process.client() as client:
        assert add(client, token, "first").json()["data"]["addDocument"]["change"]["revision"] == REVISION + 1
        resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        answers = [add(client, token, f"d{number}", "x" * 250) for number in range(60)]
        successes = [answer for answer in answers if answer.status_code == 200]
        assert 0 < len(successes) < 60
        assert all(away(answer) for answer in answers if answer not in successes)
        # Reading goes on.
        assert client.get("/sources").status_code == 200
        assert client.get("/readyz").status_code == 200
        resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        last = add(client, token, "last").json()["data"]["addDocument"]["change"]["revision"]
        assert last == REVISION + 1 + len(successes) + 1
        assert process.log_lines("unexpected_error") == []
        assert process.stop() == 0
    with sqlite3.connect(tmp_path / "0.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_full_disk_at_the_start_is_reported_in_a_line(tmp_path: Path) -> None:
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); " + COMMAND[-1]
    for command in ("migrate", "serve"):
        result = subprocess.run(
            [sys.executable, "-c", code, command],
            cwd=tmp_path,
            env=environment(database_url=f"sqlite:///{tmp_path}/small.db"),
            capture_output=True,
            text=True,
            timeout=180,
        )
        assert (result.returncode, result.stdout) == (1, "")
        [line] = result.stderr.splitlines()
        assert line.startswith("The database refuses: ")
