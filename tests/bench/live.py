"""What it takes to follow changes, and what following takes from others.

Everything is measured without subscribers and with a thousand, in one run, on SQLite and on PostgreSQL; what counts
is the ratio. The subscribers are plain sockets in a process of their own, so that their work hides little of ours:

    python -m tests.bench.live PORT NUMBER CURSOR
"""

import datetime as dt
import itertools
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx
import orjson

from db import migrate, tokens
from db.database import Database
from db.vocabulary import Role, Voice
from seeds import loader
from tests.api import live
from tests.api.process import Process, serving_process
from tests.bench.client import Connection, rate, request
from tests.bench.figures import Figure, table
from tests.bench.queries import bodies
from tests.bench.servers import ROOT
from tests.engines import Engine, PostgreSQL, SQLite, build_database, url_of
from tests.waiting import until

NUMBERS = (1, 100, 1_000)
ROUNDS = 30
SECONDS = 6.0
WRITERS = (1, 16)
TEXT, PING, PONG, MASK_BIT = 0x81, 0x89, b"\x8a", 0x80
SUBSCRIPTION = "subscription ($after: String) { changes(after: $after) { revision summary cursor subject { id } } }"
RECORD = """mutation ($input: RecordStatusInput!) { recordStatus(input: $input) {
  ... on StatusRecorded { statusUpdate { id } change { revision } } } }"""


