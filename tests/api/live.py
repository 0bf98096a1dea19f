"""Clients of subscriptions: over a WebSocket in graphql-transport-ws, and by server-sent events."""

import datetime as dt
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa
from sqlmodel import select
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from db.database import Database
from db.models import Dataset
from schema.changes import LIST
from schema.paging import write_cursor
from tests.api.process import Process, serving_process
from tests.engines import seed_sqlite, url_of
from tests.log import add_change
from tests.server import NOW
from tests.waiting import PATIENCE

PROTOCOL = Subprotocol("graphql-transport-ws")
CHANGES = (
    "subscription ($after: String, $subject: ID) { changes(after: $after, subject: $subject) { revision cursor } }"
)
Event = tuple[str, Any]


class Socket:
    """One connection, spoken by hand, so that a test can also say what is wrong."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    def greet(self, token: str | None = None) -> None:
        self.say(type="connection_init", payload={"Authorization": f"Bearer {token}"} if token else {})
        assert self.hear() == {"type": "connection_ack"}

    def say(self, **message: Any) -> None:
        self.connection.send(json.dumps(message))

    def hear(self, timeout: float = PATIENCE) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.connection.recv(timeout))
        return message

    def ask(self, query: str = CHANGES, id: str = "1", **variables: Any) -> None:
        self.say(type="subscribe", id=id, payload={"query": query, "variables": variables})

    def next(self, id: str = "1", timeout: float = PATIENCE) -> dict[str, Any]:
        """The change in the next message, which is of this operation and without an error."""
        message = self.hear(timeout)
        assert message.keys() == {"type", "id", "payload"}, message
        assert (message["type"], message["id"], *message["payload"]) == ("next", id, "data"), message
        change: dict[str, Any] = message["payload"]["data"]["changes"]
        return change

    def revisions(self, number: int) -> list[int]:
        return [self.next()["revision"] for _ in range(number)]

    def answer(self, id: str = "1") -> Any:
        """The data of an operation that ends at once, or else the codes of its errors."""
        message = self.hear()
        assert message["id"] == id, message
        if message["type"] == "next":
            assert self.hear() == {"type": "complete", "id": id}
            return data_or_codes(message["payload"])
        assert message["type"] == "error", message
        return data_or_codes({"errors": message["payload"]})

    def wait_until_closed(self, timeout: float = PATIENCE) -> tuple[list[str], int, str]:
        """The messages until the server closes the connection, and the code and reason with which it does."""
        messages, end = [], time.monotonic() + timeout
        try:
            while True:
                messages.append(str(self.connection.recv(max(end - time.monotonic(), 0))))
        except ConnectionClosed as closed:
            # 1006 stands for a connection that was cut off without a closing frame.
            return (messages, closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (messages, 1006, "")


@contextmanager
def open_socket(url: str, token: str | None = None, *, greet: bool = True, **options: Any) -> Iterator[Socket]:
    address = url.replace("http", "ws", 1) + "/graphql"
    # No proxy, no extension, no limit: only what the test says.
    plain: Any = {"compression": None, "proxy": None, "close_timeout": 1, "max_size": None, "open_timeout": PATIENCE}
    with connect(address, subprotocols=[PROTOCOL], **plain | options) as connection:
        socket_client = Socket(connection)
        if greet:
            socket_client.greet(token)
        yield socket_client


@contextmanager
def open_stream(
    url: str, query: str = CHANGES, method: str = "POST", *, place: str | None = None, **variables: Any
) -> Iterator[Iterator[Event]]:
    """The events of a subscription, each as its name and what it holds; `place` is the id of the last one that came."""
    parameters: Any = {"json": {"query": query, "variables": variables}}
    if method == "GET":
        parameters = {"params": {"query": query, "variables": json.dumps(variables)}}
    headers = {"accept": "text/event-stream"} | ({"last-event-id": place} if place else {})
    address = f"{url}/graphql/stream"
    with httpx.stream(method, address, headers=headers, timeout=PATIENCE, **parameters) as response:
        assert (response.status_code, response.headers["content-type"]) == (200, "text/event-stream")
        yield events(response.iter_lines())


def events(lines: Iterator[str]) -> Iterator[Event]:
    name = data = ""
    start = time.monotonic()
    for line in lines:
        # Comments come as long as the connection is open.
        assert time.monotonic() - start < PATIENCE, "there was no event"
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            data = value
        elif not line and name:
            yield name, json.loads(data) if data else None
            name = data = ""
            start = time.monotonic()


def event_revision(event: Event) -> int:
    """The revision of the change in an event without an error."""
    name, answer = event
    assert (name, *answer) == ("next", "data"), event
    revision: int = answer["data"]["changes"]["revision"]
    return revision


def data_or_codes(answer: dict[str, Any]) -> Any:
    """The data of an answer, or else the codes of its errors."""
    if "errors" in answer:
        return [error.get("extensions", {}).get("code", error) for error in answer["errors"]]
    return answer["data"]


def cursor(revision: int) -> str:
    return write_cursor(LIST, (revision,))


def revision(database: Database) -> int:
    return database.read_sync(lambda session: session.exec(select(Dataset)).one().revision)


def write(
    database: Database, times: int = 1, summary: str = "Made for a test.", *, now: dt.datetime = NOW
) -> list[int]:
    """Changes that change nothing, committed together, as another process would; their revisions."""

    with database.transaction() as session:
        return [add_change(session, now, summary).revision for _ in range(times)]


def execute(database: Database, statement: str) -> None:
    with database.transaction() as session:
        session.connection().execute(sa.text(statement))


@contextmanager
def table_hidden(database: Database, table: str) -> Iterator[None]:
    """The table has another name for as long as the block lasts."""
    execute(database, f"ALTER TABLE {table} RENAME TO hidden")
    try:
        yield
    finally:
        execute(database, f"ALTER TABLE hidden RENAME TO {table}")


def narrow_socket(url: str) -> socket.socket:
    """A connection that takes little before it has to be read."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    address = httpx.URL(url)
    connection.connect((address.host, address.port or 80))
    return connection


