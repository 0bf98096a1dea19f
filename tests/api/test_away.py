"""A database that goes away is an error with a code everywhere, and the service recovers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import sqlalchemy as sa

from api.errors import RETRY_LATER
from db.database import Database
from schema.errors import UNAVAILABLE_MESSAGE
from tests.api.live import open_socket, open_stream
from tests.engines import Engine, PostgreSQL
from tests.server import GRAPHQL
from tests.writable import WritableApi, serving_copy

QUERY = "{ progress { total } }"
# Whose fields may be null one by one.
LOOKUPS = '{ commitment(ref: "SVS-01") { title } fund(slug: "x") { name } }'
WRITE = """mutation { addDocument(input: {slug: "written", title: "Written", url: "https://example.org/w"}) {
  ... on DocumentAdded { document { slug } } ... on Rejected { problems { code } } } }"""
ERROR = {"message": UNAVAILABLE_MESSAGE, "extensions": {"code": "UNAVAILABLE"}}
PAGES = ("/", "/commitments", "/commitments/SVS-19", "/changes", "/data/", "/embed/progress")
OTHERS = [
    "/feed.atom", "/feed.json", "/commitments/SVS-19/feed.atom", "/events.ics", "/data/commitments.csv",
    "/data/sixty-one.xlsx", "/oembed?url=http://127.0.0.1/embed/progress",
]  # fmt: skip


@contextmanager
def away(database: Database, engine: Engine) -> Iterator[None]:
    """The database is unreachable within the block."""
    name = database.engine.url.database
    database.close()
    assert name
    if isinstance(engine, PostgreSQL):
        with engine.admin.connect() as connection:
            connection.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
            terminate = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
            connection.execute(terminate, {"name": name})
            yield
            connection.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    else:
        os.rename(name, f"{name}.elsewhere")
        yield
        os.rename(f"{name}.elsewhere", name)


@pytest.fixture(scope="module")
def api_without_database(engine: Engine, seeded_template: str) -> Iterator[WritableApi]:
    """The service without its database, which was there when it started, and is there again after the tests."""
    with serving_copy(engine.copy(seeded_template)) as api:
        assert api.public.http.get("/readyz").status_code == 200
        # Some answers are in the response cache.
        for _ in range(2):
            assert api.public.http.get("/commitments").status_code == 200
            api.public.ask(QUERY)
        with away(api.database, engine):
            yield api
        for path in (*PAGES, *OTHERS[:-1], "/readyz"):
            assert api.public.http.get(path).status_code == 200, path
        assert api.editor.ask(WRITE) == {"addDocument": {"document": {"slug": "written"}}}


def assert_unavailable(response: httpx.Response) -> None:
    """That it is away, in JSON."""
    assert (response.status_code, response.headers.get("retry-after")) == (503, RETRY_LATER["Retry-After"]), (
        response.text
    )
    [*errors] = response.json()["errors"]
    assert errors
    for error in errors:
        assert {name: error[name] for name in ERROR} == ERROR
    assert "data" not in response.json()


@pytest.mark.parametrize("accept", [GRAPHQL, "application/json"])
def test_every_query_and_write_is_refused(api_without_database: WritableApi, accept: str) -> None:
    headers = {"accept": accept}
    for query in (QUERY, LOOKUPS):
        assert_unavailable(api_without_database.public.http.post("/graphql", json={"query": query}, headers=headers))
        assert_unavailable(api_without_database.public.http.get("/graphql", params={"query": query}, headers=headers))
    assert_unavailable(api_without_database.editor.http.post("/graphql", json={"query": WRITE}, headers=headers))


def test_what_needs_no_database_is_answered_beside_the_error(api_without_database: WritableApi) -> None:
    query = "{ dataset { revision } __schema { queryType { name } } }"
    response = api_without_database.public.http.post("/graphql", json={"query": query})
    assert response.headers["retry-after"] == RETRY_LATER["Retry-After"]
    answer = response.json()
    assert answer["data"] == {"dataset": None, "__schema": {"queryType": {"name": "Query"}}}
    assert [(error["path"], error["extensions"]) for error in answer["errors"]] == [(["dataset"], ERROR["extensions"])]


def test_a_person_gets_an_error_page(api_without_database: WritableApi) -> None:
    for path in (*PAGES, *OTHERS):
        response = api_without_database.public.http.get(path, headers={"accept": "text/html"})
        assert (response.status_code, response.headers["retry-after"]) == (503, RETRY_LATER["Retry-After"])
        assert response.headers["content-type"].startswith("text/html")
        assert UNAVAILABLE_MESSAGE in response.text


def test_a_program_gets_an_error_at_every_address(api_without_database: WritableApi) -> None:
    for path in OTHERS:
        assert_unavailable(api_without_database.public.http.get(path))
    ready = api_without_database.public.http.get("/readyz")
    assert (ready.status_code, ready.headers["retry-after"]) == (503, RETRY_LATER["Retry-After"])
    assert api_without_database.public.http.get("/healthz").status_code == 200


def test_a_subscriber_gets_an_error_and_keeps_its_connection(api_without_database: WritableApi) -> None:
    with open_socket(api_without_database.url) as socket:
        socket.ask(QUERY)
        assert socket.answer() == ["UNAVAILABLE"]
        socket.ask("subscription { changes { revision } }")
        assert socket.answer() == ["UNAVAILABLE"]
    with open_socket(api_without_database.url, greet=False) as socket:
        socket.say(type="connection_init", payload={"Authorization": f"Bearer sxo_{'x' * 43}"})
        assert socket.wait_until_closed()[1:] == (1013, UNAVAILABLE_MESSAGE)
    with open_stream(api_without_database.url, "subscription { changes { revision } }") as events:
        name, answer = next(events)
        assert (name, [error["extensions"]["code"] for error in answer["errors"]]) == ("next", ["UNAVAILABLE"])
        assert next(events) == ("complete", None)
