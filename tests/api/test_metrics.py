"""What a monitor reads at `/metrics`: it is right, it is bounded, and nobody else reads it by accident."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from api.app import create_app
from api.settings import Settings
from db import postgresql, sqlite
from db.database import Database
from db.models import Dataset
from tests.api.live import cursor, open_socket
from tests.engines import REVISION, seed_sqlite
from tests.inputs import submit_valid
from tests.operations.programs import port
from tests.server import Api, serving
from tests.waiting import PATIENCE, until
from tests.writable import WritableApi, serving_writable

# The server of a test takes any free port, and the application believes it has this one.
SHARED: dict[str, Any] = {"port": 8000, "metrics_port": 8000}
QUERY = {"route": "/graphql", "status": "200", "operation": "query"}
NOWHERE = {"route": "none", "status": "404", "operation": "none", "cached": "false"}
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]

pytestmark = pytest.mark.postgresql_in_full


def samples(text: str) -> Samples:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def scrape(api: Api) -> Samples:
    return samples(api.http.get("/metrics").raise_for_status().text)


def value(found: Samples, name: str, **labels: str) -> float:
    return found.get((name, frozenset(labels.items())), 0.0)


@contextmanager
def writer_begins() -> Iterator[threading.Event]:
    """Set when a request of this process begins to write, before it has the lock of all writers."""
    event = threading.Event()

    def note(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("begin") in (sqlite.WRITE, postgresql.REQUEST):
            event.set()

    sa.event.listen(sa.Engine, "begin", note)
    try:
        yield event
    finally:
        sa.event.remove(sa.Engine, "begin", note)


@pytest.fixture
def watched(seeded_database: Database) -> Iterator[WritableApi]:
    with serving_writable(seeded_database, **SHARED) as api:
        yield api


def test_nobody_reads_it_unless_a_setting_says_so(api_readonly: Api) -> None:
    assert api_readonly.http.get("/metrics").status_code == 404


def test_a_port_of_its_own_has_it_and_that_of_the_service_has_not(tmp_path: Path) -> None:
    number = port()
    with serving(seed_sqlite(tmp_path), metrics_port=number) as api:
        api.ask("{ __typename }")
        assert api.http.get("/metrics").status_code == 404
        response = httpx.get(f"http://127.0.0.1:{number}/metrics")
        assert response.headers["content-type"].startswith("text/plain")
        found = samples(response.text)
    assert (
        value(found, "sixtyone_requests_total", route="/graphql", status="200", operation="query", cached="false") == 1
    )
    assert value(found, "sixtyone_requests_total", **NOWHERE) == 1
    assert value(found, "sixtyone_database_up") == 1
    assert value(found, "sixtyone_revision") == REVISION
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{number}/metrics")


def test_two_free_ports_are_not_one(tmp_path: Path) -> None:
    with serving(seed_sqlite(tmp_path), port=0, metrics_port=0) as api:
        assert api.http.get("/metrics").status_code == 404


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    async def start(app: Starlette) -> None:
        async with app.router.lifespan_context(app):
            pass

    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        app = create_app(Settings(database_url=seed_sqlite(tmp_path), metrics_port=number))
        with pytest.raises(OSError, match=f"SIXTYONE_METRICS_PORT: 127.0.0.1:{number}: Address already in use"):
            asyncio.run(start(app))


def test_it_counts_what_happens(watched: WritableApi) -> None:
    public = watched.public
    for _ in range(3):
        public.ask("query Mine { commitments(first: 1) { nodes { ref } } }")
    assert public.http.get("/commitments/SVS-01").status_code == 200
    assert public.http.get("/nowhere").status_code == 404
    submit_valid(watched.editor, "addDocument")
    found = scrape(public)
    # The first answer after a change is not cached.
    assert value(found, "sixtyone_requests_total", **QUERY, cached="false") == 2
    assert value(found, "sixtyone_requests_total", **QUERY, cached="true") == 1
    assert value(found, "sixtyone_requests_total", **QUERY | {"operation": "mutation"}, cached="false") == 1
    assert value(found, "sixtyone_requests_total", **NOWHERE) == 1
    assert value(found, "sixtyone_request_seconds_count", route="/commitments/{ref}") == 1
    assert value(found, "sixtyone_operation_cost_sum", operation="mutation") > 0
    assert value(found, "sixtyone_errors_total", code="NOT_FOUND") == 1
    assert value(found, "sixtyone_writes_total", outcome="written") == 1
    assert value(found, "sixtyone_revision") == REVISION + 1
    assert value(found, "sixtyone_revision_timestamp_seconds") == watched.clock().timestamp()
    assert value(found, "sixtyone_info", version=version("sixty-one")) == 1


def test_it_counts_who_follows(watched: WritableApi) -> None:
    with open_socket(watched.url) as socket:
        socket.ask(after=cursor(REVISION))
        submit_valid(watched.editor, "addDocument")
        socket.next()
        assert value(scrape(watched.public), "sixtyone_subscribers") == 1
    until(lambda: value(scrape(watched.public), "sixtyone_subscribers") == 0)
    assert value(scrape(watched.public), "sixtyone_operations_total", operation="subscription") == 1


def test_it_counts_who_is_refused(tmp_path: Path) -> None:
    number = port()
    with serving(seed_sqlite(tmp_path), rate_burst=60, rate_per_minute=100, metrics_port=number) as api:
        statuses = [api.http.get("/about").status_code for _ in range(10)]
        found = samples(httpx.get(f"http://127.0.0.1:{number}/metrics").text)
    assert value(found, "sixtyone_errors_total", code="RATE_LIMITED") == statuses.count(429) > 0


def test_it_tells_how_long_changes_waited_for_others(watched: WritableApi) -> None:
    thread = threading.Thread(target=submit_valid, args=(watched.editor, "addDocument"))
    with writer_begins() as begun:
        with watched.database.transaction() as session:
            session.scalars(sa.select(Dataset).with_for_update()).one()
            thread.start()
            assert begun.wait(PATIENCE)
            time.sleep(0.3)
        thread.join()
    found = scrape(watched.public)
    assert value(found, "sixtyone_write_wait_seconds_count") == 1
    assert value(found, "sixtyone_write_wait_seconds_sum") > 0.2


@pytest.mark.sqlite_only
def test_clients_cannot_make_it_grow(watched: WritableApi) -> None:
    def ask(number: int) -> None:
        public = watched.public
        public.ask(f"query Name{number} {{ commitments(first: {number}) {{ nodes {{ ref }} }} }}")
        for path in (f"/nowhere/{number}", f"/commitments/X-{number}", f"/commitments?q={number}"):
            public.http.get(path)
        public.http.request(f"VERB{number}", "/graphql")
        public.send(f"{{ field{number} }}")

    scrape(watched.public)
    for number in range(1, 3):
        ask(number)
    before = scrape(watched.public).keys()
    for number in range(3, 30):
        ask(number)
    assert scrape(watched.public).keys() == before
