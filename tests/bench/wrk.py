"""Load by wrk, a program of Debian: a client in Python would take longer than the servers that it measures."""

import itertools
import shutil
import statistics
import subprocess
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import orjson

from tests.bench.servers import Server

Name = TypeVar("Name", bound=Hashable)

SCRIPT = Path(__file__).with_name("wrk.lua")
CONNECTIONS = (1, 8)
# A turn takes the first of these, or longer where that was not enough for one answer.
SECONDS = (1, 4, 16)


@dataclass(frozen=True)
class Call:
    """A server, and what it is asked: with a body by POST, else by GET."""

    server: Server
    path: str
    body: Path | None = None
    # Of the answer: one that is shorter tells of an error.
    length: int = 0


@dataclass(frozen=True)
class Load:
    """Milliseconds of the median wait, and answers a second."""

    p50: float
    rate: float


def require() -> None:
    if shutil.which("wrk") is None:
        raise SystemExit("The bench needs the program wrk, which is a package of Debian.")


def interleave(calls: Mapping[Name, Call], *, turns: int) -> dict[tuple[Name, int], Load]:
    """Each call in turn, and round again, so that other work of the machine affects all alike. The medians by call and
    number of connections."""
    for call in calls.values():
        # Compilers of JavaScript need the practice.
        load(call, connections=CONNECTIONS[-1])
    loads: dict[tuple[Name, int], list[Load]] = {key: [] for key in itertools.product(calls, CONNECTIONS)}
    for _, connections in itertools.product(range(turns), CONNECTIONS):
        for name, call in calls.items():
            loads[name, connections].append(load(call, connections=connections))
    return {
        key: Load(statistics.median(load.p50 for load in turn), statistics.median(load.rate for load in turn))
        for key, turn in loads.items()
    }


def load(call: Call, *, connections: int) -> Load:
    """One turn, with every connection asking again as soon as it was answered."""
    for seconds in SECONDS:
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", str(SCRIPT)]
        command += [f"http://127.0.0.1:{call.server.port}{call.path}", "--"]
        command += [str(call.body)] if call.body else []
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        result = orjson.loads(output.splitlines()[-1])
        if result["failures"] or result["bytes"] < result["requests"] * call.length:
            break
        if result["requests"]:
            return Load(result["p50"] / 1_000, result["requests"] / result["microseconds"] * 1_000_000)
    raise RuntimeError(f"{call.path}: {output}")
