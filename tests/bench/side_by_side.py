"""The service beside its peers, and beside a bare route that sends the same bytes.

Asked anew means that no answer is kept; the document is parsed and validated once, as in every peer.
"""

import datetime as dt
import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from urllib.parse import quote

import orjson
import sqlalchemy as sa

from db import migrate
from seeds import loader
from tests.bench import postgraphile, wrk
from tests.bench.client import Connection, request
from tests.bench.figures import Figure, table
from tests.bench.queries import QUESTIONS
from tests.bench.servers import Server, peer, running, serving
from tests.bench.wrk import CONNECTIONS, Call, Load, interleave
from tests.engines import Engine, PostgreSQL, SQLite, build_database

ENGINES = ("SQLite", "PostgreSQL")
POSTGRAPHILE, MERCURIUS = "PostGraphile", "Mercurius"
# Ours on an engine, and the peer that it is held against.
PAIRS = (("SQLite", POSTGRAPHILE), ("SQLite", MERCURIUS), ("PostgreSQL", POSTGRAPHILE))
BARE = "bare route"
PAGE = "first page"
# By question, engine and peer: the peer's time over ours with one connection and with eight, at least.
TARGETS = {
    ("dashboard", "SQLite", POSTGRAPHILE): (2.0, 1.2),
    ("one commitment", "SQLite", POSTGRAPHILE): (1.3, 1.0),
    ("dashboard", "PostgreSQL", POSTGRAPHILE): (1.0, 0.6),
    ("one commitment", "PostgreSQL", POSTGRAPHILE): (0.7, 0.5),
    ("dashboard", "SQLite", MERCURIUS): (0.8, None),
}
# The share of the bare route's answers a second that kept answers reach at least.
KEPT_TARGETS = {"SQLite": (0.8, 0.5), "PostgreSQL": (0.5, 0.3)}
# The one client has no budget, and waits while it asks another server.
NO_LIMIT = str(10**9)
SETTINGS = {
    "SIXTYONE_RATE_PER_MINUTE": NO_LIMIT,
    "SIXTYONE_RATE_BURST": NO_LIMIT,
    "SIXTYONE_IDLE_SECONDS": "600",
}
# Milliseconds at most.
PAGE_TARGETS = {"SQLite": 20, "PostgreSQL": None}

# By question, server and number of connections.
Loads = dict[tuple[str, str, int], Load]


def measure(folder: Path, *, turns: int, only: str) -> list[Figure]:
    wrk.require()
    answers = folder / "answers"
    answers.mkdir()
    questions = [question for question in QUESTIONS if only in question]
    loads: Loads = {}
    with ExitStack() as stack:
        servers = _start(stack, folder)
        bodies = {
            (question, name): _write(folder, question, name) for question in questions for name in (*servers, BARE)
        }
        lengths: dict[tuple[str, str], int] = {}
        for question in questions:
            data = _answers(question, servers, bodies)
            (answers / question).write_bytes(data["SQLite"])
            lengths |= {(question, name): len(answer) for name, answer in data.items()}
            lengths[question, BARE] = lengths[question, "SQLite"]
        servers[BARE] = stack.enter_context(running("bare", SIXTYONE_BENCH_ANSWERS=str(answers)))
        for question in questions:
            calls = {}
            for name, server in servers.items():
                path = f"/{quote(question)}" if name == BARE else "/graphql"
                calls[name] = Call(server, path, bodies[question, name], lengths[question, name])
            loads |= {(question, *key): load for key, load in interleave(calls, turns=turns).items()}
        pages = {engine: Call(servers[engine], "/") for engine in ENGINES if only in PAGE}
        loads |= {(PAGE, *key): load for key, load in interleave(pages, turns=turns).items()}
    print(table(("question", "server", "ms, c=1", "a second, c=1", "ms, c=8", "a second, c=8"), _rows(loads)))
    return [*_beside_peers(loads, questions), *_beside_bare(loads, questions), *_pages(loads)]


