"""`sixtyone serve` as its own process, which a test can ask, stop and read."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.api.lite import ROOT
from tests.waiting import PATIENCE

COMMAND = [sys.executable, "-c", "import sixtyone; sixtyone.main()"]


def environment(**settings: str) -> dict[str, str]:
    """That of this process, with no settings but these."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SIXTYONE_")}
    variables = {f"SIXTYONE_{name}".upper(): value for name, value in settings.items()}
    return clean | {"PYTHONPATH": str(ROOT)} | variables


class Process:
    """Its log is read as it is written: a full pipe would stop it."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "serve"],
            cwd=folder,
            env=environment(**{"port": "0"} | settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self.listening = threading.Event()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if '"listening"' in line:
                self.listening.set()
        self.listening.set()

    def url(self) -> str:
        """Where it listens, as soon as it does. Several processes say it each."""
        assert self.listening.wait(4 * PATIENCE)
        [url] = {line["url"] for line in self.log_lines("listening")}
        return str(url)

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url(), timeout=PATIENCE)

    def log_lines(self, event: str) -> list[dict[str, Any]]:
        """The lines about this event; every line is one JSON object."""
        read: list[dict[str, Any]] = [json.loads(line) for line in list(self.lines)]
        return [line for line in read if line["event"] == event]

    def stop(self) -> int:
        """Asks it to stop, and returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self.reader.join()
        return code


@contextmanager
def serving_process(folder: Path, **settings: str) -> Iterator[Process]:
    process = Process(folder, settings)
    try:
        yield process
    finally:
        process.process.kill()
        process.process.wait()
        process.reader.join()
        assert process.process.stdout
        process.process.stdout.close()
