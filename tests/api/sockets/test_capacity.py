"""The number of connections is limited, and reaching the limit is answered and logged."""

import resource
import socket
import time
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.api import live, process
from tests.api.sockets.raw import GET, code, dial, read_response, read_rest, status
from tests.api.test_serve import processor_seconds
from tests.waiting import until

FEW = {"max_connections_per_client": "5"}


def alive(url: str) -> bool:
    return httpx.get(f"{url}/healthz").status_code == 200


def crowd(stack: ExitStack, url: str, number: int) -> list[socket.socket]:
    """Connections that each had an answer, and stay."""
    connections = [stack.enter_context(dial(url, GET)) for _ in range(number)]
    assert [status(read_response(connection)) for connection in connections] == [200] * number
    return connections


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (FEW | {"trusted_proxies": "none"}, (429, "TOO_MANY_CONNECTIONS", "client")),
        ({"max_connections": "5"}, (503, "UNAVAILABLE", "all")),
    ],
)
def test_one_connection_too_many_is_refused_with_the_reason(
    tmp_path: Path, settings: dict[str, str], expected: tuple[int, str, str]
) -> None:
    with live.running(tmp_path, **settings) as (running, _):
        url = running.url()
        with ExitStack() as stack:
            first, *_ = crowd(stack, url, 5)
            for head in (b"", GET):
                with dial(url, head) as connection:
                    answer = read_rest(connection)
                assert (status(answer), code(answer)) == expected[:2]
                assert b"\r\nretry-after: " in answer
            first.sendall(GET)
            assert status(read_response(first)) == 200
            # A WebSocket is a connection, too.
            first.close()
            until(lambda: alive(url))
            until(lambda: running.log_lines("request") != [])
            raw = stack.enter_context(dial(url))
            live.upgrade_to_websocket(raw)
            with dial(url, GET) as connection:
                assert status(read_rest(connection)) == expected[0]
        until(lambda: alive(url))
        lines = running.log_lines("too_many_connections")
        assert {(line["client"], line["of"], line["connections"]) for line in lines} == {("127.0.0.1", expected[2], 5)}


def test_a_trusted_proxy_may_have_as_many_as_there_are(tmp_path: Path) -> None:
    with live.running(tmp_path, **FEW) as (running, _), ExitStack() as stack:
        crowd(stack, running.url(), 30)
        assert alive(running.url())
        assert running.log_lines("too_many_connections") == []


def test_too_few_descriptors_are_fewer_connections_and_not_a_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "COMMAND", ["sh", "-c", 'ulimit -n 120; exec "$@"', "sh", *process.COMMAND])
    with live.running(tmp_path) as (running, _):
        url = running.url()
        assert running.log_lines("listening")[0]["connections"] == 60
        with ExitStack() as stack:
            first, *_ = crowd(stack, url, 60)
            with dial(url, GET) as connection:
                assert status(read_rest(connection)) == 503
            # Not every client of a crowd gets an answer.
            for _ in range(200):
                stack.enter_context(dial(url))
            until(lambda: live.descriptors(running.process.pid) < 110)
            # Open connections are served, also with responses that take descriptors.
            first.sendall(b"GET /data/commitments.csv HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert status(read_rest(first)) == 200
        until(lambda: alive(url))
        assert running.log_lines("too_many_connections")
        assert live.errors(running) == []


def test_it_takes_as_many_descriptors_as_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "COMMAND", ["sh", "-c", 'ulimit -Sn 64; exec "$@"', "sh", *process.COMMAND])
    with live.running(tmp_path) as (running, _):
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        running.url()
        assert resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE) == (hard, hard)


def test_running_out_of_descriptors_is_logged_and_keeps_no_processor_busy(tmp_path: Path) -> None:
    with live.running(tmp_path) as (running, _):
        url, pid = running.url(), running.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        with dial(url, GET) as first:
            assert status(read_response(first)) == 200
            # No more than it has open now.
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (live.descriptors(pid), before[1]))
            waiting = [dial(url) for _ in range(20)]
            until(lambda: running.log_lines("too_many_descriptors") != [])
            start, busy = time.monotonic(), processor_seconds(pid)
            time.sleep(0.5)
            assert processor_seconds(pid) - busy < (time.monotonic() - start) / 2
            first.sendall(GET)
            assert status(read_response(first)) == 200
            for connection in waiting:
                connection.close()
            resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
        assert alive(url)