def upgrade_to_websocket(raw: socket.socket) -> socket.socket:
    """A bare connection after the handshake and the first message."""
    head = {"Host": "x", "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Protocol": PROTOCOL}
    head |= {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    raw.sendall("\r\n".join(["GET /graphql HTTP/1.1", *(f"{k}: {v}" for k, v in head.items()), "", ""]).encode())
    assert b" 101 " in raw.recv(4_096)
    raw.sendall(frame({"type": "connection_init"}))
    assert b"connection_ack" in raw.recv(4_096)
    return raw


def frame(message: dict[str, Any]) -> bytes:
    """Masked with zeros, and long enough for a length of two bytes."""
    text = json.dumps(message).ljust(126).encode()
    return b"\x81\xfe" + len(text).to_bytes(2, "big") + b"\0\0\0\0" + text


def subscribe_and_leave(raw: socket.socket, query: str, after: str) -> None:
    """Subscribes over a bare connection, and says goodbye without ever having read a change.

    The first is larger than all that lies between can hold: what has begun to arrive cannot be sent to its end.
    """
    subscribe = {"type": "subscribe", "id": "1", "payload": {"query": query, "variables": {"after": after}}}
    upgrade_to_websocket(raw).sendall(frame(subscribe))
    raw.settimeout(PATIENCE)
    assert raw.recv(1, socket.MSG_PEEK)
    raw.sendall(b"\x88\x80\0\0\0\0")


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[tuple[Process, Database]]:
    """A process that listens and whose log is read, on our data in SQLite, and its database."""
    database = Database(seed_sqlite(folder))
    with serving_process(folder, database_url=url_of(database), **settings) as process:
        process.url()
        yield process, database
        assert process.stop() == 0
    database.close()


def megabytes(process: Process) -> float:
    status = Path(f"/proc/{process.process.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def descriptors(pid: int) -> int:
    """How many files and connections a process has open."""
    return len(os.listdir(f"/proc/{pid}/fd"))


def errors(*processes: Process) -> list[str]:
    """The warnings and errors in a log."""
    return [line for process in processes for line in list(process.lines) if '"level":"error"' in line]
