"""A standby that reads from it goes away, or the primary does, or another takes its place."""

import datetime as dt
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
import pytest

from db.database import Database
from db.replicas import APART, AWAY
from tests.api.live import cursor, event_revision, open_stream
from tests.engines import LOADED_AT
from tests.log import add_change
from tests.operations.programs import port
from tests.operations.replicas import Trio, add, answering, find, held_back, is_there, revision, trio
from tests.waiting import until
from tests.writable import WritableApi, serving_writable

PAGE = {"accept": "text/html"}


@contextmanager
def serving(url: str, read_urls: str, **settings: int) -> Iterator[WritableApi]:
    database = Database(url)
    with serving_writable(database, read_urls=read_urls, **settings) as api:
        yield api
    database.close()


@pytest.fixture
def metrics_port() -> int:
    return port()


@pytest.fixture
def api(servers: Trio, name: str, metrics_port: int) -> Iterator[WritableApi]:
    """A process whose replicas have everything."""
    servers.wait(name)
    with serving(servers.primary.url(name), servers.read_urls(name), metrics_port=metrics_port) as result:
        until(lambda: answering(result) == {server.port for server in servers.standbys})
        yield result


def listed(api: WritableApi) -> list[dict[str, Any]]:
    """What is said of each replica."""
    replicas: list[dict[str, Any]] = api.public.http.get("/readyz").json()["replicas"]
    return replicas


def states(api: WritableApi) -> list[str]:
    return [replica["status"] for replica in listed(api)]


def test_a_replica_that_goes_away_under_load_is_passed_over_and_comes_back(servers: Trio, api: WritableApi) -> None:
    first, second = servers.standbys
    done = threading.Event()

    def ask(year: int) -> set[int]:
        statuses = set()
        # Each asks for pages and files that nobody asked for before.
        days = (dt.date(year, 1, 1) + dt.timedelta(number) for number in range(365))
        while not done.is_set():
            path = f"/data/funds.csv?asOf={next(days)}"
            answers = [find(api.public.http, "none"), api.public.http.get("/sources"), api.public.http.get(path)]
            statuses |= {answer.status_code for answer in answers}
        return statuses

    with ThreadPoolExecutor(4) as threads:
        futures = [threads.submit(ask, number) for number in range(2019, 2023)]
        try:
            second.stop(signal.SIGQUIT)
            until(lambda: states(api) == ["ready", "away"])
            slug, _ = add(api)
            assert is_there(api.public.http, slug)
        finally:
            second.start()
            done.set()
        # What was under way was asked of another one.
        assert [future.result() for future in futures] == [{200}] * 4
    until(lambda: states(api) == ["ready", "ready"])
    assert answering(api) == {first.port, second.port}


def test_it_says_which_replica_is_behind(servers: Trio, name: str, api: WritableApi, metrics_port: int) -> None:
    first, second = servers.standbys
    with held_back(first):
        _, written = add(api)
        until(lambda: revision(second, name) == written)
        until(lambda: states(api) == ["behind", "ready"])
        answer = api.public.http.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (200, "ready")
        assert answer.json()["replicas"][0] == {"status": "behind", "revision": written - 1, "behind": 1}
        metrics = api.public.http.get(f"http://127.0.0.1:{metrics_port}/metrics").text
        for place, number in (("1", 1.0), ("2", 0.0)):
            assert f'sixtyone_replica_up{{replica="{place}"}} 1.0\n' in metrics
            assert f'sixtyone_replica_behind{{replica="{place}"}} {number}\n' in metrics
    until(lambda: states(api) == ["ready", "ready"])


def test_while_the_primary_is_away_the_replicas_answer(servers: Trio, name: str, api: WritableApi) -> None:
    slug, _ = add(api)
    servers.wait(name)
    until(lambda: states(api) == ["ready", "ready"])
    servers.primary.stop()
    try:
        assert is_there(api.public.http, slug)
        assert api.public.http.get(f"/sources/{slug}", headers=PAGE).status_code == 200
        assert slug in api.public.http.get("/data/documents.csv").text
        assert find(api.editor.http, slug).status_code == 503
        answer = api.public.http.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (200, "ready to read")
        assert answer.json()["reason"] == "The database does not answer."
    finally:
        servers.primary.start()
    slug, _ = add(api)
    assert is_there(api.public.http, slug)


def test_what_only_the_primary_had_is_not_forgotten_while_it_is_away(servers: Trio, api: WritableApi) -> None:
    with held_back(*servers.standbys):
        slug, _ = add(api)
        servers.primary.stop()
        try:
            # Rather no answer than one without the write.
            assert find(api.public.http, slug).status_code == 503
            assert api.public.http.get("/readyz").status_code == 503
        finally:
            servers.primary.start()
        assert is_there(api.public.http, slug)


def test_a_server_that_is_no_copy_is_not_asked(servers: Trio, name: str, api: WritableApi) -> None:
    other = servers.fill()
    database = Database(servers.primary.url(other))
    with database.transaction() as session:
        add_change(session, LOADED_AT + dt.timedelta(hours=1))
    database.close()
    with serving(servers.primary.url(name), f"{servers.primary.url(other)} {servers.primary.url('nowhere')}") as result:
        until(lambda: [replica.get("reason") for replica in listed(result)] == [APART, AWAY])
        assert find(result.public.http, "none").status_code == 200


def test_a_standby_is_promoted_that_lacks_the_last_commit(servers: Trio, name: str) -> None:
    with ExitStack() as stack:
        # Of its own: one is lost.
        servers = stack.enter_context(trio(servers.primary))
        first, second = servers.standbys
        both = f"postgresql://postgres@/{name}?host=127.0.0.1,127.0.0.1&port={servers.primary.port},{first.port}"
        api = stack.enter_context(serving(f"{both}&target_session_attrs=read-write", servers.read_urls(name)))
        events = stack.enter_context(open_stream(api.url, after=cursor(revision(servers.primary, name))))
        copied, _ = add(api)
        event_revision(next(events))
        servers.wait(name)
        # From here on nothing reaches the first standby.
        with psycopg.connect(first.url(name), autocommit=True) as admin:
            admin.execute("ALTER SYSTEM SET primary_conninfo = ''")
            admin.execute("SELECT pg_reload_conf()")
            until(lambda: admin.execute("SELECT count(*) FROM pg_stat_wal_receiver").fetchone() == (0,))
            lost, written = add(api)
            event_revision(next(events))
            until(lambda: answering(api) == {second.port})
            assert is_there(api.public.http, lost)
            servers.primary.stop(signal.SIGQUIT)
            admin.execute("SELECT pg_promote()")
        # The other standby has what the new primary lacks: it is a copy no more.
        until(lambda: states(api)[1] == "away")
        assert (is_there(api.public.http, copied), is_there(api.public.http, lost)) == (True, False)
        # Two changes of one revision are told apart by their instants.
        api.clock.now += dt.timedelta(seconds=1)
        instead, again = add(api)
        assert (again, event_revision(next(events))) == (written, written)
        assert is_there(api.public.http, instead)
        until(lambda: answering(api) == {first.port})
        assert states(api) == ["ready", "away"]
