"""Subscriptions send each change once and in order, and to each subscriber only what it follows."""

import datetime as dt
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from statistics import median

import pytest

import db.live
from db.database import Database
from schema.node import global_id
from tests.api.live import cursor, data_or_codes, event_revision, open_socket, open_stream, revision, write
from tests.api.process import serving_process
from tests.engines import REVISION, url_of
from tests.log import add_change
from tests.server import NOW
from tests.size import sized
from tests.writable import WritableApi

BUFFER_SIZE = sized(db.live.BUFFER_SIZE, 200)
STATUS = "subscription ($after: String) { changes(after: $after) { subject { ... on Commitment { ref status } } } }"
RECORD = """mutation ($day: Date!, $status: Status!) { recordStatus(input: {
  commitment: "SVS-19", effectiveOn: $day, status: $status, voice: MEDIA, note: "It is said.",
  citation: {newDocument: {slug: "said", title: "Said"}}
}) { ... on StatusRecorded { change { revision } } } }"""


@pytest.mark.postgresql_in_full
def test_a_change_made_in_another_process_arrives_within_a_second(seeded_database: Database, tmp_path: Path) -> None:
    with serving_process(tmp_path, database_url=url_of(seeded_database)) as process:
        url, last = process.url(), cursor(revision(seeded_database))
        with open_socket(url) as socket, open_stream(url, after=last) as events:
            socket.ask(after=last)
            waits = []
            for _ in range(5):
                # Long enough for the first look to be over, so that this is about the next.
                time.sleep(0.3)
                start = time.monotonic()
                [number] = write(seeded_database)
                assert (socket.next(), event_revision(next(events))) == (
                    {"revision": number, "cursor": cursor(number)},
                    number,
                )
                waits.append(time.monotonic() - start)
            # A busy machine may spoil some of them.
            assert median(waits) < 1
        assert process.stop() == 0


