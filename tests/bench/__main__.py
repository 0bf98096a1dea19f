"""Measures the application beside a bare Starlette that sends the same bytes, at three sizes: `make bench`."""

import datetime as dt
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import structlog

from db import migrate
from seeds import loader
from tests.bench.client import Connection, request
from tests.bench.measure import Call, costs, rates
from tests.bench.queries import CASES, QUERIES, bodies
from tests.bench.report import Case, Memory, report
from tests.bench.servers import Server, running
from tests.engines import SQLite, build_database
from tests.scale import multiply
from tests.server import capture_statements, serving

# By the number of the Strategy's commitments: how many times our data.
SIZES = {61: 1, 6_100: 100, 61_000: 1_000}
SECONDS = {"dashboard": 25, "commitment": 8, "count": 8}


def main() -> None:
    start, busy = time.perf_counter(), os.getloadavg()[0]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory() as folder:
        files = SQLite(Path(folder))
        load = partial(loader.load, now=dt.datetime.now(dt.UTC))
        urls = {
            size: build_database(files, migrate.upgrade, load, partial(multiply, times=times))
            for size, times in SIZES.items()
        }
        cases, memory = _measure(urls, Path(folder) / "answers")
    seconds = time.perf_counter() - start
    print(
        report(cases, memory, f"Measured in {seconds:.0f} s on {os.cpu_count()} processors; load before: {busy:.1f}.")
    )


def _measure(urls: dict[int, str], answers: Path) -> tuple[list[Case], list[Memory]]:
    statements = {size: _statements(url) for size, url in urls.items()}
    answers.mkdir()
    with ExitStack() as stack:
        ours = {size: stack.enter_context(running("api", SIXTYONE_DATABASE_URL=url)) for size, url in urls.items()}
        for server in ours.values():
            _ask(server, request("GET", "/healthz"))
        memory_before = {size: server.megabytes() for size, server in ours.items()}
        for size, server in ours.items():
            for name in QUERIES:
                (answers / f"{name}-{size}").write_bytes(_ask(server, next(_posts("/graphql", name))))
        pages = {(answers / f"dashboard-{size}").read_bytes() for size in ours}
        assert len(pages) == 1, "The first page is not the same at every size."
        bare = stack.enter_context(running("bare", SIXTYONE_BENCH_ANSWERS=str(answers)))
        cases = [case for name, anew in CASES for case in _cases(name, ours, bare, statements, anew=anew)]
        memory = [Memory(size, memory_before[size], server.megabytes()) for size, server in ours.items()]
    return cases, memory


def _statements(url: str) -> dict[str, int]:
    """How many SQL statements each query takes, asked for the first time."""
    counts = {}
    with serving(url) as api:
        for name, query in QUERIES.items():
            with capture_statements() as statements:
                api.ask(query)
            counts[name] = len(statements)
    return counts


def _ask(server: Server, request: bytes) -> bytes:
    with Connection(server.port) as connection:
        return connection.ask(request)


def _posts(path: str, name: str, *, anew: bool = False) -> Iterator[bytes]:
    for body in bodies(name, anew=anew):
        yield request("POST", path, body)


def _cases(
    name: str, ours: dict[int, Server], bare: Server, statements: dict[int, dict[str, int]], *, anew: bool
) -> list[Case]:
    calls = {}
    for size, server in ours.items():
        for kind, process, path in (("ours", server, "/graphql"), ("bare", bare, f"/{name}-{size}")):
            calls[kind, size] = Call(process, _posts(path, name, anew=anew))
    cost = costs(calls, seconds=SECONDS[name])
    rate = rates(calls, turns=3, seconds=0.6)
    return [
        Case(
            query=name,
            anew=anew,
            size=size,
            ours=cost["ours", size],
            bare=cost["bare", size],
            our_rate=rate["ours", size],
            bare_rate=rate["bare", size],
            statements=statements[size][name],
        )
        for size in ours
    ]


if __name__ == "__main__":
    main()
