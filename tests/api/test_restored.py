"""Where a backup is put back in place, nothing that was kept of the other history is told again."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.database import Database
from tests.api.lite import seeded_url
from tests.api.live import connected
from tests.desk import Desk, desk

ADD = """mutation ($slug: String!) { addDocument(input: {slug: $slug, title: $slug}) {
  ... on DocumentAdded { change { revision } } ... on Rejected { problems { code message } } } }"""
LATEST = "{ changes(direction: DESC, first: 1) { nodes { revision summary } } }"
FOLLOW = "subscription { changes { revision summary } }"


@pytest.fixture
def at_desk(tmp_path: Path) -> Iterator[Desk]:
    database = Database(seeded_url(tmp_path))
    with desk(database) as made:
        yield made
    database.close()


def add(desk: Desk, slug: str) -> int:
    desk.clock.now += dt.timedelta(seconds=1)
    revision: int = desk.editor.ask(ADD, slug=slug)["addDocument"]["change"]["revision"]
    return revision


def copied(source: str, target: str) -> None:
    """As SQLite's own backup does it, which writes into the file that is there."""
    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)
    one.close()
    other.close()


def test_what_was_kept_of_another_history_is_told_to_nobody(at_desk: Desk, tmp_path: Path) -> None:
    file, backup = str(at_desk.database.engine.url.database), str(tmp_path / "backup.db")
    copied(file, backup)
    pages = ("/changes", "/feed.json", "/data/documents.csv")
    with connected(at_desk.url) as socket:
        socket.ask(FOLLOW)
        assert add(at_desk, "zebra-history") == 2
        assert "zebra-history" in socket.next()["summary"]
        assert add(at_desk, "zebra-again") == 3
        assert "zebra-again" in socket.next()["summary"]
        for _ in range(3):
            assert "zebra-again" in str(at_desk.public.ask(LATEST))
            assert ["zebra-history" in at_desk.public.http.get(page).text for page in pages] == [True] * 3
        copied(backup, file)
        assert add(at_desk, "otter-history") == 2
        for _ in range(3):
            assert "otter-history" in str(at_desk.public.ask(LATEST))
            texts = [at_desk.public.http.get(page).text for page in pages]
            assert [("zebra-" in text, "otter-history" in text) for text in texts] == [(False, True)] * 3
        # Who follows is told of what was recorded instead, and of what comes then.
        assert "otter-history" in socket.next()["summary"]
        assert add(at_desk, "otter-again") == 3
        assert "otter-again" in socket.next()["summary"]
    # And from memory, who comes now.
    with connected(at_desk.url) as socket:
        socket.ask(
            "subscription ($after: String!) { changes(after: $after) { revision summary } }", after=beginning(at_desk)
        )
        assert ["otter-" in socket.next()["summary"] for _ in range(2)] == [True, True]


def beginning(desk: Desk) -> str:
    cursor: str = desk.public.ask("{ changes(first: 1) { nodes { cursor } } }")["changes"]["nodes"][0]["cursor"]
    return cursor
