"""PostgreSQL stops and starts, is locked, is full, or another server takes its place, while it is served from."""

import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import psycopg
import pytest

from db import migrate, tokens
from db.database import Database
from db.vocabulary import Role, Voice
from seeds import loader
from tests.api.live import cursor, event_revision, open_stream
from tests.api.process import Process, serving_process
from tests.engines import LOADED_AT, REVISION
from tests.operations.postgresql import Cluster, cluster, standby
from tests.server import GRAPHQL
from tests.waiting import until
from tests.writable import ADD_DOCUMENT

QUERY = {"query": "{ progress { total } }"}
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture(scope="module")
def own() -> Iterator[Cluster]:
    """A cluster that may be stopped."""
    with cluster("--encoding=UTF8", "--locale=C") as instance:
        yield instance


def fill(address: str) -> str:
    """A database with our data, and the token of an editor."""
    database = Database(address)
    migrate.upgrade(database)
    loader.load(database, now=LOADED_AT)
    with database.transaction() as session:
        token = tokens.create(session, "Ed Itor", Role.EDITOR, tuple(Voice), now=LOADED_AT)
    database.close()
    return token


def add(client: httpx.Client, token: str, slug: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}", "accept": GRAPHQL}
    return client.post("/graphql", json={"query": ADD_DOCUMENT, "variables": {"slug": slug}}, headers=headers)


def ready(client: httpx.Client) -> bool:
    return client.get("/readyz").status_code == 200


def lines(process: Process) -> list[str]:
    """The reasons in the log lines of an absent database; none is a traceback."""
    assert process.log_lines("unexpected_error") == []
    result = process.log_lines("database_away")
    assert not any("exception" in line or "\n" in line["reason"] for line in result)
    return [line["reason"] for line in result]


def test_it_stops_in_the_midst_of_all_and_comes_back(own: Cluster, tmp_path: Path) -> None:
    url = own.url(own.database())
    token = fill(url)
    with (
        serving_process(tmp_path, database_url=url, rate_per_minute="0", rate_burst="0") as process,
        process.client() as client,
    ):
        with open_stream(process.url(), after=cursor(REVISION)) as events:
            assert add(client, token, "before").json()["data"]["addDocument"]["change"]["revision"] == REVISION + 1
            assert event_revision(next(events)) == REVISION + 1
            with ThreadPoolExecutor(4) as threads:
                futures = [threads.submit(client.post, "/graphql", json=QUERY) for _ in range(20)]
                own.stop()
                answers = {answer.result().status_code for answer in futures}
            assert answers <= {200, 503}
            for _ in range(20):
                answer = client.post("/graphql", json=QUERY)
                assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            page = client.get("/commitments", headers={"accept": "text/html"})
            assert (page.status_code, page.headers["content-type"]) == (503, "text/html; charset=utf-8")
            assert not ready(client)
            own.start()
            until(lambda: ready(client))
            assert add(client, token, "after").json()["data"]["addDocument"]["change"]["revision"] == REVISION + 2
            assert event_revision(next(events)) == REVISION + 2
        assert lines(process)
        assert process.stop() == 0


def test_a_server_that_hangs_takes_no_readiness_with_it(own: Cluster, tmp_path: Path) -> None:
    url = own.url(own.database())
    fill(url)
    settings = {"database_url": url, "rate_per_minute": "0", "rate_burst": "0"}
    with serving_process(tmp_path, **settings) as process, process.client() as client:
        assert ready(client)
        with psycopg.connect(url) as other:
            # As an administrator who changes a table.
            other.execute("LOCK TABLE commitment IN ACCESS EXCLUSIVE MODE")
            over = threading.Event()

            def ask() -> set[int]:
                statuses = set()
                while not over.is_set():
                    statuses.add(client.post("/graphql", json=QUERY).status_code)
                return statuses

            with ThreadPoolExecutor(15) as threads:
                futures = [threads.submit(ask) for _ in range(15)]
                try:
                    until(lambda: other.execute(WAITING).fetchone() != (0,))
                    until(lambda: ready(client))
                finally:
                    over.set()
                assert set().union(*(future.result() for future in futures)) == {503}
            other.rollback()
        assert client.post("/graphql", json=QUERY).json()["data"]
        assert lines(process)
        assert process.stop() == 0


def test_a_standby_is_promoted_that_lacks_the_last_commits(tmp_path: Path) -> None:
    with ExitStack() as stack:
        first = stack.enter_context(cluster("--encoding=UTF8", "--locale=C"))
        name = first.database()
        token = fill(first.url(name))
        second = stack.enter_context(standby(first))
        both = f"postgresql://postgres@/{name}?host=127.0.0.1,127.0.0.1&port={first.port},{second.port}"
        both += "&target_session_attrs=read-write"
        process = stack.enter_context(serving_process(tmp_path, database_url=both))
        client = stack.enter_context(process.client())
        assert add(client, token, "copied").json()["data"]["addDocument"]["change"]["revision"] == REVISION + 1
        admin = psycopg.connect(second.url(name), autocommit=True)
        until(lambda: admin.execute("SELECT max(revision) FROM change").fetchone() == (REVISION + 1,))
        # From here on nothing reaches the standby.
        admin.execute("ALTER SYSTEM SET primary_conninfo = ''")
        admin.execute("SELECT pg_reload_conf()")
        until(lambda: admin.execute("SELECT count(*) FROM pg_stat_wal_receiver").fetchone() == (0,))
        events = stack.enter_context(open_stream(process.url(), after=cursor(REVISION + 1)))
        assert add(client, token, "lost").json()["data"]["addDocument"]["change"]["revision"] == REVISION + 2
        assert event_revision(next(events)) == REVISION + 2
        for _ in range(2):
            assert "lost" in client.get("/feed.json").text
        first.stop(signal.SIGQUIT)
        admin.execute("SELECT pg_promote()")
        admin.close()
        until(lambda: ready(client))
        assert add(client, token, "instead").json()["data"]["addDocument"]["change"]["revision"] == REVISION + 2
        for _ in range(2):
            text = client.get("/feed.json").text
            assert ("copied" in text, "lost" in text, "instead" in text) == (True, False, True)
        # A subscriber gets the change that was recorded instead.
        assert event_revision(next(events)) == REVISION + 2
        assert process.stop() == 0
