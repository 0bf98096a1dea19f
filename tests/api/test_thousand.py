"""One process and many subscribers: a thousand at once, slow ones, short visits, and invalid messages."""

import asyncio
import datetime as dt
import gc
import json
import os
import resource
import socket as sockets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect

from db import tokens
from db.database import Database
from db.vocabulary import Role
from schema.errors import CODES
from tests.api import live
from tests.api.live import CHANGES, cursor, data_or_codes, event_revision, open_socket, open_stream, revision, write
from tests.api.process import Process, serving_process
from tests.engines import url_of
from tests.size import sized
from tests.waiting import until
from tests.writable import WritableApi, serving_writable

Running = tuple[Process, Database]
SUBSCRIBERS = sized(1_000, 100)
# Of each kind, over WebSockets and by events; and the changes that wait for them.
SLOW = sized(5, 3)
MANY, MORE = sized(60, 30), sized(20, 10)
VISITS = sized(50, 25)
# Near a megabyte for each change, of which no connection holds more than a few.
LARGE = " ".join(["subscription ($after: String) { changes(after: $after) { revision", "{}", "} }"]).replace(
    "{}", " ".join(f"a{number}: summary" for number in range(99))
)
LONG = "A long story. " * 700
# Ten megabytes for each change: more than lies between a server and a client that does not read.
ENDLESS = LONG * 10
GOOD: dict[str, Any] = {"type": "subscribe", "id": "1", "payload": {"query": CHANGES}}
TYPES: tuple[Any, ...] = (None, 1, ["subscribe"], "start", "x" * 300, "subscribe", "complete")
IDS: tuple[Any, ...] = (None, 1, {}, [])
PAYLOADS: tuple[Any, ...] = (
    *(None, [], "x", {}, {"query": 1}, {"query": [CHANGES]}),
    *({"query": CHANGES, "variables": variables} for variables in ([1], 1, "x", True)),
    {"query": CHANGES, "operationName": []},
)
MISSHAPEN = [
    *({"type": kind} for kind in TYPES),
    *({"type": "complete", "id": id} for id in IDS[2:]),
    *(GOOD | {"id": id} for id in IDS),
    *(GOOD | {"payload": payload} for payload in PAYLOADS),
]
NONSENSE: list[tuple[str | bytes, int]] = [
    *((text, 4400) for text in ("", "nonsense", "[]", "1", "null", '"x"', "{}", "[" * 5_000, r'{"type": "\ud800"}')),
    *((json.dumps(message), 4400) for message in MISSHAPEN),
    (b"{}", 4400),
    (b"\xff\xfe", 4400),
    ('{"type": "connection_init"}', 4429),
    ("a" * 200_000, 1009),
    (b"a" * 200_000, 1009),
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    # Here one address stands for many. One that is told why it is hung up on has as long again to read it.
    with live.running(tmp_path_factory.mktemp("thousand"), slow_seconds="8", rate_per_minute="0") as server:
        yield server


async def follow(
    url: str, after: str, number: int, door: asyncio.Semaphore, queue: "asyncio.Queue[list[int]]"
) -> list[int]:
    """The revisions that one subscriber of many gets."""
    options: Any = {"subprotocols": [live.PROTOCOL], "compression": None, "proxy": None, "open_timeout": 60}
    async with door:
        connection = await connect(url.replace("http", "ws", 1) + "/graphql", **options)
    async with connection:
        await connection.send('{"type": "connection_init"}')
        assert json.loads(await connection.recv()) == {"type": "connection_ack"}
        payload = {"query": CHANGES, "variables": {"after": after}}
        await connection.send(json.dumps({"type": "subscribe", "id": "1", "payload": payload}))
        results = [await _revision(connection)]
        queue.put_nowait(results)
        while len(results) < number:
            results.append(await _revision(connection))
        return results


async def _revision(connection: ClientConnection) -> int:
    result: int = json.loads(await connection.recv())["payload"]["data"]["changes"]["revision"]
    return result


@pytest.mark.postgresql_in_full
def test_a_thousand_subscribers_get_every_change_once_and_in_order(seeded_database: Database, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4_096)), hard))
    [first] = write(seeded_database)

    async def crowd(url: str) -> list[list[int]]:
        queue: asyncio.Queue[list[int]] = asyncio.Queue()
        door = asyncio.Semaphore(50)
        everyone = [asyncio.create_task(follow(url, cursor(first - 1), 11, door, queue)) for _ in range(SUBSCRIBERS)]
        for _ in everyone:
            await queue.get()
        for _ in range(10):
            await asyncio.to_thread(write, seeded_database)
        return await asyncio.gather(*everyone)

    with serving_process(tmp_path, database_url=url_of(seeded_database), rate_per_minute="0") as process:
        result = asyncio.run(asyncio.wait_for(crowd(process.url()), 120))
        assert result == [list(range(first, first + 11))] * SUBSCRIBERS
        assert process.stop() == 0


