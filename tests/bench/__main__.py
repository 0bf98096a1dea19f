"""Measures the application beside a bare Starlette that sends the same bytes, at three sizes: `make bench`."""

import datetime as dt
import logging
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import orjson
import structlog

from db import migrate
from seeds import loader
from tests.bench.client import Connection, request
from tests.bench.measure import Call, latencies, rates
from tests.bench.queries import QUERIES
from tests.bench.report import Case, Memory, report
from tests.bench.servers import Server, running
from tests.engines import SQLite, filled
from tests.scale import multiply
from tests.server import counting, serving

# By the number of the Strategy's commitments: how many times our data.
SIZES = {61: 1, 6_100: 100, 61_000: 1_000}
LATENCY_SECONDS = {"dashboard": 30, "commitment": 12, "count": 8}
POSTS = {name: request("POST", "/graphql", orjson.dumps({"query": query})) for name, query in QUERIES.items()}


def main() -> None:
    start = time.perf_counter()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory() as folder:
        files = SQLite(Path(folder))
        load = partial(loader.load, now=dt.datetime.now(dt.UTC))
        urls = {
            size: filled(files, migrate.upgrade, load, partial(multiply, times=times)) for size, times in SIZES.items()
        }
        statements = {size: _statements(url) for size, url in urls.items()}
        cases, memory = _measured(urls, Path(folder) / "answers", statements)
    print(report(cases, memory, time.perf_counter() - start))


def _statements(url: str) -> dict[str, int]:
    found = {}
    with serving(url) as api:
        for name, query in QUERIES.items():
            with counting() as executed:
                api.ask(query)
            found[name] = len(executed)
    return found


def _measured(
    urls: dict[int, str], answers: Path, statements: dict[int, dict[str, int]]
) -> tuple[list[Case], list[Memory]]:
    answers.mkdir()
    with ExitStack() as stack:
        ours = {size: stack.enter_context(running("api", SIXTYONE_DATABASE_URL=url)) for size, url in urls.items()}
        for server in ours.values():
            with Connection(server.port) as connection:
                connection.ask(request("GET", "/healthz"))
        fresh = {size: server.megabytes() for size, server in ours.items()}
        for size, server in ours.items():
            _keep_answers(server, size, answers)
        bare = stack.enter_context(running("bare", SIXTYONE_BENCH_ANSWERS=str(answers)))
        cases = [case for name in QUERIES for case in _cases(name, ours, bare, statements)]
        memory = [Memory(size, fresh[size], server.megabytes()) for size, server in ours.items()]
    return cases, memory


def _keep_answers(server: Server, size: int, answers: Path) -> None:
    with Connection(server.port) as connection:
        for name, post in POSTS.items():
            (answers / f"{name}-{size}").write_bytes(connection.ask(post))


def _cases(name: str, ours: dict[int, Server], bare: Server, statements: dict[int, dict[str, int]]) -> list[Case]:
    body = orjson.dumps({"query": QUERIES[name]})
    calls = {}
    for size, server in ours.items():
        calls["ours", size] = Call(server.port, POSTS[name])
        calls["bare", size] = Call(bare.port, request("POST", f"/{name}-{size}", body))
    slow = latencies(calls, seconds=LATENCY_SECONDS[name])
    many = rates(calls, turns=3, seconds=0.7)
    return [
        Case(
            query=name,
            size=size,
            ours=slow["ours", size],
            bare=slow["bare", size],
            our_rate=many["ours", size],
            bare_rate=many["bare", size],
            statements=statements[size][name],
        )
        for size in ours
    ]


if __name__ == "__main__":
    main()
