"""What a monitor reads at `/metrics`, as Prometheus has it. Labels have few values, and none that a client chooses."""

import asyncio
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import accumulate

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from api.request_log import NONE
from db import failures
from db.database import OUTCOMES, Database
from db.live import LiveLog
from db.replicas import Replicas
from schema.errors import CODES
from schema.meter import Meter

# The time at which each line was first counted would double their number.
prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
COST = (10, 100, 1_000, 5_000, 10_000, 50_000)
# How long a scrape waits for the database, in seconds.
PATIENCE = 2.0


class Metrics:
    """Those of one application."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        Info("sixtyone", "The service.", registry=registry).info({"version": version("sixty-one")})
        self.requests = Requests()
        registry.register(self.requests)
        self.count_request = self.requests.count
        self.operations = Counter(
            "sixtyone_operations", "GraphQL operations that were executed, by kind.", ("operation",), registry=registry
        )
        self.cost = Histogram(
            "sixtyone_operation_cost",
            "What GraphQL operations have really cost, in the unit of their price.",
            ("operation",),
            buckets=COST,
            registry=registry,
        )
        self.errors = Counter(
            "sixtyone_errors",
            "Requests and operations with an error of this code; RATE_LIMITED is one.",
            ("code",),
            registry=registry,
        )
        self.writes = Counter(
            "sixtyone_writes", "Changes that were asked for, and what came of them.", ("outcome",), registry=registry
        )
        self.write_wait = Histogram(
            "sixtyone_write_wait_seconds",
            "How long a change waited for other writers.",
            buckets=SECONDS,
            registry=registry,
        )
        # From 0 on: Prometheus sees no increase where a line appears with 1, and so no alert for the first of its kind.
        for code in CODES:
            self.errors.labels(code)
        for outcome in OUTCOMES:
            self.writes.labels(outcome)
        self.subscribers = Gauge("sixtyone_subscribers", "Clients that follow the changes.", registry=registry)

    def watch(self, database: Database, live_log: LiveLog, replicas: Replicas | None) -> None:
        """Adds what is read at each scrape. Called on the event loop, once the application has its database."""
        self.subscribers.set_function(lambda: live_log.followers)
        self.registry.register(NewestRevision(database, asyncio.get_running_loop()))
        if replicas:
            self.registry.register(ReplicaStates(replicas))
        database.on_write = self.count_write

    def count_operations(self, meters: Iterable[Meter], codes: Iterable[str]) -> None:
        for meter in meters:
            kind = meter.kind or NONE
            self.operations.labels(kind).inc()
            self.cost.labels(kind).observe(meter.cost)
        for code in codes:
            self.errors.labels(code).inc()

    def count_write(self, outcome: str, waited: float) -> None:
        """`waited` is in seconds."""
        self.writes.labels(outcome).inc()
        self.write_wait.observe(waited)


class Requests(Collector):
    """Counted by hand, on the event loop alone: the library's counters would be a tenth of an answer from the cache."""

    def __init__(self) -> None:
        # By route, status, operation, and whether the answer was in the cache.
        self.numbers: defaultdict[tuple[str, int, str, bool], int] = defaultdict(int)
        # By route: how many took up to so many seconds, and more than that; and all seconds.
        self.spreads: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(SECONDS) + 1))
        self.sums: defaultdict[str, float] = defaultdict(float)

    def count(self, route: str, status: int, operation: str, seconds: float | None, *, cached: bool) -> None:
        self.numbers[route, status, operation, cached] += 1
        if seconds is not None:
            self.spreads[route][bisect_left(SECONDS, seconds)] += 1
            self.sums[route] += seconds

    def collect(self) -> Iterator[Metric]:
        requests = CounterMetricFamily(
            "sixtyone_requests",
            "Requests, by the pattern of their path, their status (0 where the client was gone), the kind of operation,"
            " and whether the answer was in the cache.",
            labels=("route", "status", "operation", "cached"),
        )
        for (route, status, operation, cached), number in list(self.numbers.items()):
            requests.add_metric((route, str(status), operation, str(cached).lower()), number)
        yield requests
        seconds = HistogramMetricFamily(
            "sixtyone_request_seconds", "How long requests took, but for streams and downloads.", labels=("route",)
        )
        bounds = [*map(str, SECONDS), "+Inf"]
        for route, spread in list(self.spreads.items()):
            seconds.add_metric((route,), list(zip(bounds, accumulate(spread), strict=True)), self.sums[route])
        yield seconds


class NewestRevision(Collector):
    """The newest revision and its time, read when somebody asks for them, on a thread that is not the event loop's."""

    def __init__(self, database: Database, loop: asyncio.AbstractEventLoop) -> None:
        self.database = database
        self.loop = loop

    def collect(self) -> Iterator[Metric]:
        try:
            state = asyncio.run_coroutine_threadsafe(self.database.state(), self.loop).result(PATIENCE)
        except failures.errors(TimeoutError):
            state, answers = None, False
        else:
            answers = True
        yield GaugeMetricFamily("sixtyone_database_up", "Whether the database answers.", value=answers)
        if state:
            yield GaugeMetricFamily("sixtyone_revision", "The newest revision.", value=state[0])
            text = "When the newest revision was recorded, in seconds since 1970."
            yield GaugeMetricFamily("sixtyone_revision_timestamp_seconds", text, value=state[1].timestamp())


class ReplicaStates(Collector):
    """What is known of each replica; its label is its place in the setting."""

    def __init__(self, replicas: Replicas) -> None:
        self.replicas = replicas

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("sixtyone_replica_up", "Whether a replica can be asked.", labels=("replica",))
        text = "How many revisions a replica lacks of those that this process has seen."
        behind = GaugeMetricFamily("sixtyone_replica_behind", text, labels=("replica",))
        for replica in self.replicas.members:
            up.add_metric((str(replica.number),), replica.fault is None)
            behind.add_metric((str(replica.number),), self.replicas.behind(replica))
        yield from (up, behind)
