"""What grows with the record: fields and pages at 61, 6,100 and 61,000 commitments, and the wait of others beside each.

On SQLite, and no answer is kept as a whole, so that each is put together anew.
"""

import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from tests.bench import growing, sizes
from tests.bench.client import Connection, request
from tests.bench.figures import Figure, table
from tests.bench.servers import Server, running
from tests.bench.sizes import LARGEST, SMALLEST

HEALTH = request("GET", "/healthz")
# No answer is kept, and none is refused: by its cost, a search of 61,000 commitments would be.
SETTINGS = {
    "SIXTYONE_ANSWERS_BYTES": "0",
    "SIXTYONE_MAX_COST": "10000000",
    "SIXTYONE_QUERY_SECONDS": "120",
    "SIXTYONE_STATEMENT_SECONDS": "120",
}
# Each question is asked at each size for about so many seconds a turn, and at most so often; at least so often, too,
# unless that takes longer than so many seconds.
SECONDS, MOST, LEAST, PATIENCE = 0.25, 50, 3, 5.0
# How often each is asked beside others, with the same patience.
BESIDE = 3
HEADS = ("question", "at 61", "at 6,100", "at 61,000", "first at 61,000", "times", "times the bytes", "others wait")


@dataclass
class Answer:
    """Of one question by size: milliseconds for the first time, the median from then on, and the bytes."""

    first: dict[int, float] = field(default_factory=dict)
    again: dict[int, float] = field(default_factory=dict)
    length: dict[int, int] = field(default_factory=dict)
    # The longest wait of others beside it, at the largest size.
    wait: float = 0.0

    @property
    def times(self) -> float:
        return self.again[LARGEST] / self.again[SMALLEST]

    @property
    def longer(self) -> float:
        """How many times longer the answer is, because lists fill their pages."""
        return max(1.0, self.length[LARGEST] / self.length[SMALLEST])


class Others:
    """Somebody else, who asks for `/healthz` every two milliseconds and remembers the longest wait, in milliseconds."""

    def __init__(self, server: Server) -> None:
        self.longest = 0.0
        self._waits: list[float] = []
        self._server = server
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> "Others":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self.longest = max(self._waits)

    def _ask(self) -> None:
        with Connection(self._server.port) as connection:
            while not self._ended.wait(0.002):
                self._waits.append(_milliseconds(connection, HEALTH))


def measure(folder: Path, *, turns: int, only: str) -> list[Figure]:
    questions = {name: body for name, body in _requests() if only in name}
    with ExitStack() as stack:
        servers = {
            size: stack.enter_context(running("api", SIXTYONE_DATABASE_URL=url, **SETTINGS))
            for size, url in sizes.build(folder).items()
        }
        connections = {size: stack.enter_context(Connection(server.port)) for size, server in servers.items()}
        for connection in connections.values():
            connection.ask(HEALTH)
        answers = {}
        for name, body in questions.items():
            print(f"{name} …", file=sys.stderr, flush=True)
            answers[name] = _ask(servers[LARGEST], connections, body, turns)
        with Others(servers[LARGEST]) as others:
            time.sleep(1)
    print(table(HEADS, _rows(answers)))
    print(f"\nMilliseconds. Others ask for /healthz; beside nobody they wait for {others.longest:.1f} at most.")
    return [*_figures(answers)]


def _requests() -> Iterator[tuple[str, bytes]]:
    for name, query in (growing.FIELDS | growing.SEARCHES).items():
        yield name, request("POST", "/graphql", orjson.dumps({"query": query}))
    for path in (*growing.PAGES, *growing.FILES):
        yield path, request("GET", path)


def _ask(server: Server, connections: dict[int, Connection], body: bytes, turns: int) -> Answer:
    answer = Answer()
    # What is counted once for each revision is counted beside others, too.
    with Others(server) as others:
        end = time.perf_counter() + PATIENCE
        for _ in range(BESIDE):
            wait = _milliseconds(connections[LARGEST], body)
            answer.first.setdefault(LARGEST, wait)
            if time.perf_counter() > end:
                break
    answer.wait = others.longest
    for size, connection in connections.items():
        content = connection.ask(body)
        if content.startswith(b'{"errors"'):
            raise RuntimeError(content.decode())
        answer.length[size] = len(content)
    waits: dict[int, list[float]] = {size: [] for size in connections}
    begin = time.perf_counter()
    for number in range(MOST):
        passed = time.perf_counter() - begin
        if passed > (SECONDS * turns * len(connections) if number >= LEAST else PATIENCE):
            break
        for size, connection in connections.items():
            waits[size].append(_milliseconds(connection, body))
    answer.again = {size: statistics.median(wait) for size, wait in waits.items()}
    return answer


def _milliseconds(connection: Connection, body: bytes) -> float:
    start = time.perf_counter()
    connection.ask(body)
    return (time.perf_counter() - start) * 1_000


def _rows(answers: dict[str, Answer]) -> Iterator[list[str]]:
    for name, answer in answers.items():
        numbers = (*answer.again.values(), answer.first[LARGEST], answer.times, answer.longer, answer.wait)
        yield [name, *(f"{number:,.2f}" for number in numbers)]


def _figures(answers: dict[str, Answer]) -> Iterator[Figure]:
    flat = {name: answer for name, answer in answers.items() if name not in (*growing.SEARCHES, *growing.FILES)}
    if flat:
        name, worst = max(flat.items(), key=lambda item: item[1].times)
        print(f"What grows most is {name}.")
        yield Figure("any page or field, 61,000 over 61", worst.times, 1.5, more_is_better=False)
        worst = max(flat.values(), key=lambda answer: answer.times / answer.longer)
        yield Figure("the same, by the byte", worst.times / worst.longer, 1.5, more_is_better=False)
    name, worst = max(answers.items(), key=lambda item: item[1].wait)
    print(f"What others wait for most is {name}.")
    yield Figure("longest wait beside any one request at 61,000", worst.wait, 60, "ms", more_is_better=False)
    if calendar := answers.get(growing.CALENDAR):
        yield Figure("calendar at 61,000", calendar.first[LARGEST] / 1_000, 3, "s", more_is_better=False)
