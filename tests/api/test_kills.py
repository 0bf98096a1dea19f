"""An acknowledged write exists exactly once, after a kill of any process and beside other writers."""

import datetime as dt
import itertools
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import select
from websockets.exceptions import WebSocketException

from db import tokens
from db.database import Database
from db.models import Change, Citation, Dataset, Document, StatusUpdate
from db.vocabulary import Role, Voice
from tests.api import live
from tests.api.live import cursor, event_revision, open_socket, open_stream, revision, write
from tests.api.process import Process, serving_process
from tests.engines import url_of
from tests.past import check_past
from tests.size import sized
from tests.waiting import until
from tests.writable import WritableApi, serving_writable

WRITERS, WRITES = 16, sized(320, 160)
# How often one of two processes is started: it is killed amid each share of the writes but the last.
STARTS = sized(4, 2)
# In seconds, for the writers while it is started.
RESTART = 120
ROUNDS, SUBSCRIBERS = sized(15, 10), sized(25, 10)
RESULT = "change { revision } } ... on Rejected { problems { code existing { id } } } } }"
RECORD = """mutation ($input: RecordStatusInput!) { written: recordStatus(input: $input) {
  ... on StatusRecorded { statusUpdate { id } """
CORRECT = """mutation ($input: CorrectStatusInput!) { written: correctStatus(input: $input) {
  ... on StatusCorrected { statusUpdate { id } """
ADD = "mutation ($input: AddDocumentInput!) { written: addDocument(input: $input) { ... on DocumentAdded { "
LINK = "mutation ($input: LinkInput!) { written: link(input: $input) { ... on Linked { "
UNLINK = "mutation ($input: UnlinkInput!) { written: unlink(input: $input) { ... on Unlinked { "
HANG_UP = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND query LIKE 'LISTEN%'"""
NAMES = """{
  commitments(first: 34, filter: {identified: true}) { nodes { ref events { slug } } }
  events(first: 50) { nodes { slug } }
}"""
MARK = re.compile(r"write-\d+-\d+")


class Victim:
    """A process that is killed again and again, and started again on another port."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        self.processes: list[Process] = []
        self.stack = ExitStack()
        self.start()

    def start(self) -> None:
        # Here one token stands for many.
        process = self.stack.enter_context(serving_process(self.folder, database_url=self.address, rate_per_minute="0"))
        self.at = process.url()
        self.processes.append(process)

    def url(self) -> str:
        return self.at

    def wait_for_start(self, number: int) -> None:
        """From 0 for the first."""
        until(lambda: len(self.processes) > number, RESTART)

    def kill(self) -> None:
        self.processes[-1].process.send_signal(signal.SIGKILL)
        self.processes[-1].process.wait()
        self.start()


def statement(commitment: str, number: int, note: str) -> dict[str, Any]:
    return {
        "commitment": commitment,
        "status": "IN_PROGRESS",
        "effectiveOn": str(dt.date(2019, 1, 1) + dt.timedelta(days=number)),
        "voice": "MEDIA",
        "note": note,
        "citation": {"newDocument": {"slug": "said", "title": "Said"}},
    }


