"""A primary of Debian's PostgreSQL and two standbys that read from it, each of which a test can hold back."""

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx
import psycopg

from db import migrate
from db.database import Database
from seeds import loader
from tests.engines import LOADED_AT
from tests.operations.postgresql import Cluster, cluster, copy, standby
from tests.statements import observing
from tests.waiting import until
from tests.writable import WritableApi, add_document

FIND = "query ($slug: String!) { document(slug: $slug) { title } }"
HEADER = "sixty-one-revision"
SLUGS = (f"written-{number}" for number in itertools.count())


@dataclass
class Trio:
    primary: Cluster
    standbys: list[Cluster]

    def read_urls(self, name: str) -> str:
        return " ".join(instance.url(name) for instance in self.standbys)

    @cached_property
    def template(self) -> str:
        """The name of a database with our data, to be copied and never opened."""
        name = self.primary.database()
        database = Database(self.primary.url(name))
        migrate.upgrade(database)
        loader.load(database, now=LOADED_AT)
        database.close()
        return name

    def fill(self) -> str:
        """The name of a database with our data, which the standbys have, too."""
        name = self.primary.database(f"TEMPLATE {self.template}")
        self.wait(name)
        return name

    def wait(self, name: str) -> None:
        """Until the standbys have all that was committed."""
        latest = revision(self.primary, name)
        until(lambda: all(revision(instance, name) == latest for instance in self.standbys))
        # Roles have no revision.
        written = _ask(self.primary, "SELECT pg_current_wal_flush_lsn()")
        until(lambda: all(_ask(each, f"SELECT pg_last_wal_replay_lsn() >= '{written}'") for each in self.standbys))


@contextmanager
def trio(source: Cluster | None = None) -> Iterator[Trio]:
    """With what another cluster holds, if one is given."""
    with ExitStack() as stack:
        primary = stack.enter_context(copy(source) if source else cluster("--encoding=UTF8", "--locale=C"))
        yield Trio(primary, [stack.enter_context(standby(primary)) for _ in range(2)])


def _ask(instance: Cluster, statement: str) -> Any:
    with psycopg.connect(instance.url("postgres")) as connection:
        row = connection.execute(statement.encode()).fetchone()
    assert row
    return row[0]


def revision(instance: Cluster, name: str) -> int:
    """The revision that a server has; 0 where it does not know the database yet."""
    try:
        with psycopg.connect(instance.url(name)) as connection:
            row = connection.execute("SELECT revision FROM dataset").fetchone()
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        row = None
    return row[0] if row else 0


@contextmanager
def held_back(*standbys: Cluster) -> Iterator[None]:
    """What the primary sends is not seen in these standbys until the end of the block."""
    for instance in standbys:
        instance.execute("SELECT pg_wal_replay_pause()")
    for instance in standbys:
        until(lambda: _replay_state(instance) == "paused")  # noqa: B023  (it is called at once)
    try:
        yield
    finally:
        for instance in standbys:
            instance.execute("SELECT pg_wal_replay_resume()")


@contextmanager
def delayed(instance: Cluster, milliseconds: int) -> Iterator[None]:
    """A standby shows each commit so long after the primary has made it."""
    instance.execute(f"ALTER SYSTEM SET recovery_min_apply_delay = {milliseconds}")
    instance.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        instance.execute("ALTER SYSTEM RESET recovery_min_apply_delay")
        instance.execute("SELECT pg_reload_conf()")


def _replay_state(instance: Cluster) -> str:
    with psycopg.connect(instance.url("postgres")) as connection:
        row = connection.execute("SELECT pg_get_wal_replay_pause_state()").fetchone()
    assert row
    return str(row[0])


@contextmanager
def count_statements() -> Iterator[Counter[int]]:
    """How many statements about documents this process sends to each port within the block."""
    counts: Counter[int] = Counter()

    def note(connection: Any, statement: str) -> None:
        if "FROM document" in statement:
            counts[connection.engine.url.port or 0] += 1

    with observing(note):
        yield counts


def answering(api: WritableApi) -> set[int]:
    """The ports of the servers that answer two questions of the public."""
    with count_statements() as counts:
        for slug in (next(SLUGS), next(SLUGS)):
            find(api.public.http, slug)
    return {*counts}


def find(client: httpx.Client, slug: str, **headers: str) -> httpx.Response:
    return client.post("/graphql", json={"query": FIND, "variables": {"slug": slug}}, headers=headers)


def is_there(client: httpx.Client, slug: str, **headers: str) -> bool:
    document = find(client, slug, **headers).json()["data"]["document"]
    assert document in (None, {"title": slug})
    return document is not None


def add(api: WritableApi) -> tuple[str, int]:
    """A document that is written, and its revision."""
    slug = next(SLUGS)
    return slug, add_document(api, slug)
