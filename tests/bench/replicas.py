"""Measures reads against one, two and three servers of PostgreSQL: `python -m tests.bench.replicas`.

One service for each number, all measured in turns in one run. All share the processors of one machine: what counts is
who works. Where the service itself is the bound, or all processors are busy, another server adds nothing.
"""

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.client import Connection, rate, request
from tests.bench.figures import table
from tests.bench.queries import bodies
from tests.bench.servers import Server, running
from tests.operations.postgresql import Cluster
from tests.operations.replicas import trio

QUERIES = ("dashboard", "commitment")
CONNECTIONS, TURNS, SECONDS = 8, 3, 1.5
TICKS = os.sysconf("SC_CLK_TCK")
COLUMNS = (
    "query",
    "servers",
    "reads a second",
    "of one",
    "ms of the service",
    "ms of all servers",
    "shares of servers",
)


@dataclass
class Measure:
    rates: list[float] = field(default_factory=list)
    reads: float = 0.0
    # Milliseconds of processor time.
    service: float = 0.0
    servers: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])


def work(process: int) -> float:
    """Milliseconds of work so far by a process with all its threads, and by its children."""
    total = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            values = file.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            # It has ended meanwhile.
            continue
        # The parent, and the time in the program and in the system.
        if process in (int(file.parent.name), int(values[1])):
            total += int(values[11]) + int(values[12])
    return total * 1000 / TICKS


def measure(server: Server, clusters: list[Cluster], requests: Iterator[bytes], result: Measure) -> None:
    pids = [cluster.process.pid for cluster in clusters if cluster.process]
    before, service, start = [work(pid) for pid in pids], work(server.pid), time.perf_counter()
    result.rates.append(rate(server.port, requests, connections=CONNECTIONS, seconds=SECONDS))
    result.reads += result.rates[-1] * (time.perf_counter() - start)
    result.service += work(server.pid) - service
    for number, pid in enumerate(pids):
        result.servers[number] += work(pid) - before[number]


def rows(query: str, services: dict[int, Server], clusters: list[Cluster]) -> Iterator[list[str]]:
    requests = (request("POST", "/graphql", body) for body in bodies(query, anew=True))
    results = {number: Measure() for number in services}
    for _ in range(TURNS):
        for number, server in services.items():
            measure(server, clusters, requests, results[number])
    alone = statistics.median(results[1].rates)
    for number, result in results.items():
        median, whole = statistics.median(result.rates), sum(result.servers) or 1
        shares = " ".join(f"{value / whole:.0%}" for value in result.servers)
        yield [
            query,
            str(number),
            f"{median:.0f}",
            f"{median / alone:.2f}",
            f"{result.service / result.reads:.2f}",
            f"{sum(result.servers) / result.reads:.2f}",
            shares,
        ]


def main() -> None:
    start, busy = time.perf_counter(), os.getloadavg()[0]
    with trio() as servers, ExitStack() as stack:
        name, clusters = servers.fill(), [servers.primary, *servers.standbys]
        urls = [cluster.url(name) for cluster in clusters]
        # One alone is what a service has without the setting; else the primary takes its turn, too.
        read_urls = {number: " ".join(urls[:number]) if number > 1 else "" for number in (1, 2, 3)}
        services = {
            # No query waits for its turn as a large one.
            number: stack.enter_context(
                running(
                    "api",
                    SIXTYONE_DATABASE_URL=urls[0],
                    SIXTYONE_READ_URLS=addresses,
                    SIXTYONE_LARGE_COST="50000",
                )
            )
            for number, addresses in read_urls.items()
        }
        for server in services.values():
            with Connection(server.port) as connection:
                connection.ask(request("GET", "/readyz"))
                # The service has looked at each replica by then.
                time.sleep(1)
        before = [work(server.pid) for server in services.values()]
        time.sleep(SECONDS)
        looks = [(work(server.pid) - value) / SECONDS for server, value in zip(services.values(), before, strict=True)]
        lines = [row for query in QUERIES for row in rows(query, services, clusters)]
    print(table(COLUMNS, lines))
    seconds = time.perf_counter() - start
    print("\nUnasked, each works in a second for ms:", ", ".join(f"{look:.0f}" for look in looks))
    print(f"Measured in {seconds:.0f} s on {os.cpu_count()} processors; load before: {busy:.1f}.")


if __name__ == "__main__":
    main()
