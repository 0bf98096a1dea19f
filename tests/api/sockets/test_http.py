"""Requests that never end, and requests that two servers could read in two ways."""

import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from api.sockets.http import HTTP
from db.database import Database
from tests.api import live
from tests.api.lite import answers
from tests.api.live import cursor, errors, event_revision, open_socket, open_stream, revision, write
from tests.api.process import Process
from tests.api.sockets.raw import GET, HEAD, QUERY, WHOLE, code, dial, exchange, read_response, read_rest, status
from tests.engines import seed_sqlite
from tests.server import Api, serving
from tests.size import sized
from tests.waiting import PATIENCE, until

Running = tuple[Process, Database]
UPGRADE = (
    b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    quick = {"head_seconds": "2", "body_seconds": "2", "idle_seconds": "5", "slow_seconds": "2"}
    with live.running(tmp_path_factory.mktemp("sockets"), **quick) as server:
        yield server


def test_a_request_that_does_not_end_is_answered_408_and_logged_with_the_address(running: Running) -> None:
    process, _ = running
    before = len(process.log_lines("refused_request"))
    beginnings = {
        b"P": "head",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ": "head",
        HEAD: "head",
        HEAD + b"Content-Length: 24\r\n\r\n": "body",
        HEAD + b"Content-Length: 24\r\n\r\n{": "body",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n": "body",
        HEAD + UPGRADE + b"Content-Length: 24\r\n\r\n{": "body",
    }
    with ExitStack() as stack:
        slow = {head: stack.enter_context(dial(process.url(), head)) for head in beginnings}
        for head, part in beginnings.items():
            answer = read_rest(slow[head])
            assert (status(answer), code(answer)) == (408, "REQUEST_TIMEOUT"), head
            assert f"The {part} of".encode() in answer
    until(lambda: len(process.log_lines("refused_request")) == before + len(beginnings))
    assert {(line["client"], line["status"]) for line in process.log_lines("refused_request")[before:]} == {
        ("127.0.0.1", 408)
    }


@pytest.mark.parametrize("content", [b"GET / HTTP/1.1\r\nX: ", HEAD + b"Content-Length: 90000\r\n\r\n", b"\r\n"])
def test_the_clock_is_not_put_back_by_a_byte_now_and_then(running: Running, content: bytes) -> None:
    with dial(running[0].url(), content) as slow:
        slow.settimeout(0.1)
        end = time.monotonic() + PATIENCE
        answer = b""
        while not answer and time.monotonic() < end:
            try:
                answer = slow.recv(100) or b"closed"
            except TimeoutError:
                with suppress(ConnectionError):
                    slow.sendall(b"\r\n" if content == b"\r\n" else b"a")
            except ConnectionError:
                # What was sent when it had closed already was refused.
                answer = b"closed"
        assert answer == b"closed" if content == b"\r\n" else status(answer) == 408


def test_a_connection_that_says_nothing_is_closed_without_a_word(running: Running) -> None:
    process, _ = running
    before = len(process.log_lines("idle_connection"))
    assert exchange(process.url(), b"") == b""
    until(lambda: len(process.log_lines("idle_connection")) > before)
    assert process.log_lines("idle_connection")[-1]["client"] == "127.0.0.1"


def test_a_second_request_has_its_own_time(running: Running) -> None:
    with dial(running[0].url(), WHOLE) as connection:
        assert status(read_response(connection)) == 200
        # Longer than a head may take; between two requests there is more time.
        time.sleep(2.2)
        connection.sendall(GET)
        assert status(read_response(connection)) == 200
        connection.sendall(b"GET")
        assert status(read_rest(connection)) == 408


def test_a_connection_that_waits_for_its_next_request_is_kept_for_longer_than_a_balancer_keeps_it(
    running: Running,
) -> None:
    assert Settings.model_fields["idle_seconds"].default > 60
    with dial(running[0].url(), GET) as connection:
        assert status(read_response(connection)) == 200
        start = time.monotonic()
        assert read_rest(connection) == b""
        # Not before its time, of which the clock of the other process may have taken a little.
        assert time.monotonic() - start > 4.5


def test_slow_and_silent_clients_within_the_limits_stay_connected(running: Running) -> None:
    process, database = running
    url, last = process.url(), cursor(revision(database))
    write(database, 1, "A long story. " * 700)
    with open_socket(url) as socket, open_stream(url, after=last) as events, live.narrow_socket(url) as reader:
        socket.ask(after=last)
        assert socket.next()["revision"] == event_revision(next(events))
        reader.sendall(b"GET /data/sixty-one.db HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        content = b""
        end = time.monotonic() + 2.5
        while time.monotonic() < end:
            content += reader.recv(4_096)
            time.sleep(0.05)
        content += read_rest(reader)
        assert (status(content), len(content) > 500_000) == (200, True)
        [number] = write(database)
        assert (socket.next()["revision"], event_revision(next(events))) == (number, number)


def test_an_upgrade_with_a_body_is_an_ordinary_request(api_sqlite: Api) -> None:
    url = str(api_sqlite.http.base_url)
    body = b"Content-Length: %d\r\n\r\n" % len(QUERY) + QUERY
    chunked_body = b"Transfer-Encoding: chunked\r\n\r\n18\r\n" + QUERY + b"\r\n0\r\n\r\n"
    for rest_of_it, head in product((body, chunked_body), (HEAD, HEAD.replace(b"POST", b"PUT"))):
        for protocol in (b"websocket", b"WebSocket", b"h2c"):
            with dial(url, head + UPGRADE.replace(b"websocket", protocol) + rest_of_it) as connection:
                assert status(read_response(connection)) == (200 if head == HEAD else 405)
                # And what comes behind it is another one.
                connection.sendall(WHOLE + GET)
                assert read_response(connection).endswith(b'{"data":{"__typename":"Query"}}')
                assert status(read_response(connection)) == 200
    with dial(url, HEAD.replace(b"POST", b"GET") + UPGRADE + body) as connection:
        assert status(read_response(connection)) == 400
    with dial(url, GET[:-2] + UPGRADE.replace(b"websocket", b"h2c") + b"\r\n" + GET) as connection:
        assert [status(read_response(connection)) for _ in range(2)] == [200, 200]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nhOST: x\r\n\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\n\r\n", 400),
        (b"GET /healthz HTTP/1.0\r\n\r\n", 200),
        (b"GET /healthz HTTP/2.0\r\nHost: x\r\n\r\n", 505),
        (HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        (HEAD + b"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501),
        (HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400),
        (HEAD + b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400),
        (HEAD + b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 400),
        (HEAD.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (b"nonsense\r\n\r\n", 400),
    ],
)
def test_what_two_servers_could_read_in_two_ways_is_refused(api_sqlite: Api, head: bytes, expected: int) -> None:
    answer = exchange(str(api_sqlite.http.base_url), head)
    assert (status(answer), answer.count(b"HTTP/1.1 ")) == (expected, 1)
    assert expected == 200 or code(answer) == "BAD_REQUEST"


def test_a_refused_request_is_logged_with_its_address(running: Running) -> None:
    process, _ = running
    before = len(process.log_lines("refused_request"))
    exchange(process.url(), b"nonsense\r\n\r\n")
    until(lambda: len(process.log_lines("refused_request")) > before)
    line = process.log_lines("refused_request")[-1]
    assert (line["client"], line["status"], line["message"]) == ("127.0.0.1", 400, "This is not a request of HTTP/1.1.")


@pytest.mark.parametrize("size", [500_000, 5_000_000])
def test_an_answer_arrives_although_the_body_was_not_read(api_sqlite: Api, size: int) -> None:
    url = str(api_sqlite.http.base_url)
    head = HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % size
    for path in (b"/graphql", b"/nothing", b"/healthz"):
        for _ in range(sized(10, 3)):
            answer = exchange(url, head.replace(b"/graphql", path) + b" " * size)
            assert status(answer) == {b"/graphql": 413, b"/nothing": 413, b"/healthz": 413}[path]
            assert b"connection: close" in answer


def test_an_unread_body_is_not_read_for_ever(running: Running) -> None:
    connection = dial(running[0].url(), HEAD + b"Content-Length: 9000000000\r\n\r\n")
    with connection, pytest.raises(ConnectionError):
        connection.sendall(b" " * 100_000_000)


def test_what_stands_behind_a_request_does_not_get_into_its_answer(api_sqlite: Api) -> None:
    for garbage in (b"nonsense\r\n\r\n", HEAD + b"Host: y\r\n\r\n"):
        answer = exchange(str(api_sqlite.http.base_url), WHOLE + garbage)
        assert (status(answer), answer.count(b"HTTP/1.1 ")) == (200, 1)
        assert answer.endswith(b'{"data":{"__typename":"Query"}}')
    assert answers(api_sqlite)


def test_a_few_requests_may_stand_in_line_and_not_thousands(api_sqlite: Api) -> None:
    url = str(api_sqlite.http.base_url)
    with dial(url, GET * 20 + GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")) as connection:
        assert read_rest(connection).count(b"HTTP/1.1 200 ") == 21
    with dial(url) as connection:
        connection.sendall(GET * 2_000)
        assert 20 < read_rest(connection).count(b"HTTP/1.1 200 ") < 200
    assert answers(api_sqlite)


def test_a_client_that_leaves_while_its_body_is_discarded_does_no_harm(api_sqlite: Api) -> None:
    for _ in range(20):
        connection = dial(str(api_sqlite.http.base_url), HEAD + b"Content-Length: 500000\r\n\r\n" + b" " * 1_000)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()
    assert answers(api_sqlite)


def test_a_client_that_leaves_with_requests_in_line_ends_the_one_that_is_being_answered(running: Running) -> None:
    process, _ = running

    def lines() -> list[dict[str, Any]]:
        return [line for line in process.log_lines("request") if line["path"] == "/data/sixty-one.xlsx"]

    before, errors_before = len(lines()), errors(process)
    # It finds the requests and their end at the same time, and the file of the first takes far longer to make.
    process.process.send_signal(signal.SIGSTOP)
    try:
        dial(process.url(), b"GET /data/sixty-one.xlsx?asOf=2019-01-02 HTTP/1.1\r\nHost: x\r\n\r\n" * 2).close()
    finally:
        process.process.send_signal(signal.SIGCONT)
    until(lambda: len(lines()) > before)
    assert errors(process) == errors_before
    assert [line["status"] for line in lines()[before:]] == [0]


def test_a_connection_whose_check_fails_leaves_the_others_their_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty: list[int] = []
    check = HTTP.check

    def check_or_fail(connection: HTTP) -> None:
        if connection.client and connection.client[1] in faulty:
            raise RuntimeError("Cannot call write() after write_eof()")
        check(connection)

    monkeypatch.setattr(HTTP, "check", check_or_fail)
    with serving(seed_sqlite(tmp_path), head_seconds=1) as api:
        url = str(api.http.base_url)
        with dial(url) as first, dial(url, b"P") as second:
            faulty.append(first.getsockname()[1])
            assert status(read_rest(second)) == 408
            assert first.recv(1) == b""