def _start(stack: ExitStack, folder: Path) -> dict[str, Server]:
    """Ours on both engines, asked anew and with kept answers, and the peers on the same two databases."""
    engines: dict[str, Engine] = {"SQLite": SQLite(folder), "PostgreSQL": PostgreSQL(folder)}
    stack.callback(engines["PostgreSQL"].close)
    load = partial(loader.load, now=dt.datetime.now(dt.UTC))
    urls = {name: build_database(engine, migrate.upgrade, load) for name, engine in engines.items()}
    _analyse(urls["PostgreSQL"])
    servers = {}
    for engine, url in urls.items():
        start = partial(running, "api", SIXTYONE_DATABASE_URL=url)
        servers[engine] = stack.enter_context(start(SIXTYONE_ANSWERS_BYTES="0"))
        servers[_kept(engine)] = stack.enter_context(start())
        settings = SETTINGS | {"SIXTYONE_DATABASE_URL": url, "SIXTYONE_PROCESSES": "2", "SIXTYONE_ANSWERS_BYTES": "0"}
        servers[_two(engine)] = stack.enter_context(serving(folder / f"{engine}.log", **settings))
    servers[POSTGRAPHILE] = stack.enter_context(peer("postgraphile", DATABASE_URL=urls["PostgreSQL"]))
    servers[MERCURIUS] = stack.enter_context(peer("mercurius", DATABASE=urls["SQLite"].removeprefix("sqlite:///")))
    return servers


def _analyse(url: str) -> None:
    """What autovacuum does in service and not in this PostgreSQL."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))
    engine.dispose()


def _kept(engine: str) -> str:
    return f"{engine}, kept"


def _two(engine: str) -> str:
    return f"{engine}, two processes"


def _write(folder: Path, question: str, name: str) -> Path:
    """A file with what this server is asked."""
    file = folder / f"{question}.{name}.json"
    file.write_bytes(orjson.dumps({"query": (postgraphile.QUESTIONS if name == POSTGRAPHILE else QUESTIONS)[question]}))
    return file


def _answers(question: str, servers: dict[str, Server], bodies: dict[tuple[str, str], Path]) -> dict[str, bytes]:
    """That of each server, after a look whether all say the same: a peer that answers otherwise is none."""
    answers = {}
    for name, server in servers.items():
        with Connection(server.port) as connection:
            answers[name] = connection.ask(request("POST", "/graphql", bodies[question, name].read_bytes()))
    data = {name: orjson.loads(answer)["data"] for name, answer in answers.items()}
    ours = data["SQLite"]
    for name, theirs in data.items():
        if theirs != ours and not (name == POSTGRAPHILE and postgraphile.plain(theirs) == postgraphile.plain(ours)):
            raise SystemExit(f"{name} answers otherwise: {question}.")
    return answers


def _rows(loads: Loads) -> Iterator[list[str]]:
    for question, name in dict.fromkeys((question, name) for question, name, _ in loads):
        row = [loads[question, name, connections] for connections in CONNECTIONS]
        yield [question, name, *(text for load in row for text in (f"{load.p50:.2f}", f"{load.rate:,.0f}"))]


def _beside_peers(loads: Loads, questions: list[str]) -> Iterator[Figure]:
    for question, (engine, name) in itertools.product(questions, PAIRS):
        targets = TARGETS.get((question, engine, name), (None, None))
        ours, theirs = ([loads[question, server, c] for c in CONNECTIONS] for server in (engine, name))
        what = f"{question}, {engine}: {name}'s time over ours"
        yield Figure(f"{what}, c=1", theirs[0].p50 / ours[0].p50, targets[0])
        yield Figure(f"{what}, c=8", ours[1].rate / theirs[1].rate, targets[1])
        two = loads[question, _two(engine), CONNECTIONS[1]]
        yield Figure(f"{what}, c=8, two processes", two.rate / theirs[1].rate)


def _beside_bare(loads: Loads, questions: list[str]) -> Iterator[Figure]:
    kept = [question for question in ("dashboard", "one commitment") if question in questions]
    for question, engine, (place, connections) in itertools.product(kept, ENGINES, enumerate(CONNECTIONS)):
        share = loads[question, _kept(engine), connections].rate / loads[question, BARE, connections].rate
        what = f"{question}, kept answer, {engine}: share of the bare route, c={connections}"
        yield Figure(what, share, KEPT_TARGETS[engine][place])


def _pages(loads: Loads) -> Iterator[Figure]:
    for engine, target in PAGE_TARGETS.items():
        if load := loads.get((PAGE, engine, 1)):
            yield Figure(f"{PAGE} asked anew, {engine}", load.p50, target, "ms", more_is_better=False)
