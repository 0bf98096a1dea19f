"""Measures several servers in turns, so that whatever else the machine does hits all of them alike."""

import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TypeVar

from tests.bench.client import Connection, rate

Name = TypeVar("Name")

WARM_UP = 10
# Fewer rounds than this say nothing of the slowest twentieth.
ROUNDS = 60
CONNECTIONS = 8


@dataclass(frozen=True)
class Call:
    """A request to the server on a port."""

    port: int
    request: bytes


@dataclass(frozen=True)
class Latency:
    """In milliseconds."""

    p50: float
    p95: float


def latencies(calls: Mapping[Name, Call], *, seconds: float) -> dict[Name, Latency]:
    """How long each call takes on its one connection: one of each, and round again."""
    taken: dict[Name, list[float]] = {name: [] for name in calls}
    with ExitStack() as stack:
        open_ = {name: stack.enter_context(Connection(call.port)) for name, call in calls.items()}
        for _ in range(WARM_UP):
            for name, call in calls.items():
                open_[name].ask(call.request)
        end = time.perf_counter() + seconds
        rounds = 0
        while rounds < ROUNDS or time.perf_counter() < end:
            rounds += 1
            for name, call in calls.items():
                start = time.perf_counter()
                open_[name].ask(call.request)
                taken[name].append((time.perf_counter() - start) * 1000)
    return {name: _latency(times) for name, times in taken.items()}


def rates(calls: Mapping[Name, Call], *, turns: int, seconds: float) -> dict[Name, float]:
    """How many of each call are answered in a second: the median of several turns."""
    found: dict[Name, list[float]] = {name: [] for name in calls}
    for _ in range(turns):
        for name, call in calls.items():
            found[name].append(rate(call.port, call.request, connections=CONNECTIONS, seconds=seconds))
    return {name: statistics.median(turn) for name, turn in found.items()}


def _latency(times: Sequence[float]) -> Latency:
    return Latency(statistics.median(times), statistics.quantiles(times, n=20)[-1])
