"""Servers as processes of their own, for as long as a block lasts."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def megabytes(self) -> float:
        """Resident memory, as Linux tells it."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def cpu(self) -> float:
        """Milliseconds of work so far by its main thread, which answers all requests."""
        nanoseconds = Path(f"/proc/{self.pid}/schedstat").read_text(encoding="utf-8").split()[0]
        return int(nanoseconds) / 1_000_000


@contextmanager
def running(kind: str, **environment: str) -> Iterator[Server]:
    """A server of `tests.bench.serve`. It can be asked at once: until it is up, the socket keeps what it is sent."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.serve", kind, str(listening.fileno())],
            cwd=ROOT,
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
