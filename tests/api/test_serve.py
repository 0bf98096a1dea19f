"""`sixtyone serve` from an empty folder to its end."""

import os
import shutil
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from typer.testing import CliRunner

from api import cli
from api.commands import serve
from api.settings import Settings
from db import versions
from seeds import DATA
from tests.api.process import Process, serving_process
from tests.engines import REVISION
from tests.waiting import PATIENCE, until

QUERY = b'{"query":"{commitments{totalCount}}"}'
ANSWER = {"data": {"commitments": {"totalCount": 61}}}
HEAD = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(QUERY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Empty at first; later with the database of the first start."""
    return tmp_path_factory.mktemp("served")


def ask(process: Process) -> httpx.Response:
    return httpx.post(f"{process.url()}/graphql", content=QUERY, headers={"content-type": "application/json"})


def refuses(address: tuple[str, int]) -> bool:
    try:
        socket.create_connection(address, timeout=PATIENCE).close()
    except ConnectionRefusedError:
        return True
    return False


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_it_starts_in_an_empty_folder_and_a_second_time_within_two_and_a_half_seconds(folder: Path) -> None:
    with serving_process(folder) as first:
        assert httpx.get(f"{first.url()}/readyz").json() == {"status": "ready"}
        assert ask(first).json() == ANSWER
        loading = processor_seconds(first.process.pid)
        assert first.stop() == 0
    assert [file.name for file in folder.iterdir()] == ["sixty-one.db"]
    with serving_process(folder) as second:
        assert ask(second).json() == ANSWER
        # Of its own time: how long the other tests keep it waiting says nothing of it. Where they share the processor,
        # that takes longer for the same; it is less than half of what it took to load everything.
        assert processor_seconds(second.process.pid) < max(2.5, loading / 2)
        assert second.stop() == 0


def test_a_stop_finishes_requests_under_way_and_takes_no_new_ones(folder: Path) -> None:
    with serving_process(folder) as process:
        url = httpx.URL(process.url())
        address = (url.host, url.port or 80)
        with socket.create_connection(address, timeout=PATIENCE) as slow:
            # Half of a request is under way at the signal to stop, and the rest comes later.
            slow.sendall(HEAD + QUERY[:10])
            ask(process)
            process.process.terminate()
            until(lambda: refuses(address))
            assert process.process.poll() is None
            slow.sendall(QUERY[10:])
            answer = b"".join(iter(lambda: slow.recv(65_536), b""))
        assert answer.startswith(b"HTTP/1.1 200 OK")
        assert answer.endswith(b'{"data":{"commitments":{"totalCount":61}}}')
        assert process.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3])
def test_a_stop_during_the_start_ends_the_process(folder: Path, delay: float) -> None:
    with serving_process(folder) as process:
        until(lambda: bool(process.log_lines("loaded")))
        time.sleep(delay)
        process.process.terminate()
        # 143 before the database is loaded and the server made: the signal itself ends the process.
        assert process.process.wait(PATIENCE) in (0, 128 + signal.SIGTERM, -signal.SIGTERM)


def test_a_stop_waits_a_limited_time(folder: Path) -> None:
    with serving_process(folder, shutdown_seconds="1") as process:
        url = httpx.URL(process.url())
        with socket.create_connection((url.host, url.port or 80), timeout=PATIENCE) as slow:
            slow.sendall(HEAD + QUERY[:10])
            ask(process)
            start = time.perf_counter()
            assert process.stop() == 0
        # Sooner than by itself.
        assert time.perf_counter() - start < Settings.model_fields["shutdown_seconds"].default


def test_people_can_have_text_instead(folder: Path) -> None:
    with serving_process(folder, log_format="text") as process:
        until(lambda: any("listening" in line for line in process.lines))
        assert process.stop() == 0
    [line] = [line for line in process.lines if "listening" in line]
    assert "url=http://127.0.0.1:" in line
    assert "stopped" in process.lines[-1]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, Path]]:
    """A process that serves files of its own and whose log is read, and the folder with its database."""
    folder = tmp_path_factory.mktemp("running")
    files = shutil.copytree(DATA, folder / "data")
    strategy = files / "strategy.yaml"
    strategy.write_text(strategy.read_text(encoding="utf-8").replace("Serious Violence", "Other"), encoding="utf-8")
    with serving_process(folder, data=str(files)) as process:
        yield process, folder
        assert process.stop() == 0


def test_it_serves_the_files_of_a_folder_that_it_is_given(running: tuple[Process, Path]) -> None:
    process, _ = running
    answer = httpx.post(f"{process.url()}/graphql", json={"query": "{ strategy { title } }"})
    assert answer.json() == {"data": {"strategy": {"title": "Other Strategy"}}}
    [line] = process.log_lines("loaded")
    assert line["report"].startswith(f"revision {REVISION}: ")
    [line] = process.log_lines("migrated")
    assert (line.get("before"), line["after"]) == (None, versions.LATEST)


def lines_of(process: Process, event: str, request_id: str) -> list[dict[str, Any]]:
    """The log lines of a request, after its own line, which is the last one."""
    until(lambda: any(line["request_id"] == request_id for line in process.log_lines("request")))
    return [line for line in process.log_lines(event) if line["request_id"] == request_id]


def test_every_request_is_a_line_of_json_with_its_id(running: tuple[Process, Path]) -> None:
    process, _ = running
    with process.client() as client:
        request_id = client.get("/healthz", headers={"x-request-id": "mine-1"}).headers["x-request-id"]
        response = client.get("/no%0A%7B%22event%22:%22forged%22%7D", headers={"x-request-id": "a b"}).headers[
            "x-request-id"
        ]
    assert request_id == "mine-1"
    [first] = lines_of(process, "request", request_id)
    about = {"client", "agent", "method", "path", "status", "bytes", "milliseconds"}
    assert first.keys() == {"event", "level", "timestamp", "request_id", "own_id"} | about
    assert (first["method"], first["path"], first["status"], first["level"]) == ("GET", "/healthz", 200, "info")
    [second] = lines_of(process, "request", response)
    assert (second["path"], second["status"]) == ('/no\n{"event":"forged"}', 404)
    assert process.log_lines("forged") == []


@pytest.mark.parametrize(
    "head",
    [
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Endless: ",
        b"GET /",
        HEAD.replace(b"Content-Length: %d" % len(QUERY), b"Transfer-Encoding: chunked") + b"1; ",
    ],
    ids=["header", "address", "chunk"],
)
def test_a_head_without_end_is_cut_off(running: tuple[Process, Path], head: bytes) -> None:
    process, _ = running
    url = httpx.URL(process.url())
    with socket.create_connection((url.host, url.port or 80), timeout=PATIENCE) as connection:
        connection.sendall(head)
        # Reset, or a broken pipe: which of the two is the system's choice.
        with pytest.raises(ConnectionError):
            connection.sendall(b"a" * 100_000_000)
    assert ask(process).json() == ANSWER


def test_a_long_body_behind_a_short_head_is_read(running: tuple[Process, Path]) -> None:
    process, _ = running
    body = QUERY.ljust(100_000)
    answer = httpx.post(f"{process.url()}/graphql", content=body, headers={"content-type": "application/json"})
    assert answer.json() == ANSWER


def test_a_caller_that_hangs_up_is_no_error(running: tuple[Process, Path]) -> None:
    process, _ = running
    url = httpx.URL(process.url())
    with socket.create_connection((url.host, url.port or 80)) as connection:
        connection.sendall(HEAD.replace(b"Host: x", b"Host: x\r\nX-Request-ID: gone-1") + QUERY[:10])
    [line] = lines_of(process, "request", "gone-1")
    assert line["status"] == 0
    assert lines_of(process, "unexpected_error", "gone-1") == []


def test_an_unexpected_error_is_masked_for_the_caller_and_logged_once_in_full(
    running: tuple[Process, Path],
) -> None:
    process, folder = running
    database = sqlite3.connect(folder / "sixty-one.db")
    database.execute("ALTER TABLE fund RENAME TO gone")
    query = {"query": "{ funds { totalCount } dataset { revision } }"}
    with process.client() as client:
        headers = {"x-request-id": "broken-1", "x-key": "secret-of-the-caller"}
        answer = client.post("/graphql", json=query, headers=headers)
        database.execute("ALTER TABLE gone RENAME TO fund")
        database.close()
        # The process goes on, and is well again as soon as its database is.
        assert "errors" not in client.post("/graphql", json=query).json()
    assert answer.status_code == 200
    assert answer.json() == {
        "errors": [
            {
                "message": "Something went wrong on our side.",
                "locations": [{"line": 1, "column": 3}],
                "path": ["funds"],
                "extensions": {"code": "INTERNAL_SERVER_ERROR"},
            }
        ],
        "data": {"funds": None, "dataset": {"revision": REVISION}},
    }
    [line] = lines_of(process, "unexpected_error", "broken-1")
    assert (line["path"], line["level"]) == (["funds"], "error")
    assert "no such table: fund" in str(line["exception"])
    # Not what lay in our memory, such as the keys of callers.
    assert "secret-of-the-caller" not in "".join(process.lines)
    assert "locals" not in str(line["exception"])


@pytest.fixture(scope="module")
def folder_without_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For a database, whose tables are made once."""
    return tmp_path_factory.mktemp("without-data")


@pytest.mark.usefixtures("_quiet_again")
@pytest.mark.parametrize(
    ("settings", "has_warning"),
    [
        ({"host": "0.0.0.0"}, True),
        ({"host": "::"}, True),
        ({"host": "192.0.2.1"}, True),
        ({"host": "0.0.0.0", "public_url": "https://example.org"}, False),
        ({"host": "localhost"}, False),
        ({"host": "127.0.0.2"}, False),
        ({"host": "::1"}, False),
    ],
)
def test_a_public_server_without_public_url_logs_a_warning(
    folder_without_data: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], has_warning: bool
) -> None:
    # A logger writes to the output of its first line, which is that of another run of the command here.
    monkeypatch.setattr(serve, "log", structlog.get_logger())
    # It stops before it listens, for want of data.
    folder = folder_without_data
    values = {"database_url": f"sqlite:///{folder}/x.db", "data": str(folder / "nothing")} | settings
    result = CliRunner().invoke(cli.app, ["serve"], env={f"SIXTYONE_{name.upper()}": values[name] for name in values})
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert any('"no_public_url"' in line and "SIXTYONE_PUBLIC_URL" in line for line in lines) is has_warning
