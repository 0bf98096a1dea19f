"""After a backup is restored, no response, feed or subscription comes from the history that it replaced."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.database import Database
from tests.api.live import cursor, open_socket
from tests.engines import REVISION, seed_sqlite
from tests.writable import WritableApi, add_document, serving_writable

LATEST = "{ changes(direction: DESC, first: 1) { nodes { revision summary } } }"
FOLLOW = "subscription ($after: String) { changes(after: $after) { revision summary } }"


@pytest.fixture
def api_writable(tmp_path: Path) -> Iterator[WritableApi]:
    database = Database(seed_sqlite(tmp_path))
    with serving_writable(database) as api:
        yield api
    database.close()


def add(api: WritableApi, slug: str) -> int:
    api.clock.now += dt.timedelta(seconds=1)
    return add_document(api, slug)


def copy_database(source: str, target: str) -> None:
    """As SQLite's own backup does it, which writes into the file that is there."""
    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)
    one.close()
    other.close()


def test_no_response_from_a_replaced_history_is_sent(api_writable: WritableApi, tmp_path: Path) -> None:
    file, backup = str(api_writable.database.engine.url.database), str(tmp_path / "backup.db")
    copy_database(file, backup)
    pages = ("/changes", "/feed.json", "/data/documents.csv")
    with open_socket(api_writable.url) as socket:
        socket.ask(FOLLOW, after=cursor(REVISION))
        assert add(api_writable, "zebra-history") == REVISION + 1
        assert "zebra-history" in socket.next()["summary"]
        assert add(api_writable, "zebra-again") == REVISION + 2
        assert "zebra-again" in socket.next()["summary"]
        for _ in range(3):
            assert "zebra-again" in str(api_writable.public.ask(LATEST))
            assert ["zebra-history" in api_writable.public.http.get(page).text for page in pages] == [True] * 3
        copy_database(backup, file)
        assert add(api_writable, "otter-history") == REVISION + 1
        for _ in range(3):
            assert "otter-history" in str(api_writable.public.ask(LATEST))
            texts = [api_writable.public.http.get(page).text for page in pages]
            assert [("zebra-" in text, "otter-history" in text) for text in texts] == [(False, True)] * 3
        # A subscriber gets the change that replaced the other one, and later ones.
        assert "otter-history" in socket.next()["summary"]
        assert add(api_writable, "otter-again") == REVISION + 2
        assert "otter-again" in socket.next()["summary"]
    # A new subscriber gets them from memory.
    with open_socket(api_writable.url) as socket:
        socket.ask(FOLLOW, after=beginning(api_writable))
        assert ["otter-" in socket.next()["summary"] for _ in range(2)] == [True, True]


def beginning(api: WritableApi) -> str:
    """The cursor of the last change that the files brought."""
    log = api.public.ask(f"{{ changes(first: {REVISION}) {{ nodes {{ cursor }} }} }}")["changes"]["nodes"]
    cursor: str = log[-1]["cursor"]
    return cursor
