"""Servers as Debian packages them, each as its own process on a free port of the loopback."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.optional import skip_or_fail

# Debian keeps what an administrator runs where an ordinary user does not look.
PLACES = f"{os.environ['PATH']}:/usr/sbin:/sbin"


def program(name: str) -> str:
    result = shutil.which(name, path=PLACES)
    if result is None:
        skip_or_fail(f"{name} is not installed")
    assert result
    return result


def port() -> int:
    """A port without a listener at this moment."""
    with socket.socket() as connection:
        connection.bind(("127.0.0.1", 0))
        number: int = connection.getsockname()[1]
        return number


def user() -> str | None:
    """PostgreSQL and PgBouncer refuse to run as root."""
    return "postgres" if os.geteuid() == 0 else None


def run(*command: str | Path, user: str | None = None) -> None:
    subprocess.run(command, user=user, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=180)


def listens(number: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", number)) == 0


@contextmanager
def running(command: Sequence[str | Path], log: Path, user: str | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process until the end of the block, at the latest."""
    with log.open("ab") as out:
        process = subprocess.Popen(command, user=user, cwd="/", stdout=out, stderr=out)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
