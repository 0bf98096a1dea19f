"""Generated queries: none finds a fault, takes long, or costs more than its price."""

import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx

from db.database import Database
from schema.build import Schema
from schema.errors import CODES
from schema.limits import Limits
from tests.api import live
from tests.api.process import Process, serving_process
from tests.endurance.generator import Generator
from tests.endurance.pools import NAMES, pools
from tests.engines import Engine, PostgreSQL, url_of
from tests.server import GRAPHQL
from tests.waiting import until

Query = tuple[str, dict[str, Any]]
SEED = 61
QUERIES = int(os.environ.get("SIXTYONE_ENDURANCE_QUERIES") or 20_000)
PARTS = 10
# The answers that only a fault of ours would give to one client.
FAULT_CODES = {"INTERNAL_SERVER_ERROR", "UNAVAILABLE", "RATE_LIMITED"}
MILLISECONDS = 2_000
# In megabytes, after the first parts have filled the caches.
GROWTH = 30


def ask(client: httpx.Client, query: Query, name: str) -> set[str]:
    """The codes of the answer."""
    text, variables = query
    # It ignores what is not declared. No cached answer has such a name in its query.
    body = {"query": text, "variables": variables | {"name": name}}
    answer = client.post("/graphql", json=body, headers={"x-request-id": name}).json()
    result = {error["extensions"]["code"] for error in answer.get("errors", ())}
    assert result <= CODES.keys(), answer
    return result


def log_by_request(processes: Sequence[Process], names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The line that the log has of each request, which may come after the answer."""

    def lines() -> dict[str, dict[str, Any]]:
        return {line["request_id"]: line for process in processes for line in process.log_lines("request")}

    until(lambda: lines().keys() >= set(names))
    return lines()


def test_no_generated_query_finds_a_fault_or_takes_more_than_it_may(
    seeded_database: Database, engine: Engine, tmp_path: Path
) -> None:
    number = QUERIES // 10 if isinstance(engine, PostgreSQL) else QUERIES
    revisions = live.write(seeded_database, 50)
    schema = Schema(Limits())
    with ExitStack() as stack:
        # One client asks for more than the budget. Two processes, because most machines have two processors.
        settings = {"database_url": url_of(seeded_database), "rate_per_minute": "0"}
        processes = [stack.enter_context(serving_process(tmp_path, **settings)) for _ in range(2)]
        headers = {"accept": GRAPHQL}
        clients = [
            stack.enter_context(httpx.Client(base_url=process.url(), timeout=60, headers=headers))
            for process in processes
        ]
        pool = stack.enter_context(ThreadPoolExecutor(3))
        generator = Generator(
            schema._schema,
            pools(clients[0].post("/graphql", json={"query": NAMES}).json()["data"], schema),
            SEED,
            revision=max(revisions),
        )
        queries = {f"{place}": generator.query(wide=place % 2 == 0) for place in range(number)}
        names, part = list(queries), number // PARTS
        codes: dict[str, set[str]] = {}
        memory = []
        for start in range(0, number, part):
            some = names[start : start + part]
            # Each process gets wide ones and others.
            answers = pool.map(lambda name: ask(clients[int(name) // 2 % 2], queries[name], name), some)
            codes |= zip(some, answers, strict=True)
            memory.append(round(sum(map(live.megabytes, processes)) / 2))
        lines = log_by_request(processes, names)
        # A busy machine may spoil a turn; what takes long, takes it again.
        slow = [name for name in names if lines[name]["milliseconds"] > MILLISECONDS]
        for name in slow:
            ask(clients[0], queries[name], f"again-{name}")
        again = log_by_request(processes, [f"again-{name}" for name in slow])
        error_lines = live.errors(*processes)
        assert [process.stop() for process in processes] == [0, 0]
    report(codes, memory, lines, slow)
    assert [queries[name] for name in names if codes[name] & FAULT_CODES] == []
    assert error_lines == []
    assert [(queries[name], lines[name]) for name in names if _dear(lines[name])] == []
    assert [queries[name] for name in slow if again[f"again-{name}"]["milliseconds"] > MILLISECONDS] == []
    assert memory[-1] - memory[PARTS // 5] < GROWTH
    # Most of them were executed, or little would have been shown.
    assert sum(not result for result in codes.values()) > number * 2 / 3


def _dear(line: dict[str, Any]) -> bool:
    return bool(line.get("cost", 0) > line.get("price", 0))


def report(
    codes: dict[str, set[str]], memory: list[int], lines: dict[str, dict[str, Any]], slow: Sequence[str]
) -> None:
    answers = Counter(code for figures in codes.values() for code in figures or {"answered"})
    print(f"\n{len(codes)} queries: {dict(answers.most_common())}")
    for name in ("milliseconds", "price", "cost"):
        figures = sorted(lines[query].get(name, 0) for query in codes)
        print(
            f"{name}: median {figures[len(figures) // 2]},"
            f" 99 of 100 {figures[len(figures) * 99 // 100]}, most {figures[-1]}"
        )
    print(f"megabytes: {memory}; asked again, because they took long: {len(slow)}")
