"""Several processes at one address are one service: each answers, sees what the others write, and comes back."""

import os
import signal
import socket
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from api import cli
from db import tokens
from db.database import Database
from db.vocabulary import Role, Voice
from tests.api.live import cursor, open_socket
from tests.api.process import Process, serving_process
from tests.engines import REVISION, seed_sqlite, url_of
from tests.server import NOW
from tests.waiting import until

REVISION_QUERY = {"query": "{ dataset { revision } }"}
ADD = (
    'mutation { addDocument(input: {slug: "added", title: "Added"}) { ... on DocumentAdded { change { revision } } } }'
)


def pids(process: Process) -> list[int]:
    """Those that run now, by their numbers."""
    return list({line["process"]: line["pid"] for line in process.log_lines("process_started")}.values())


def served(process: Process) -> list[int]:
    """How many answers each has counted."""
    ports = [line["port"] for line in process.log_lines("listening_for_monitors")]
    lines = [httpx.get(f"http://127.0.0.1:{port}/metrics").text.splitlines() for port in ports]
    return [sum(line.startswith("sixtyone_requests_total") for line in each) for each in lines]


def revision_at(process: Process) -> int:
    """By a connection of its own, which any of them may take."""
    answer: int = httpx.post(f"{process.url()}/graphql", json=REVISION_QUERY).json()["data"]["dataset"]["revision"]
    return answer


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text()


@pytest.mark.postgresql_in_full
def test_two_processes_are_one_service(seeded_database: Database, tmp_path: Path) -> None:
    with seeded_database.transaction() as session:
        token = tokens.create(session, "Tess Ter", Role.EDITOR, [*Voice], now=NOW)
    # Far longer than a stop is waited for here.
    settings = {
        "database_url": url_of(seeded_database),
        "processes": "2",
        "metrics_port": "0",
        "shutdown_seconds": "600",
    }
    with serving_process(tmp_path, **settings) as process:
        until(lambda: len(process.log_lines("listening")) == 2, 180)
        assert len({line["url"] for line in process.log_lines("listening")}) == 1
        until(lambda: revision_at(process) == REVISION and min(served(process)) > 0)
        with open_socket(process.url()) as one, open_socket(process.url()) as other:
            for follower in (one, other):
                follower.ask(after=cursor(REVISION))
            written = httpx.post(
                f"{process.url()}/graphql", json={"query": ADD}, headers={"authorization": f"Bearer {token}"}
            )
            number = written.json()["data"]["addDocument"]["change"]["revision"]
            assert {revision_at(process) for _ in range(20)} == {number}
            assert [follower.next()["revision"] for follower in (one, other)] == [number] * 2
        before = pids(process)
        os.kill(before[0], signal.SIGKILL)
        until(lambda: len(process.log_lines("listening")) == 3)
        [line] = process.log_lines("process_ended")
        assert (line["process"], line["pid"], line["code"], line["level"]) == (0, before[0], -9, "warning")
        after = pids(process)
        assert (after[1], after[0] != before[0]) == (before[1], True)
        assert revision_at(process) == number
        assert process.stop() == 0
        assert [pid for pid in {*before, *after} if is_alive(pid)] == []


def test_they_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    with serving_process(tmp_path, database_url=seed_sqlite(tmp_path), processes="2") as process:
        until(lambda: len(process.log_lines("listening")) == 2, 180)
        process.process.kill()
        until(lambda: [pid for pid in pids(process) if is_alive(pid)] == [])


def test_a_start_that_fails_is_not_tried_again(tmp_path: Path) -> None:
    url = seed_sqlite(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving_process(tmp_path, database_url=url, processes="2", metrics_port=str(port)) as process:
            assert process.process.wait(180) == 1
            assert f"SIXTYONE_METRICS_PORT: 127.0.0.1:{port}: " in "".join(process.lines)
        with serving_process(tmp_path, database_url=url, processes="2", port=str(port)) as process:
            assert process.process.wait(180) == 1
            process.reader.join()
            assert process.lines[-1].startswith(f"SIXTYONE_PORT: 127.0.0.1:{port}: Address already in use")


@pytest.mark.parametrize(
    ("arguments", "settings", "message"),
    [
        (["--scratch", "--processes", "2"], {}, "A scratch server is one process."),
        (
            ["--processes", "2"],
            {"SIXTYONE_METRICS_PORT": "8000"},
            "SIXTYONE_PROCESSES: metrics need a port of their own: one process would answer for all\n",
        ),
    ],
)
def test_what_several_processes_cannot_do_is_refused(
    arguments: list[str], settings: dict[str, str], message: str
) -> None:
    result = CliRunner().invoke(cli.app, ["serve", *arguments], env=settings)
    assert result.exit_code != 0
    assert message in result.output