def test_a_client_that_does_not_read_is_disconnected_with_the_reason_and_delays_no_other(running: Running) -> None:
    process, database = running
    url, start = process.url(), cursor(revision(database))
    revisions = write(database, MANY, LONG)
    with ExitStack() as stack:
        quick = stack.enter_context(open_socket(url))
        quick.ask(LARGE, after=start)
        assert quick.revisions(MANY) == revisions
        before, lines_before = live.megabytes(process), len(process.log_lines("slow_client"))
        slow = [stack.enter_context(open_socket(url, sock=live.narrow_socket(url), max_queue=1)) for _ in range(SLOW)]
        for socket in slow:
            socket.ask(LARGE, after=start)
        streams = [stack.enter_context(open_stream(url, LARGE, after=start)) for _ in range(SLOW)]
        revisions += write(database, MORE, LONG)
        assert quick.revisions(MORE) == revisions[MANY:]
        until(lambda: len(process.log_lines("slow_client")) == lines_before + 2 * SLOW)
        # All changes, near a megabyte each, wait for each of them; held is only what is under way.
        assert live.megabytes(process) - before < 2 * SLOW * 8
        with ThreadPoolExecutor(2 * SLOW) as threads:
            ends = threads.map(lambda socket: socket.wait_until_closed(), slow)
            lists: Iterator[list[live.Event]] = threads.map(list, streams)
        for messages, code, reason in ends:
            assert (len(messages) < MANY, code, reason.partition(":")[0]) == (True, 1013, "SUBSCRIBER_TOO_SLOW")
        for *some, (name, answer), last in lists:
            assert [event_revision(event) for event in some] == revisions[: len(some)]
            assert (name, data_or_codes(answer), last) == ("next", ["SUBSCRIBER_TOO_SLOW"], ("complete", None))
        assert write(database) == quick.revisions(1)


def test_one_that_says_goodbye_and_does_not_read_is_hung_up_on_all_the_same(running: Running) -> None:
    process, database = running
    # What the first subscriber of all makes the process open stays open.
    with open_socket(process.url()) as first:
        first.ask(after=cursor(revision(database) - 1))
        assert len(first.revisions(1)) == 1
    start, before = cursor(revision(database)), live.descriptors(process.process.pid)
    lines_before = len(process.log_lines("slow_client"))
    write(database, 2, ENDLESS)
    with live.narrow_socket(process.url()) as raw:
        live.subscribe_and_leave(raw, LARGE, start)
        until(lambda: len(process.log_lines("slow_client")) > lines_before)
        until(lambda: live.descriptors(process.process.pid) <= before)
    assert live.errors(process) == []


def test_it_stops_cleanly_beside_a_client_that_said_goodbye(tmp_path: Path) -> None:
    # A client that does not read is hung up on long before a stop ends by itself.
    with live.running(tmp_path, rate_per_minute="0", slow_seconds="2", shutdown_seconds="600") as (process, database):
        start = cursor(revision(database))
        write(database, 2, ENDLESS)
        with live.narrow_socket(process.url()) as raw:
            live.subscribe_and_leave(raw, LARGE, start)
            assert process.stop() == 0
        assert live.errors(process) == []


@pytest.fixture
def api_without_budget(seeded_database: Database) -> Iterator[WritableApi]:
    with serving_writable(seeded_database, rate_per_minute=0) as api:
        yield api


