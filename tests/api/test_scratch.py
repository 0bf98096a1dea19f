"""`sixtyone serve --scratch`: a server for one test in any language, which leaves nothing behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import select
from typer.testing import CliRunner

from api import cli, template_database
from db.database import Database
from db.models import Dataset
from seeds import DATA
from seeds.errors import SeedError
from tests.api.process import COMMAND, environment
from tests.inputs import VALID_INPUTS
from tests.waiting import until

SCRATCH = [*COMMAND, "serve", "--scratch"]
NOW = "2027-01-01T12:00:00Z"
# Settings of a service, which none of these servers may touch.
SERVICE = {
    "database_url": "postgresql://nowhere.invalid/x",
    "read_urls": "postgresql://nowhere.invalid/y",
    "rate_storage": "redis://nowhere.invalid",
    "host": "192.0.2.1",
    "port": "1",
    "public_url": "http://x",
    "metrics_port": "1",
    "traces": "true",
}
PARENT = "import subprocess, sys; subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL)"
ADD = """mutation ($input: AddDocumentInput!) { addDocument(input: $input) {
  ... on DocumentAdded { document { slug } change { actor recordedAt } } } }"""


class Scratch:
    def __init__(self, folder: Path, command: list[str]) -> None:
        self.folder = folder
        variables = environment(**SERVICE) | {"TMPDIR": str(folder)}
        self.process = subprocess.Popen(
            command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def line(self) -> dict[str, Any]:
        assert self.process.stdout
        line: dict[str, Any] = json.loads(self.process.stdout.readline())
        return line

    def end(self) -> tuple[int, str, str, list[Path]]:
        """The exit code, what else it printed, its log, and what it left behind."""
        output, log = self.process.communicate(timeout=180)
        return self.process.returncode, output, log, list(self.folder.iterdir())


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Scratch]]:
    with ExitStack() as stack:
        folders = iter(range(10))

        def _start(*options: str, before: tuple[str, ...] = ()) -> Scratch:
            folder = tmp_path / str(next(folders))
            folder.mkdir()
            scratch = Scratch(folder, [*before, *SCRATCH, *options])
            stack.callback(scratch.process.communicate)
            stack.callback(scratch.process.kill)
            return scratch

        yield _start


def add(line: dict[str, Any]) -> Any:
    headers = {"authorization": f"Bearer {line['token']}"}
    body = {"query": ADD, "variables": {"input": VALID_INPUTS["addDocument"]}}
    return httpx.post(line["graphql"], json=body, headers=headers).json()["data"]["addDocument"]


def test_several_serve_at_once_each_its_own_database_and_leave_nothing(start: Callable[..., Scratch]) -> None:
    scratches = [start(), start("--now", NOW)]
    lines = [scratch.line() for scratch in scratches]
    assert [{*line} for line in lines] == [{"url", "graphql", "websocket", "token", "database"}] * 2
    assert all(lines[0][key] != lines[1][key] for key in lines[0])
    written = add(lines[1])
    assert written["change"] == {"actor": "Editor", "recordedAt": NOW}
    query = f'{{ document(slug: "{written["document"]["slug"]}") {{ slug }} viewer {{ name }} }}'
    answers = [httpx.post(line["graphql"], json={"query": query}).json()["data"] for line in lines]
    assert answers == [{"document": document, "viewer": None} for document in (None, written["document"])]
    assert scratches[0].process.stdin
    scratches[0].process.stdin.close()
    scratches[0].process.stdin = None
    scratches[1].process.send_signal(signal.SIGINT)
    assert [scratch.end() for scratch in scratches] == [(0, "", "", [])] * 2


def test_it_ends_with_the_process_that_started_it(start: Callable[..., Scratch]) -> None:
    parent = start(before=(sys.executable, "-c", PARENT))
    url = parent.line()["url"]
    parent.process.kill()
    # As SIGTERM ends it. The pipe of its log is closed when the server ends, too.
    assert parent.end() == (-signal.SIGKILL, "", "", [])
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_one_that_is_stopped_before_it_is_ready_removes_its_database(start: Callable[..., Scratch]) -> None:
    scratch = start()
    until(lambda: any(scratch.folder.iterdir()))
    scratch.process.terminate()
    code, _, log, left = scratch.end()
    assert (code, log, left) == (0, "", [])


def test_a_clock_that_cannot_be_is_refused(start: Callable[..., Scratch]) -> None:
    scratch = start("--now", "2020-01-01T00:00:00Z")
    code, output, message, left = scratch.end()
    assert (code, output, left) == (2, "", [])
    assert "Invalid value for '--now': The record goes up to 2026-" in message
    for options, reason in (["--scratch", "--now", "2020"], "A DateTime is an instant"), (["--now", NOW], "--scratch"):
        result = CliRunner().invoke(cli.app, ["serve", *options])
        assert (result.exit_code, reason in result.stderr) == (2, True)


def test_a_template_is_made_once_for_the_same_files_and_old_ones_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    old = cache / "sixty-one" / "old.db"
    old.parent.mkdir(parents=True)
    old.touch()
    long_ago = time.time() - template_database.KEEP_SECONDS - 1
    os.utime(old, (long_ago, long_ago))

    def copy() -> str:
        path = tmp_path / "copy.db"
        template_database.copy(data, path)
        db = Database(f"sqlite:///{path}")
        text: str = db.read_sync(lambda session: session.exec(select(Dataset.attribution)).one())
        db.close()
        path.unlink()
        return text

    before = copy()
    [template] = old.parent.iterdir()
    inode = template.stat().st_ino
    assert copy() == before
    assert [file.stat().st_ino for file in old.parent.iterdir()] == [inode]
    # Of other files it is another one, which is not stored where nothing can be.
    file = data / "dataset.yaml"
    file.write_text(file.read_text().replace(before, "Others"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    assert copy() == "Others"
    file.write_text("nothing")
    with pytest.raises(SeedError):
        copy()
