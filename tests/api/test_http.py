"""Endpoints, methods and media types: every error is JSON with a code."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from api import graphiql
from api.app import create_app
from api.commands import output
from api.settings import Settings
from api.testing.server import listening
from tests.api.lite import ALIVE, answers, error_body, post, refusal
from tests.api.live import PROTOCOL
from tests.engines import seed_sqlite
from tests.server import GRAPHQL, Api

QUERY, ANSWER = ALIVE
ORIGIN = {"origin": "https://reader.example"}
EXPOSED_HEADERS = (
    "x-request-id, etag, content-disposition, link, retry-after, www-authenticate, sixty-one-revision, ratelimit,"
    " ratelimit-policy, sixty-one-version"
)


def test_a_query_is_answered_by_post_and_by_get(api_sqlite: Api) -> None:
    post_response = api_sqlite.send(QUERY)
    get_response = api_sqlite.http.get("/graphql", params={"query": QUERY}, headers={"accept": GRAPHQL})
    for response in (post_response, get_response):
        assert (response.status_code, response.json()) == (200, ANSWER)
        assert response.headers["content-type"] == f"{GRAPHQL}; charset=utf-8"


def test_a_query_by_get_takes_its_variables_and_its_operation_from_the_address(api_sqlite: Api) -> None:
    query = "query One($ref: String!) { commitment(ref: $ref) { ref } } query Other { dataset { revision } }"
    parameters = {"query": query, "variables": '{"ref": "SVS-61"}', "operationName": "One"}
    answer = api_sqlite.http.get("/graphql", params=parameters).json()
    assert answer == {"data": {"commitment": {"ref": "SVS-61"}}}


def test_a_client_that_only_knows_json_gets_json_with_status_200(api_sqlite: Api) -> None:
    response = api_sqlite.http.post("/graphql", json={"query": "{ nothing }"}, headers={"accept": "application/json"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.json()["errors"][0]["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}


def test_a_browser_gets_graphiql_and_a_browser_with_a_query_gets_its_answer(api_sqlite: Api) -> None:
    accept = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    page = api_sqlite.http.get("/graphql", headers=accept)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.text == graphiql.PAGE
    assert api_sqlite.http.get("/graphql", params={"query": QUERY}, headers=accept).json() == ANSWER


def test_the_schema_that_is_served_is_the_one_that_is_committed(api_sqlite: Api) -> None:
    response = api_sqlite.http.get("/schema.graphql")
    assert (response.status_code, response.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert response.text == output.COMMITTED.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("method", "path", "status", "code", "message"),
    [
        ("GET", "/nowhere", 404, "NOT_FOUND", "There is nothing at /nowhere."),
        ("POST", "/nowhere", 404, "NOT_FOUND", "There is nothing at /nowhere."),
        ("POST", "/healthz", 405, "METHOD_NOT_ALLOWED", "Method Not Allowed"),
        ("DELETE", "/schema.graphql", 405, "METHOD_NOT_ALLOWED", "Method Not Allowed"),
        ("PUT", "/graphql", 405, "METHOD_NOT_ALLOWED", "Use GET for queries, or POST."),
    ],
)
def test_a_wrong_address_or_method_is_refused_in_json(
    api_sqlite: Api, method: str, path: str, status: int, code: str, message: str
) -> None:
    response = api_sqlite.http.request(method, path)
    assert (response.status_code, response.json()) == (status, refusal(code, message))
    assert response.headers["content-type"] == "application/json"
    assert ("GET" in response.headers.get("allow", "")) is (status == 405)


def test_a_mutation_by_get_is_refused_with_the_right_method(api_sqlite: Api) -> None:
    response = api_sqlite.http.get("/graphql", params={"query": "mutation { anything }"})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json() == refusal("METHOD_NOT_ALLOWED", "A mutation cannot be asked by GET.")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_body_that_a_form_could_send_is_refused(api_sqlite: Api, kind: str) -> None:
    # A browser asks before it sends JSON to another site, and does not ask before it sends a form.
    response = post(api_sqlite, b'{"query": "{ __typename }"}', content_type=kind)
    message = "Send the body as application/json, in UTF-8."
    assert (response.status_code, response.json()) == (415, refusal("UNSUPPORTED_MEDIA_TYPE", message))


@pytest.mark.parametrize("kind", ["application/json; charset=utf-16", "application/json; charset=latin1"])
def test_json_in_another_encoding_is_refused(api_sqlite: Api, kind: str) -> None:
    assert post(api_sqlite, b'{"query": "{ __typename }"}', content_type=kind).status_code == 415


@pytest.mark.parametrize(
    "accept", ["text/html", "text/event-stream", "multipart/mixed", "application/json;q=0", "none"]
)
def test_a_client_that_takes_no_json_is_refused(api_sqlite: Api, accept: str) -> None:
    response = post(api_sqlite, b'{"query": "{ __typename }"}', accept=accept)
    message = f"An answer is {GRAPHQL} or application/json; `Accept` allows neither."
    assert (response.status_code, response.json()) == (406, refusal("NOT_ACCEPTABLE", message))


def test_an_unexpected_error_is_masked_in_json(tmp_path: Path) -> None:
    def failing_clock() -> dt.datetime:
        raise ZeroDivisionError("the secret of the clock")

    settings = Settings(database_url=seed_sqlite(tmp_path))
    with listening(create_app(settings, failing_clock), settings) as url:
        response = httpx.post(f"{url}/graphql", json={"query": QUERY}, headers=ORIGIN)
    assert response.status_code == 500
    assert response.json() == refusal("INTERNAL_SERVER_ERROR", "Something went wrong on our side.")
    assert response.headers["x-request-id"]
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-expose-headers"] == EXPOSED_HEADERS


# A wrong address, method, media type, body and query, and the first of all: something right.
REQUESTS: list[dict[str, Any]] = [
    {"method": "GET", "url": "/schema.graphql"},
    {"method": "POST", "url": "/graphql", "json": {"query": QUERY}},
    {"method": "POST", "url": "/graphql", "json": {"query": "{ nothing }"}, "headers": {"accept": GRAPHQL}},
    {"method": "POST", "url": "/graphql", "json": []},
    {"method": "POST", "url": "/graphql", "content": b"a" * 100_001},
    {"method": "POST", "url": "/graphql", "content": b"x", "headers": {"content-type": "text/plain"}},
    {"method": "POST", "url": "/graphql", "json": {"query": QUERY}, "headers": {"accept": "text/html"}},
    {"method": "PUT", "url": "/graphql"},
    {"method": "GET", "url": "/nowhere"},
]


@pytest.mark.parametrize("params", REQUESTS, ids=lambda params: f"{params['method']} {params['url']}")
def test_any_page_may_read_every_answer_and_every_error(api_sqlite: Api, params: dict[str, Any]) -> None:
    response = api_sqlite.http.request(**params | {"headers": params.get("headers", {}) | ORIGIN})
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-expose-headers"] == EXPOSED_HEADERS
    assert "access-control-allow-credentials" not in response.headers


def test_a_browser_that_asks_first_may_post_json(api_sqlite: Api) -> None:
    preflight = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    response = api_sqlite.http.options("/graphql", headers=ORIGIN | preflight)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-headers"] == "content-type"
    assert response.headers["access-control-allow-methods"] == "GET, POST"


def test_a_browser_that_asks_first_may_not_delete(api_sqlite: Api) -> None:
    response = api_sqlite.http.options("/graphql", headers=ORIGIN | {"access-control-request-method": "DELETE"})
    assert response.status_code == 400


@pytest.mark.parametrize("request_id", ["7c9e-4d", "reader.page_2", "a" * 64])
def test_a_well_formed_request_id_is_kept(api_sqlite: Api, request_id: str) -> None:
    assert api_sqlite.http.get("/healthz", headers={"x-request-id": request_id}).headers["x-request-id"] == request_id


@pytest.mark.parametrize("request_id", ["", "a b", "a" * 65, "<script>", "a;b", "é", "٣"])
def test_any_other_request_id_is_replaced(api_sqlite: Api, request_id: str) -> None:
    response = api_sqlite.http.get("/healthz", headers=[(b"x-request-id", request_id.encode())]).headers["x-request-id"]
    assert response != request_id
    assert len(response) == 32
    assert response.isalnum()


def test_every_request_has_an_id_of_its_own(api_sqlite: Api) -> None:
    ids = [api_sqlite.http.request(**request).headers["x-request-id"] for request in REQUESTS]
    assert len(set(ids)) == len(REQUESTS)


def test_no_answer_is_guessed_to_be_something_else(api_sqlite: Api) -> None:
    assert {api_sqlite.http.request(**request).headers["x-content-type-options"] for request in REQUESTS} == {"nosniff"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "The body, or a parameter that should be, is not JSON."),
        (b"{", "The body, or a parameter that should be, is not JSON."),
        (b"query=x", "The body, or a parameter that should be, is not JSON."),
        (b'{"query": "\xff"}', "The body, or a parameter that should be, is not JSON."),
        (b'{"query": "\\ud800"}', "The body, or a parameter that should be, is not JSON."),
        (b'{"variables": {"n": NaN}}', "The body, or a parameter that should be, is not JSON."),
        (
            b'{"variables": ' + b"[" * 9_000 + b"]" * 9_000 + b"}",
            "The body, or a parameter that should be, is not JSON.",
        ),
        (b"null", "The body must be a JSON object; batches are not served."),
        (b'"{ __typename }"', "The body must be a JSON object; batches are not served."),
        (b'[{"query": "{ __typename }"}]', "The body must be a JSON object; batches are not served."),
        (b"{}", "There is no `query`."),
        (b'{"query": ""}', "There is no `query`."),
        (b'{"query": null}', "There is no `query`."),
        (b'{"query": 1}', "`query` must be text."),
        (b'{"query": "{ __typename }", "operationName": 1}', "`operationName` must be text."),
        (b'{"query": "{ __typename }", "variables": []}', "`variables` must be an object."),
        (b'{"query": "{ __typename }", "extensions": "x"}', "`extensions` must be an object."),
    ],
    ids=lambda value: value[:24].decode(errors="replace") if isinstance(value, bytes) else "",
)
def test_a_body_that_is_no_request_is_refused_with_the_reason(api_sqlite: Api, body: bytes, message: str) -> None:
    response = post(api_sqlite, body)
    assert (response.status_code, error_body(response)) == (400, refusal("BAD_REQUEST", message))
    assert answers(api_sqlite)


PATHS = ["/commitments", "/data/funds.csv", "/feed.atom", "/events.ics", "/oembed", "/healthz", "/static/nothing"]


@pytest.mark.parametrize("path", PATHS)
def test_a_person_gets_an_error_page_and_a_program_json(api_sqlite: Api, path: str) -> None:
    for accept, kind in (("text/html,*/*;q=0.8", "text/html; charset=utf-8"), ("*/*", "application/json")):
        response = api_sqlite.http.post(path, headers={"accept": accept})
        assert response.status_code == 405
        assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}
        assert response.headers["content-type"] == kind
    assert api_sqlite.http.get("/data/funds.csv?x=1", headers={"accept": "text/html"}).text.startswith(
        "<!doctype html>"
    )


@pytest.mark.parametrize("query", ["{ nothing }", "{", "mutation { x }", ""])
@pytest.mark.parametrize("accept", [GRAPHQL, "application/json", "image/png"])
def test_an_answer_by_get_tells_caches_what_it_depends_on(api_sqlite: Api, query: str, accept: str) -> None:
    response = api_sqlite.http.get("/graphql", params={"query": query}, headers={"accept": accept})
    assert response.headers["cache-control"] == "no-cache"
    assert {"Accept", "Authorization"} <= set(response.headers["vary"].split(", "))
    page = api_sqlite.http.get("/graphql", headers={"accept": "text/html"})
    assert page.headers["cache-control"] == "no-cache"
    assert "Accept" in page.headers["vary"].split(", ")


def test_an_address_ends_where_it_ends(api_sqlite: Api) -> None:
    paths = ["/", "/commitments", "/commitments/SVS-19", "/data/", "/data", "/data/funds.csv", "/feed.atom", "/graphql"]
    paths += [
        "/commitments/SVS-19/feed.json",
        "/events.ics",
        "/healthz",
        "/schema.graphql",
        "/oembed",
        "/graphql/stream",
    ]
    for path in paths * 2:
        assert api_sqlite.http.get(path, params={"query": QUERY}).status_code < 500
        for end in ("%0A", "%0D", "%00", "%E2%80%A8", "%3Fx", "%23x"):
            response = api_sqlite.http.get(f"{path}{end}", params={"query": QUERY})
            assert (path, end, response.status_code in (400, 404)) == (path, end, True)
    site = str(api_sqlite.http.base_url).rstrip("/").replace("http", "ws", 1)
    with pytest.raises(InvalidStatus), connect(f"{site}/graphql%0A", subprotocols=[PROTOCOL], proxy=None):
        pass


def test_the_editor_fetches_the_files_that_it_is_pinned_to_and_no_others(api_sqlite: Api) -> None:
    page = api_sqlite.http.get("/graphql", headers={"accept": "text/html"})
    directives = [each.split() for each in page.headers["content-security-policy"].split(";")]
    sources_elsewhere = [source for _, *sources in directives for source in sources if "unpkg" in source]
    # A path without a slash at its end is one file.
    assert len(sources_elsewhere) == len(set(sources_elsewhere)) == page.text.count('": "sha384-')
    assert all(
        re.fullmatch(r"https://unpkg\.com/[\w-]+@\d+\.\d+\.\d+/[\w./-]+\.(js|css)", source)
        for source in sources_elsewhere
    )
    assert all(source.removeprefix("https://unpkg.com/") in page.text for source in sources_elsewhere)
