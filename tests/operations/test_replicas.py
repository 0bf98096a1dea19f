"""Two standbys that lag answer the public, and no client misses what it has written."""

import itertools
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx
import pytest

from db.database import Database
from db.replicas import PATIENCE
from tests.api.live import cursor, event_revision, open_stream
from tests.operations.replicas import (
    Trio,
    add,
    answering,
    count_statements,
    delayed,
    find,
    held_back,
    is_there,
    revision,
)
from tests.waiting import until
from tests.writable import WritableApi, serving_writable

HEADER = "sixty-one-revision"
CLIENTS, ROUNDS, PAUSE = 5, 3, 0.7


@pytest.fixture(scope="module")
def apis(servers: Trio, name: str) -> Iterator[list[WritableApi]]:
    """Two processes that serve from the same servers."""
    database = Database(servers.primary.url(name))
    serve = partial(serving_writable, database, read_urls=servers.read_urls(name))
    with serve() as one, serve() as other:
        yield [one, other]
    database.close()


@pytest.fixture
def api(apis: list[WritableApi], servers: Trio, name: str) -> WritableApi:
    """One of them, whose replicas have everything."""
    servers.wait(name)
    until(lambda: answering(apis[0]) <= {server.port for server in servers.standbys})
    return apis[0]


def test_no_client_misses_its_own_write_while_the_replicas_lag(servers: Trio, api: WritableApi) -> None:
    barrier = threading.Barrier(CLIENTS)

    def work(_: int) -> list[str]:
        missing = []
        with httpx.Client(base_url=api.url, timeout=30, verify=False) as client:
            for _ in range(ROUNDS):
                slug, written = add(api)
                answer = client.get(f"/sources/{slug}", headers={"accept": "text/html"})
                places = {
                    "query": is_there(client, slug),
                    "page": answer.status_code == 200,
                    "feed": slug in client.get("/feed.json").text,
                    "file": slug in client.get("/data/documents.csv").text,
                    "revision": int(answer.headers[HEADER]) >= written,
                }
                # After a pause in which nobody writes, a replica has it.
                barrier.wait(30)
                time.sleep(PAUSE)
                places["later"] = is_there(client, slug)
                missing += [place for place, is_here in places.items() if not is_here]
        return missing

    first, second = servers.standbys
    with count_statements() as counts, delayed(first, 150), delayed(second, 400), ThreadPoolExecutor(CLIENTS) as pool:
        assert [*itertools.chain(*pool.map(work, range(CLIENTS)))] == []
    # The primary has stood in where both were behind, and only there.
    assert counts[servers.primary.port]
    assert counts[first.port] + counts[second.port]


def test_what_no_replica_has_is_read_from_the_primary(servers: Trio, name: str, api: WritableApi) -> None:
    with held_back(*servers.standbys):
        slug, written = add(api)
        assert all(revision(instance, name) < written for instance in servers.standbys)
        assert is_there(api.public.http, slug)
        assert answering(api) == {servers.primary.port}
    until(lambda: answering(api) == {instance.port for instance in servers.standbys})


def test_a_replica_that_is_behind_is_passed_over(servers: Trio, name: str, api: WritableApi) -> None:
    first, second = servers.standbys
    with held_back(first):
        slug, written = add(api)
        until(lambda: revision(second, name) == written)
        until(lambda: answering(api) == {second.port})
        assert is_there(api.public.http, slug)


def test_in_another_process_the_header_or_the_token_finds_the_write(servers: Trio, apis: list[WritableApi]) -> None:
    one, other = apis
    with held_back(*servers.standbys):
        slug, written = add(one)
        # Nothing tells the other process, which answers from a replica.
        answer = find(other.public.http, slug)
        assert (answer.json()["data"]["document"], int(answer.headers[HEADER])) == (None, written - 1)
        assert is_there(other.editor.http, slug)
        slug, written = add(one)
        assert is_there(other.public.http, slug, **{HEADER: str(written)})
        # From then on, the process gives nobody an older answer.
        assert is_there(other.public.http, slug)


def test_who_is_told_of_a_change_finds_it(servers: Trio, name: str, apis: list[WritableApi]) -> None:
    one, other = apis
    after = cursor(revision(servers.primary, name))
    with held_back(*servers.standbys), open_stream(other.url, after=after) as events:
        slug, written = add(one)
        assert event_revision(next(events)) == written
        assert is_there(other.public.http, slug)


def test_a_revision_that_is_nowhere_is_refused(api: WritableApi) -> None:
    latest = int(find(api.public.http, "none").headers[HEADER])
    start = time.monotonic()
    answer = api.public.http.get("/", headers={HEADER: str(latest + 1)})
    assert answer.status_code == 412
    # After a while in which it might have come.
    assert time.monotonic() - start >= PATIENCE
    # Nobody else is kept from the replicas.
    assert is_there(api.public.http, "none") is False