class Subscribers:
    """A process of subscribers. It prints a line for each change that all of them got: the first and the last time."""

    def __init__(self, port: int, number: int, after: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.live", str(port), str(number), live.cursor(after)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait(self) -> tuple[float, float]:
        assert self.process.stdout
        first, last = self.process.stdout.readline().split()
        return float(first), float(last)


@contextmanager
def subscribers(process: Process, database: Database, number: int) -> Iterator[Subscribers]:
    """Subscribers that have all got the change before the first."""
    instance = Subscribers(_port(process), number, live.revision(database))
    line_count = len(process.log_lines("request")) + number
    try:
        write(database)
        instance.wait()
        yield instance
    finally:
        instance.process.kill()
        with instance.process:
            pass
        # The server is done with them before anything else is measured.
        until(lambda: len(process.log_lines("request")) >= line_count, 60)


def write(database: Database) -> None:
    """A change of now: the service records nothing by a clock that is behind the log."""
    live.write(database, now=dt.datetime.now(dt.UTC))


def _port(process: Process) -> int:
    return httpx.URL(process.url()).port or 80


def follow(port: int, number: int, after: str) -> None:
    """What the process of subscribers does, until it is killed."""
    subscribe = {"type": "subscribe", "id": "1", "payload": {"query": SUBSCRIPTION, "variables": {"after": after}}}
    counts: Counter[int] = Counter()
    first: dict[int, float] = {}
    with selectors.DefaultSelector() as waiting:
        for _ in range(number):
            connection = live.upgrade_to_websocket(socket.create_connection(("127.0.0.1", port), timeout=60))
            connection.sendall(live.frame(subscribe))
            waiting.register(connection, selectors.EVENT_READ, [0, b""])
        while True:
            for key, _ in waiting.select():
                state = key.data
                connection = key.fileobj  # type: ignore[assignment]
                whole, state[1] = _frames(connection, state[1] + connection.recv(1 << 18))
                for _ in range(whole):
                    state[0] += 1
                    counts[state[0]] += 1
                    now = time.monotonic()
                    start = first.setdefault(state[0], now)
                    if counts[state[0]] == number:
                        print(start, now, flush=True)


def _frames(connection: socket.socket, read: bytes) -> tuple[int, bytes]:
    """How many messages there are in what was read, and the rest. Pings are answered."""
    whole = 0
    while len(read) >= 4:
        start = 2 if read[1] < 126 else 4
        end = start + (read[1] if start == 2 else int.from_bytes(read[2:4], "big"))
        if len(read) < end:
            break
        if read[0] == PING:
            connection.sendall(PONG + bytes([MASK_BIT | read[1]]) + b"\0\0\0\0" + read[start:end])
        whole += read[0] == TEXT
        read = read[end:]
    return whole, read


def measure_spread(process: Process, database: Database) -> Iterator[list[str]]:
    """From the commit of another process to the first and to the last subscriber, and what each takes in memory."""
    alone = 0.0
    for number in NUMBERS:
        before = live.megabytes(process)
        with subscribers(process, database, number) as group:
            kilobytes = (live.megabytes(process) - before) * 1024 / number
            waits = []
            for _ in range(ROUNDS):
                write(database)
                start = time.monotonic()
                waits.append([(moment - start) * 1000 for moment in group.wait()])
                time.sleep(0.05)
        first, last = (statistics.median(wait) for wait in zip(*waits, strict=True))
        alone = alone or last
        worst = max(wait for _, wait in waits)
        memory = f"{kilobytes:.0f}" if number > 1 else ""
        yield [f"{number:,}", f"{first:.1f}", f"{last:.1f}", f"{worst:.1f}", f"{last / alone:.1f}", memory]


def writing(process: Process, database: Database, token: str) -> Iterator[tuple[str, float, float]]:
    """By number of writers, writes a second beside nobody and beside a thousand subscribers."""
    bodies = _records(token)

    def each() -> list[float]:
        rates = []
        for writers in WRITERS:
            before, start = live.revision(database), time.perf_counter()
            rate(_port(process), bodies, connections=writers, seconds=SECONDS)
            rates.append((live.revision(database) - before) / (time.perf_counter() - start))
        return rates

    without = each()
    with subscribers(process, database, NUMBERS[-1]):
        beside = each()
    for writers, one, other in zip(WRITERS, without, beside, strict=True):
        yield str(writers), one, other


def _records(token: str) -> Iterator[bytes]:
    """Statements without end, no two of them the same."""
    who = b"host: localhost\r\nauthorization: Bearer " + token.encode()
    days = (dt.date(1990, 1, 1) + dt.timedelta(days=number) for number in itertools.count())
    for day, commitment in itertools.product(itertools.islice(days, 9_000), (7, 19, 20)):
        values = {"commitment": f"SVS-{commitment:02}", "status": "IN_PROGRESS", "effectiveOn": str(day)}
        values |= {"voice": "MEDIA", "note": "It is said.", "citation": {"newDocument": {"slug": "x", "title": "X"}}}  # type: ignore[dict-item]
        body = orjson.dumps({"query": RECORD, "variables": {"input": values}})
        yield request("POST", "/graphql", body).replace(b"host: localhost", who)


def reading(process: Process, database: Database) -> dict[str, float]:
    """The median of a read that is asked anew: alone, beside a thousand who wait, and while these get changes."""
    requests = (request("POST", "/graphql", body) for body in bodies("commitment", anew=True))

    def median(*, changing: bool = False) -> float:
        waits, turn = [], 0
        with Connection(_port(process)) as connection:
            end = time.perf_counter() + SECONDS
            while time.perf_counter() < end:
                if changing and time.perf_counter() > end - SECONDS + turn:
                    turn += 1
                    write(database)
                start = time.perf_counter()
                connection.ask(next(requests))
                waits.append((time.perf_counter() - start) * 1000)
        return statistics.median(waits)

    alone = median()
    with subscribers(process, database, NUMBERS[-1]):
        return {"nobody": alone, "1,000": median(), CHANGING: median(changing=True)}


def measure(folder: Path, *, turns: int, only: str) -> list[Figure]:
    """Always in one turn, which is long."""
    figures: list[Figure] = []
    for kind in (SQLite, PostgreSQL):
        if only not in kind.__name__:
            continue
        (place := folder / kind.__name__).mkdir()
        engine: Engine = kind(place)
        database = Database(build_database(engine, migrate.upgrade, partial(loader.load, now=dt.datetime.now(dt.UTC))))
        with database.transaction() as session:
            token = tokens.create(session, "Bench", Role.EDITOR, [*Voice], now=dt.datetime.now(dt.UTC))
        with serving_process(place, database_url=url_of(database), rate_per_minute="0") as process:
            print(kind.__name__, table(SPREAD_COLUMNS, measure_spread(process, database)), sep="\n\n", end="\n\n")
            writes = [*writing(process, database, token)]
            print(table(WRITING, (_row(who, one, other, other / one) for who, one, other in writes)), end="\n\n")
            reads = reading(process, database)
            print(table(READING, (_row(who, wait, wait / reads["nobody"]) for who, wait in reads.items())), end="\n\n")
        database.close()
        engine.close()
        figures += _figures(kind.__name__, writes[-1], reads)
    return figures


def _row(name: str, *numbers: float) -> list[str]:
    return [name, *(f"{number:.2f}" for number in numbers)]


def _figures(engine: str, writes: tuple[str, float, float], reads: dict[str, float]) -> Iterator[Figure]:
    (who, alone, beside), (writes_target, read_target) = writes, TARGETS[engine]
    what = f"{who} writers beside 1,000 subscribers, {engine}"
    yield Figure(what, beside, writes_target, "a second")
    yield Figure(f"{what}: share of what they write alone", beside / alone)
    what = f"read beside 1,000 subscribers and a change a second, {engine}: over one alone"
    yield Figure(what, reads[CHANGING] / reads["nobody"], read_target, more_is_better=False)


# Writes a second at least, and how many times longer a read takes at most.
TARGETS = {"SQLite": (150, None), "PostgreSQL": (80, 1.2)}
CHANGING = "1,000, a change a second"
SPREAD_COLUMNS = ["subscribers", "ms to the first", "ms to the last", "at worst", "times one", "KB each"]
WRITING = ["writers", "writes/s", "beside 1,000 subscribers", "ratio"]
READING = ["subscribers", "read p50 ms", "ratio"]


if __name__ == "__main__":
    if len(sys.argv) == 1:
        raise SystemExit("It is measured by `python -m tests.bench live`.")
    follow(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