def test_missed_changes_are_sent_once_and_in_order(api_shared: WritableApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.live, "BUFFER_SIZE", BUFFER_SIZE)
    url, database = api_shared.url, api_shared.database
    start = revision(database)
    with open_socket(url) as socket:
        # From now on changes are held in memory, but not as many as are to come.
        socket.ask(after=cursor(start))
        every = [*write(database, BUFFER_SIZE // 2), *write(database, BUFFER_SIZE), *write(database)]
        assert socket.revisions(len(every)) == every
        for number in (len(every) - 1, BUFFER_SIZE + 1, BUFFER_SIZE, 101, 1):
            revisions = every[-number:]
            after = cursor(revisions[0] - 1)
            with open_socket(url) as other, open_stream(url, after=after) as events:
                other.ask(after=after)
                assert other.revisions(number) == revisions
                assert [event_revision(next(events)) for _ in revisions] == revisions
                every += write(database)
                assert {other.next()["revision"], event_revision(next(events)), socket.next()["revision"]} == {
                    every[-1]
                }


def test_from_now_on_means_that_nothing_behind_the_first_is_lost(api_shared: WritableApi) -> None:
    numbers: list[int] = []
    start = revision(api_shared.database)
    stop = threading.Event()

    def busy() -> None:
        while not stop.is_set():
            numbers.extend(write(api_shared.database))

    writer = threading.Thread(target=busy)
    writer.start()
    try:
        for _ in range(4):
            with open_socket(api_shared.url) as socket, open_stream(api_shared.url) as events:
                socket.ask()
                for revisions in (socket.revisions(20), [event_revision(next(events)) for _ in range(20)]):
                    assert revisions == list(range(revisions[0], revisions[0] + 20))
    finally:
        stop.set()
        writer.join()
    assert numbers == list(range(start + 1, start + 1 + len(numbers)))


def test_a_browser_that_connects_again_goes_on_behind_its_last_event(api_shared: WritableApi) -> None:
    first, second, third = write(api_shared.database, 3)
    # It asks what it asked at first; where it got to, it tells beside that.
    for place, expected in ((cursor(first), [second, third]), (cursor(second), [third])):
        with open_stream(api_shared.url, method="GET", place=place, after=cursor(0)) as events:
            assert [event_revision(next(events)) for _ in expected] == expected
    with open_stream(api_shared.url, place="garbage") as events:
        assert data_or_codes(next(events)[1]) == ["INVALID_CURSOR"]


@pytest.mark.sqlite_only
def test_a_change_in_the_place_of_the_only_one_in_memory_is_sent_too(api_writable: WritableApi, tmp_path: Path) -> None:
    """After another database was put into the place of this one, as a backup is put back."""
    database, other = api_writable.database, Database(f"sqlite:///{tmp_path}/other.db")
    start = revision(database)
    copy(database, other)
    [number] = write(database)
    with open_stream(api_writable.url, after=cursor(start)) as events:
        assert event_revision(next(events)) == number
        # Long enough for the first look to be over, which holds this change alone in memory.
        time.sleep(0.3)
        with other.transaction() as session:
            add_change(session, NOW + dt.timedelta(seconds=1))
        copy(other, database)
        assert event_revision(next(events)) == number
    other.close()


def copy(source: Database, target: Database) -> None:
    one, another = (sqlite3.connect(str(database.engine.url.database)) for database in (source, target))
    with closing(one), closing(another):
        one.backup(another)


def test_a_subscriber_to_a_subject_gets_only_its_changes(api_shared: WritableApi) -> None:
    nodes = api_shared.public.ask(
        "{ funds(first: 2) { nodes { id slug } } commitments(first: 2) { nodes { id ref } } }"
    )
    (first, second), (other, commitment) = nodes["funds"]["nodes"], nodes["commitments"]["nodes"]
    start = revision(api_shared.database)
    api_shared.editor.ask('mutation { addDocument(input: {slug: "said", title: "Said"}) { __typename } }')
    for fund in (first, second):
        pair = f'commitment: "{commitment["ref"]}", fund: "{fund["slug"]}", reason: "So."'
        for change in ("unlink", "link"):
            api_shared.editor.ask(f"mutation {{ {change}(input: {{{pair}}}) {{ __typename }} }}")
    api_shared.editor.ask(RECORD, day="2020-01-01", status="IN_PROGRESS")
    changes = api_shared.public.ask(
        "query ($after: String) { changes(after: $after) { nodes { revision summary } } }", after=cursor(start)
    )["changes"]["nodes"]
    entries = [(change["revision"], change["summary"]) for change in changes]
    assert [number for number, _ in entries] == [*range(start + 1, revision(api_shared.database) + 1)]
    for id, word in {
        **{node["id"]: node.get("ref") or node["slug"] for node in (first, second, commitment)},
        global_id("Document", "said"): "said",
        other["id"]: other["ref"],
    }.items():
        bearing = [
            number for number, summary in entries if word in summary.replace(",", " ").split() or word in summary
        ]
        with open_socket(api_shared.url) as socket:
            socket.ask(after=cursor(start), subject=id)
            assert socket.revisions(len(bearing)) == bearing
            with pytest.raises(TimeoutError):
                socket.hear(0.2)


def test_one_connection_carries_several_subscriptions_and_each_ends_by_itself(api_shared: WritableApi) -> None:
    start = revision(api_shared.database)
    with open_socket(api_shared.url) as socket:
        socket.ask(id="a", after=cursor(start))
        socket.ask("subscription ($after: String) { changes(after: $after) { actor } }", id="b", after=cursor(start))
        write(api_shared.database)
        events = {message["id"]: message["payload"]["data"]["changes"] for message in (socket.hear(), socket.hear())}
        assert events == {"a": {"revision": start + 1, "cursor": cursor(start + 1)}, "b": {"actor": "test"}}
        socket.say(type="complete", id="b")
        socket.ask("{ dataset { revision } }", id="b")
        assert socket.answer("b") == {"dataset": {"revision": start + 1}}
        assert write(api_shared.database, 3) == [socket.next("a")["revision"] for _ in range(3)]


@pytest.mark.postgresql_in_full
def test_the_next_event_after_midnight_is_about_the_new_day(api_writable: WritableApi) -> None:
    today, later = api_writable.clock.now, api_writable.clock.now + dt.timedelta(days=1)
    api_writable.clock.now = later
    api_writable.editor.ask(RECORD, day=str(later.date()), status="DISCONTINUED")
    api_writable.clock.now = today
    after = cursor(REVISION)
    with open_socket(api_writable.url) as socket, open_stream(api_writable.url, STATUS, after=after) as events:
        socket.ask(STATUS, after=after)
        before = socket.next()["subject"]["status"]
        assert before == next(events)[1]["data"]["changes"]["subject"]["status"] != "DISCONTINUED"
        api_writable.clock.now = later
        api_writable.editor.ask(RECORD, day="2020-01-01", status="IN_PROGRESS")
        now = {"subject": {"ref": "SVS-19", "status": "DISCONTINUED"}}
        assert (socket.next(), next(events)[1]["data"]["changes"]) == (now, now)