@pytest.mark.postgresql_in_full
def test_those_that_come_and_go_leave_nothing_behind(api_without_budget: WritableApi) -> None:
    last = revision(api_without_budget.database)
    after = cursor(last - 1)

    def left() -> tuple[int, int]:
        tasks = [item for item in gc.get_objects() if issubclass(type(item), asyncio.Task)]
        return sum(not task.done() for task in tasks), live.descriptors(os.getpid())

    def come_and_go() -> None:
        with open_socket(api_without_budget.url) as socket, open_stream(api_without_budget.url, after=after) as stream:
            for id in ("a", "b"):
                socket.ask(id=id, after=after)
                assert socket.next(id)["revision"] == last
            assert event_revision(next(stream)) == last
            socket.connection.socket.shutdown(sockets.SHUT_RDWR)

    for _ in range(10):
        come_and_go()
    time.sleep(0.5)
    tasks, descriptors = left()
    for _ in range(VISITS):
        come_and_go()
    # Beside those there may be one more to the database, of the pool.
    until(lambda: left()[0] <= tasks and left()[1] <= descriptors + 1)


@pytest.mark.parametrize(("message", "code"), NONSENSE, ids=lambda value: str(value)[:80])
def test_nonsense_closes_the_connection_with_a_reason(running: Running, message: str | bytes, code: int) -> None:
    process, _ = running
    unforeseen = len(live.errors(process))
    with open_socket(process.url()) as socket, open_socket(process.url()) as other:
        socket.connection.send(message)
        messages, result, reason = socket.wait_until_closed()
        assert (messages, result, bool(reason)) == ([], code, True)
        other.ask("{ __typename }")
        assert other.answer() == {"__typename": "Query"}
    assert len(live.errors(process)) == unforeseen


@pytest.mark.parametrize("id", ["1", "a long name " * 50])
def test_an_operation_of_a_name_that_is_taken_closes_the_connection(running: Running, id: str) -> None:
    with open_socket(running[0].url()) as socket:
        socket.ask(id=id)
        socket.ask(id=id)
        assert socket.wait_until_closed()[:2] == ([], 4409)


def test_one_operation_too_many_is_refused_with_a_code_and_the_others_go_on(running: Running) -> None:
    process, database = running
    last = cursor(revision(database))
    with open_socket(process.url()) as socket:
        for number in range(101):
            socket.ask(id=str(number), after=last)
        write(database)
        messages = {message["id"]: message for message in (socket.hear() for _ in range(101))}
        refusals = [message["payload"] for message in messages.values() if message["type"] == "error"]
        assert 0 < len(refusals) < len(messages) == 101
        assert all(
            code in CODES for codes in (data_or_codes({"errors": errors}) for errors in refusals) for code in codes
        )


EVENT = "subscription ($after: String) { changes(after: $after) { revision subject { id } } }"


@pytest.mark.parametrize(("table", "path"), [("strategy", ["changes", "subject"]), ("dataset", None)])
def test_an_unexpected_error_is_masked_and_logged_once(running: Running, table: str, path: object) -> None:
    process, database = running
    [last] = write(database)
    expected = {"message": "Something went wrong on our side.", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}
    with open_socket(process.url(), additional_headers={"x-request-id": table}) as socket:
        with live.table_hidden(database, table):
            socket.ask(EVENT, after=cursor(last - 1))
            payload = socket.hear()["payload"]
        [error] = payload.pop("errors")
        error.pop("locations", None)
        assert (error.pop("path", None), error, payload) == (path, expected, {"data": None})
    [line] = unforeseen(process, table)
    assert f"no such table: {table}" in str(line["exception"])


def test_an_operation_without_a_known_client_is_answered(running: Running) -> None:
    process, database = running
    with database.transaction() as session:
        token = tokens.create(session, "Tess Ter", Role.EDITOR, [], now=dt.datetime.now(dt.UTC))
    with open_socket(process.url(), token, additional_headers={"x-request-id": "whose"}) as socket:
        with live.table_hidden(database, "token"):
            socket.ask("{ dataset { revision } }")
            assert socket.answer() == ["INTERNAL_SERVER_ERROR"]
        socket.ask("{ viewer { name } }")
        assert socket.answer() == {"viewer": {"name": "Tess Ter"}}
    assert len(unforeseen(process, "whose")) == 1


def unforeseen(process: Process, request: str) -> list[dict[str, Any]]:
    """The log lines of unexpected errors of a connection, after its own line, which is the last one."""
    until(lambda: any(line["request_id"] == request for line in process.log_lines("request")))
    return [line for line in process.log_lines("unexpected_error") if line["request_id"] == request]
