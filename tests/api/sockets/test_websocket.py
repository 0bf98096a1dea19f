"""WebSockets whose clients send more than they read."""

import asyncio
import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from socket import SO_RCVBUF, SOL_SOCKET
from typing import Any

import httpx
import pytest
from starlette.types import Message

from api.app import create_app
from api.server import Server
from api.settings import Settings
from api.sockets.connection import FAREWELL_BYTES
from api.sockets.websocket import WebSocket
from db.database import Database
from tests.api import live
from tests.api.live import cursor, open_socket, revision, write
from tests.api.process import Process
from tests.api.sockets import raw
from tests.api.test_thousand import ENDLESS, LARGE, LONG
from tests.engines import url_of
from tests.server import NOW
from tests.size import sized
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.postgresql_in_full

Running = tuple[Process, Database]
PING = b"\x89\xfd\0\0\0\0" + b"a" * 125
PONG = b"\x8a\x7daaa"
LIMIT = sized(50_000_000, 20_000_000)
EMPTY = {
    "pings": b"\x89\x80\0\0\0\0",
    "pongs": b"\x8a\x80\0\0\0\0",
    "fragments": b"\0\x80\0\0\0\0",
    "messages": b"\x81\x80\0\0\0\0",
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with live.running(
        tmp_path_factory.mktemp("websockets"), slow_seconds="2", rate_per_minute="0", rate_burst="0"
    ) as server:
        yield server


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"Sec-WebSocket-Version: 13\r\n", 400),
        (b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n", 400),
        (b"Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 400),
    ],
)
def test_a_handshake_that_fails_is_answered_and_logged(running: Running, head: bytes, status: int) -> None:
    process, _ = running
    before = len(process.log_lines("refused_request"))
    request = b"GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + head + b"\r\n"
    assert raw.status(raw.exchange(process.url(), request)) == status
    until(lambda: len(process.log_lines("refused_request")) > before)
    line = process.log_lines("refused_request")[-1]
    assert (line["client"], line["status"]) == ("127.0.0.1", status)


def flood(url: str, frames: bytes, first: bytes = b"") -> int:
    """How many bytes of these are taken until the connection is cut off, of so many."""
    size = 0
    with live.upgrade_to_websocket(live.narrow_socket(url)) as connection:
        connection.settimeout(PATIENCE)
        connection.sendall(first)
        try:
            while size < LIMIT:
                size += connection.send(frames)
        except (ConnectionError, TimeoutError):
            pass
    return size


@pytest.mark.parametrize("kind", EMPTY)
def test_a_flood_of_frames_is_cut_off_and_logged_and_delays_no_other_client(running: Running, kind: str) -> None:
    process, _ = running
    url, before, lines_before = process.url(), live.megabytes(process), len(process.log_lines("too_many_frames"))
    # A message of fragments begins with one that says so.
    first = b"\x01\x80\0\0\0\0" if kind == "fragments" else b""
    floods = [threading.Thread(target=flood, args=(url, EMPTY[kind] * 10_000, first)) for _ in range(3)]
    for thread in floods:
        thread.start()
    with httpx.Client(base_url=url) as client:
        for _ in range(20):
            assert client.get("/healthz").status_code == 200
    for thread in floods:
        thread.join()
    if kind != "messages":
        until(lambda: len(process.log_lines("too_many_frames")) == lines_before + 3)
        assert process.log_lines("too_many_frames")[-1]["client"] == "127.0.0.1"
    assert live.megabytes(process) - before < 20


def test_pings_of_a_client_that_does_not_read_are_not_held(running: Running) -> None:
    process, _ = running
    before = live.megabytes(process)
    floods = [threading.Thread(target=flood, args=(process.url(), PING * 1_000)) for _ in range(3)]
    for thread in floods:
        thread.start()
    highest = before
    while any(thread.is_alive() for thread in floods):
        highest = max(highest, live.megabytes(process))
        time.sleep(0.01)
    assert highest - before < 20


def test_a_ping_now_and_then_is_answered(running: Running) -> None:
    with open_socket(running[0].url()) as socket:
        for _ in range(100):
            assert socket.connection.ping().wait(PATIENCE)
        socket.ask("{ __typename }")
        assert socket.answer() == {"__typename": "Query"}