def changes(writer: int, ref: str, events: Sequence[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The mutations of one writer, each with a mark by which it is found in the log."""
    for number in range(WRITES // WRITERS):
        mark = f"write-{writer}-{number}"
        pair = {"commitment": ref, "event": events[number // 10], "reason": mark}
        match number % 10:
            case 3 | 8:
                yield mark, ADD, {"slug": mark, "title": mark}
            case 4:
                yield mark, LINK, pair
            case 9:
                yield mark, UNLINK, pair
            case _:
                yield mark, RECORD, statement(ref, number, mark)


def ask(client: httpx.Client, url: str, query: str, params: dict[str, Any]) -> dict[str, Any]:
    request = {"query": query + RESULT, "variables": {"input": params}}
    body: dict[str, Any] = client.post(f"{url}/graphql", json=request).json()["data"]["written"]
    return body


def send(client: httpx.Client, urls: Iterator[str], query: str, params: dict[str, Any]) -> int | None:
    """Sends the same again for as long as there is no answer, each time to the other process.

    The revision; none where all that is known is that it was written, because the answer that said so never came.
    """
    for attempt in itertools.count():
        try:
            data = ask(client, next(urls), query, params)
        except httpx.TransportError:
            time.sleep(0.02)
            continue
        if attempt and "problems" in data:
            assert problems(data) == ["NOT_FOUND" if query == UNLINK else "DUPLICATE"]
            return None
        revision: int = data["change"]["revision"]
        return revision
    raise AssertionError


def wait_for_revision(database: Database, number: int) -> None:
    until(lambda: revision(database) >= number, RESTART)


def problems(params: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in params.get("problems", [])]


def follow(victim: Victim, revisions: list[int], stop: threading.Event) -> int:
    """Follows the victim from the last revision of `seen`; returns the number of connections."""
    for attempt in itertools.count():
        if stop.is_set():
            return attempt
        try:
            with open_socket(victim.url()) as socket:
                socket.ask(after=cursor(revisions[-1]))
                while not stop.is_set():
                    revisions.append(socket.next(timeout=1)["revision"])
        except (OSError, EOFError, WebSocketException):
            time.sleep(0.02)
    raise AssertionError


@pytest.mark.postgresql_in_full
def test_a_process_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing(
    seeded_database: Database, tmp_path: Path
) -> None:
    address, before = url_of(seeded_database), revision(seeded_database)
    token = token_of(seeded_database)
    with (
        serving_process(tmp_path, database_url=address, rate_per_minute="0") as steady,
        ThreadPoolExecutor(WRITERS + 1) as pool,
    ):
        victim = Victim(tmp_path, address)
        with victim.stack, httpx.Client(timeout=30, headers={"authorization": f"Bearer {token}"}) as client:
            names = client.post(f"{steady.url()}/graphql", json={"query": NAMES}).json()["data"]
            every = [node["slug"] for node in names["events"]["nodes"]]

            def writer(number: int) -> dict[str, int | None]:
                doors = itertools.cycle([victim.url, steady.url] if number % 2 else [steady.url, victim.url])
                urls = (door() for door in doors)
                commitment = names["commitments"]["nodes"][number]
                linked_events = [node["slug"] for node in commitment["events"]]
                events = [slug for slug in every if slug not in linked_events]
                results = dict[str, int | None]()
                for place, (mark, query, params) in enumerate(changes(number, commitment["ref"], events)):
                    victim.wait_for_start(place * STARTS // (WRITES // WRITERS))
                    results[mark] = send(client, urls, query, params)
                return results

            revisions, stop = [before], threading.Event()
            subscriber = pool.submit(follow, victim, revisions, stop)
            writers = [pool.submit(writer, number) for number in range(WRITERS)]
            try:
                for share in range(1, STARTS):
                    wait_for_revision(seeded_database, before + WRITES * (2 * share - 1) // (2 * STARTS))
                    victim.kill()
                revision_by_mark = {mark: at for writer in writers for mark, at in writer.result().items()}
                last = revision(seeded_database)
                until(lambda: revisions[-1] >= last)
            finally:
                stop.set()
            assert subscriber.result() >= len(victim.processes) == STARTS
            assert revisions == list(range(before, last + 1))
            assert live.errors(steady, *victim.processes) == []
            assert steady.stop() == 0
    check_past(seeded_database)
    with seeded_database.transaction() as session:
        log = [change for change in session.exec(select(Change).order_by("revision")) if change.revision > before]
        assert [change.revision for change in log] == list(range(before + 1, before + 1 + WRITES))
        assert session.exec(select(Dataset)).one().revision == log[-1].revision
        assert all(one.recorded_at < next_.recorded_at for one, next_ in itertools.pairwise(log))
        marks = {change.revision: set(MARK.findall(change.summary + str(change.edits))) for change in log}
        assert Counter(mark for result in marks.values() for mark in result) == Counter(revision_by_mark.keys())
        assert all(marks[at] == {mark} for mark, at in revision_by_mark.items() if at)
        log_records = {edit["record"] for change in log for edit in change.edits}
        for model, name in ((StatusUpdate, "key"), (Citation, "key"), (Document, "slug")):
            rows = {f"{model.__name__} {getattr(row, name)}" for row in session.exec(select(model)) if not row.seeded}
            assert rows == {record for record in log_records if record.startswith(model.__name__)}
        notes = [row.note for row in session.exec(select(StatusUpdate)) if not row.seeded and MARK.fullmatch(row.note)]
        assert len(notes) == len(set(notes)) == WRITES * 6 // 10


@pytest.mark.postgresql_in_full
def test_of_two_corrections_at_once_one_succeeds(seeded_database: Database, tmp_path: Path) -> None:
    address, before = url_of(seeded_database), revision(seeded_database)
    headers = {"authorization": f"Bearer {token_of(seeded_database)}"}
    with ExitStack() as stack:
        processes = [
            stack.enter_context(serving_process(tmp_path, database_url=address, rate_per_minute="0")) for _ in range(2)
        ]
        urls = [process.url() for process in processes]
        client = stack.enter_context(httpx.Client(timeout=30, headers=headers))
        pool = stack.enter_context(ThreadPoolExecutor(2))
        target = ask(client, urls[0], RECORD, statement("SVS-07", 1, "To be corrected."))["statusUpdate"]["id"]
        for number in range(ROUNDS):
            inputs = [{"statusUpdate": target, "note": f"{number}, {who}", "reason": "So."} for who in range(2)]
            answers = list(
                pool.map(lambda pair: ask(client, pair[0], CORRECT, pair[1]), zip(urls, inputs, strict=True))
            )
            [success] = [answer for answer in answers if "change" in answer]
            [rejection] = [answer for answer in answers if "change" not in answer]
            target = success["statusUpdate"]["id"]
            assert (problems(rejection), rejection["problems"][0]["existing"]) == (["CONFLICT"], {"id": target})
        assert revision(seeded_database) == before + 1 + ROUNDS
        assert live.errors(*processes) == []


@pytest.mark.postgresql_in_full
def test_a_stop_ends_every_subscription_at_once(seeded_database: Database, tmp_path: Path) -> None:
    # The last change alone: all subscribers have the budget of one address, and every event has a price.
    after = cursor(revision(seeded_database) - 1)
    # Far longer than a stop is waited for here.
    settings = {"database_url": url_of(seeded_database), "shutdown_seconds": "600"}
    with serving_process(tmp_path, **settings) as process, ExitStack() as stack:
        url = process.url()
        sockets = [stack.enter_context(open_socket(url)) for _ in range(SUBSCRIBERS)]
        streams = [stack.enter_context(open_stream(url, after=after)) for _ in range(SUBSCRIBERS)]
        for socket in sockets:
            socket.ask(after=after)
        assert [socket.next()["revision"] for socket in sockets] == [event_revision(next(stream)) for stream in streams]
        assert process.stop() == 0
        # After a "complete" message, no client would connect again.
        assert [socket.wait_until_closed() for socket in sockets] == [([], 1012, "")] * SUBSCRIBERS
        assert [list(stream) for stream in streams] == [[]] * SUBSCRIBERS
        assert live.errors(process) == []


@pytest.mark.postgresql_only
def test_subscribers_get_changes_after_the_database_closed_its_connections(
    seeded_database: Database, api_writable: WritableApi
) -> None:
    with open_socket(api_writable.url) as socket:
        socket.ask(after=cursor(revision(seeded_database)))
        assert write(seeded_database) == socket.revisions(1)
        for _ in range(3):
            live.execute(seeded_database, HANG_UP)
            assert write(seeded_database, 5) == socket.revisions(5)


@pytest.mark.postgresql_only
def test_the_address_of_a_database_may_say_how_long_to_wait_for_it(seeded_database: Database) -> None:
    patient = Database(url_of(seeded_database) + "&connect_timeout=3")
    with serving_writable(patient) as api, open_socket(api.url) as socket:
        socket.ask(after=cursor(revision(seeded_database)))
        # The first may have been found in the log at the start; the second has to be noticed.
        assert [write(seeded_database) == socket.revisions(1) for _ in range(2)] == [True, True]
    patient.close()


def token_of(database: Database) -> str:
    with database.transaction() as session:
        return tokens.create(session, "Ed Itor", Role.EDITOR, [*Voice], now=dt.datetime.now(dt.UTC))
