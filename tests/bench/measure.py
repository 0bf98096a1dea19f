"""Measures several servers in turns, so that other work of the machine affects all of them alike."""

import statistics
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TypeVar

from tests.bench.client import Connection, rate
from tests.bench.servers import Server

Name = TypeVar("Name")

WARM_UP = 10
# Fewer rounds than this say nothing of the slowest twentieth.
ROUNDS = 60
CONNECTIONS = 8


@dataclass(frozen=True)
class Call:
    """A server, and what it is asked, time after time."""

    server: Server
    requests: Iterator[bytes]


@dataclass(frozen=True)
class Cost:
    """Milliseconds of one request: as its caller waits for it, and as its server works on it."""

    p50: float
    p95: float
    cpu: float


def costs(calls: Mapping[Name, Call], *, seconds: float) -> dict[Name, Cost]:
    """What each call costs on its one connection: one of each, and round again."""
    with ExitStack() as stack:
        ways = {name: stack.enter_context(Connection(call.server.port)) for name, call in calls.items()}
        for _ in range(WARM_UP):
            for name, call in calls.items():
                ways[name].ask(next(call.requests))
        cpu_before = {call.server: -call.server.cpu() for call in calls.values()}
        times_by_name: dict[Name, list[float]] = {name: [] for name in calls}
        end = time.perf_counter() + seconds
        rounds = 0
        while rounds < ROUNDS or time.perf_counter() < end:
            rounds += 1
            for name, call in calls.items():
                request = next(call.requests)
                start = time.perf_counter()
                ways[name].ask(request)
                times_by_name[name].append((time.perf_counter() - start) * 1000)
        calls_by_server = Counter(call.server for call in calls.values())
        cpu = {
            server: (before + server.cpu()) / rounds / calls_by_server[server] for server, before in cpu_before.items()
        }
    return {
        name: Cost(statistics.median(times), statistics.quantiles(times, n=20)[-1], cpu[calls[name].server])
        for name, times in times_by_name.items()
    }


def rates(calls: Mapping[Name, Call], *, turns: int, seconds: float) -> dict[Name, float]:
    """How many of each call are answered in a second: the median of several turns."""
    results: dict[Name, list[float]] = {name: [] for name in calls}
    for _ in range(turns):
        for name, call in calls.items():
            results[name].append(rate(call.server.port, call.requests, connections=CONNECTIONS, seconds=seconds))
    return {name: statistics.median(turn) for name, turn in results.items()}