def test_a_client_that_leaves_before_it_is_answered_is_no_error(
    seeded_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    sends: list[Message] = []
    subscribe = {"type": "subscribe", "id": "1", "payload": {"query": "{ dataset { revision } }"}}

    async def run() -> None:
        app = create_app(Settings(database_url=url_of(seeded_database)))
        left = asyncio.Event()
        messages = [{"type": "websocket.connect"}]
        messages += [
            {"type": "websocket.receive", "text": json.dumps(message)}
            for message in ({"type": "connection_init"}, subscribe)
        ]

        async def receive() -> Message:
            if messages:
                return messages.pop(0)
            await left.wait()
            return {"type": "websocket.disconnect", "code": 1006}

        async def send(message: Message) -> None:
            sends.append(message)
            if '"next"' in message.get("text", ""):
                left.set()
                # As a server says that the client is gone.
                raise OSError

        async with app.router.lifespan_context(app) as state:
            scope = {"type": "websocket", "path": "/graphql", "query_string": b"", "state": dict(state or {})}
            headers = [(b"host", b"localhost")]
            await app({**scope, "headers": headers, "subprotocols": [live.PROTOCOL]}, receive, send)

    asyncio.run(run())
    assert [message["type"] for message in sends] == ["websocket.accept", *["websocket.send"] * 2]
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@contextmanager
def serving_here(database: Database, **settings: Any) -> Iterator[tuple[str, Server]]:
    """A server in this process, whose connections can be looked at."""
    settings_here = Settings(database_url=url_of(database), port=0, **settings)
    server = Server(create_app(settings_here, lambda: NOW), settings_here)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", server
    finally:
        server.should_exit = True
        thread.join()


def test_reading_from_a_client_pauses_until_it_takes_its_answers(
    seeded_database: Database,
) -> None:
    with serving_here(seeded_database, rate_per_minute=0, rate_burst=0) as (url, server):
        start = cursor(revision(seeded_database))
        write(seeded_database, 1, ENDLESS)
        payload = {"query": LARGE, "variables": {"after": start}}
        with live.upgrade_to_websocket(live.narrow_socket(url)) as client:
            client.sendall(live.frame({"type": "subscribe", "id": "1", "payload": payload}))
            [connection] = server.server_state.connections
            assert isinstance(connection, WebSocket)
            transport: Any = connection.transport
            until(lambda: not connection.writable.is_set())
            size = transport.get_write_buffer_size()
            client.sendall(PING * 50)
            time.sleep(0.3)
            assert (transport.is_reading(), transport.get_write_buffer_size() <= size) == (False, True)
            client.setsockopt(SOL_SOCKET, SO_RCVBUF, 1_000_000)
            content = b""
            while PONG not in content:
                content = content[-len(PONG) :] + client.recv(1_000_000)
            until(transport.is_reading)


def test_much_that_is_left_is_thrown_away_without_a_word(running: Running) -> None:
    process, database = running
    start = cursor(revision(database))
    # The client takes the first, which has to wait in its queue.
    write(database, 4, ENDLESS)
    before = len(process.log_lines("slow_client"))
    url = process.url()
    with open_socket(url, sock=live.narrow_socket(url), max_queue=1) as socket:
        socket.ask(LARGE, after=start)
        until(lambda: len(process.log_lines("slow_client")) > before)
        line = process.log_lines("slow_client")[-1]
        assert (line["client"], line["unsent"] > FAREWELL_BYTES) == ("127.0.0.1", True)
        assert socket.wait_until_closed()[1] == 1006


def test_a_client_that_takes_its_time_is_not_cut_off(running: Running) -> None:
    process, database = running
    url, start = process.url(), cursor(revision(database))
    revisions = write(database, 8, LONG)
    with open_socket(url, sock=live.narrow_socket(url), max_queue=1) as socket:
        socket.ask(LARGE, after=start)
        for number in revisions:
            # Longer in all than a client may take nothing for.
            time.sleep(0.3)
            assert socket.next()["revision"] == number
