"""Queries are not stored by their hash, and clients learn so and send the query."""

import hashlib
import json

import pytest

from tests.api.lite import ALIVE, post, refusal
from tests.api.live import open_socket
from tests.server import GRAPHQL, Api

QUERY, ANSWER = ALIVE
HASH = {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(QUERY.encode()).hexdigest()}}
NOT_SUPPORTED = refusal("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")


@pytest.mark.parametrize("accept", [GRAPHQL, "application/json", "*/*", "text/html, */*"])
@pytest.mark.parametrize("query", [{}, {"query": None}, {"query": ""}])
def test_a_hash_alone_is_answered_with_200_and_the_code_that_clients_know(
    api_sqlite: Api, accept: str, query: dict[str, str | None]
) -> None:
    headers = {"accept": accept}
    post_response = api_sqlite.http.post("/graphql", json={**query, "extensions": HASH}, headers=headers)
    get_response = api_sqlite.http.get(
        "/graphql", params={**query, "extensions": json.dumps(HASH), "variables": "{}"}, headers=headers
    )
    for response in (post_response, get_response):
        assert (response.status_code, response.json()) == (200, NOT_SUPPORTED)
    # No cache may hold it against a query that comes with its hash.
    assert (get_response.headers["cache-control"], get_response.headers.get("etag")) == ("no-cache", None)


def test_a_query_that_comes_with_its_hash_is_answered(api_sqlite: Api) -> None:
    assert api_sqlite.send(QUERY, extensions=HASH).json() == ANSWER
    parameters = {"query": QUERY, "extensions": json.dumps(HASH)}
    assert api_sqlite.http.get("/graphql", params=parameters).json() == ANSWER


def test_no_query_and_no_hash_is_still_no_request(api_sqlite: Api) -> None:
    for extensions in ({}, {"other": 1}, None):
        response = post(api_sqlite, json.dumps({"extensions": extensions}))
        assert (response.status_code, response.json()) == (400, refusal("BAD_REQUEST", "There is no `query`."))


def test_a_websocket_has_the_same_error_and_stays_open(api_sqlite: Api) -> None:
    with open_socket(str(api_sqlite.http.base_url)) as socket:
        for payload in ({"extensions": HASH}, {"query": None, "extensions": HASH}, {"query": "", "extensions": HASH}):
            socket.say(type="subscribe", id="1", payload=payload)
            assert socket.hear() == {"id": "1", "type": "error", "payload": NOT_SUPPORTED["errors"]}
        socket.say(type="subscribe", id="1", payload={"query": QUERY, "extensions": HASH})
        assert socket.answer() == ANSWER["data"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stream_has_the_same_error(api_sqlite: Api, method: str) -> None:
    headers = {"accept": "text/event-stream"}
    options = {"json": {"extensions": HASH}} if method == "POST" else {"params": {"extensions": json.dumps(HASH)}}
    response = api_sqlite.http.request(method, "/graphql/stream", headers=headers, **options)
    assert (response.status_code, response.headers["content-type"]) == (200, "text/event-stream")
    name, data, *rest = response.text.splitlines()
    assert (name, json.loads(data.removeprefix("data: "))) == ("event: next", NOT_SUPPORTED)
    assert "event: complete" in rest
