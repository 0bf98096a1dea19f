"""Automatic persisted queries: a client sends a hash, and the text only where the hash is not known."""

import hashlib
import itertools
import json
from typing import Any

import httpx
import pytest

from api.query_store import MOST, MOST_BYTES, QueryStore
from schema.errors import PersistedQueryNotFound
from tests.api.lite import ALIVE, error_body, post, refusal
from tests.api.live import data_or_codes, open_socket
from tests.server import GRAPHQL, NOW, Api

QUERY, ANSWER = ALIVE
NOT_FOUND = refusal("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
NO_HASH = refusal("BAD_REQUEST", "`extensions.persistedQuery` must have the `version` 1 and a `sha256Hash`.")
OTHER_HASH = refusal("BAD_REQUEST", "`sha256Hash` is not the SHA-256 hash of `query`.")
numbers = itertools.count()


def new(query: str = QUERY) -> str:
    """A text that no test has sent before."""
    return f"{query} # {next(numbers)}"


def hash_of(query: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(query.encode()).hexdigest()}}


def get(api: Api, /, accept: str = GRAPHQL, **fields: Any) -> httpx.Response:
    params = {name: text if isinstance(text, str) else json.dumps(text) for name, text in fields.items() if text}
    return api.http.get("/graphql", params=params, headers={"accept": accept})


@pytest.mark.parametrize("accept", [GRAPHQL, "application/json", "*/*", "text/html, */*"])
@pytest.mark.parametrize("query", [{}, {"query": None}, {"query": ""}])
def test_an_unknown_hash_is_answered_with_200_and_the_code_that_clients_know(
    api_sqlite: Api, accept: str, query: dict[str, str | None]
) -> None:
    unknown = {**query, "extensions": hash_of(new())}
    post_response = api_sqlite.http.post("/graphql", json=unknown, headers={"accept": accept})
    get_response = get(api_sqlite, accept, **unknown, variables={})
    for response in (post_response, get_response):
        assert (response.status_code, response.json()) == (200, NOT_FOUND)
    # No cache may hold it against a query that comes with its hash.
    assert (get_response.headers["cache-control"], get_response.headers.get("etag")) == ("no-cache", None)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_text_that_came_with_its_hash_is_known_by_it_from_then_on(api_sqlite: Api, method: str) -> None:
    query = new("query ($ref: String!) { commitment(ref: $ref) { ref } }")

    def ask(ref: str, **text: str) -> Any:
        fields: Any = {**text, "variables": {"ref": ref}, "extensions": hash_of(query)}
        response = get(api_sqlite, **fields) if method == "GET" else post(api_sqlite, json.dumps(fields))
        return response.json()

    assert ask("SVS-19") == NOT_FOUND
    assert ask("SVS-19", query=query) == {"data": {"commitment": {"ref": "SVS-19"}}}
    for ref in ("SVS-19", "SVS-20"):
        assert ask(ref) == {"data": {"commitment": {"ref": ref}}}


def test_a_hash_by_get_is_cached_like_its_text_and_outlives_a_change_of_the_data(api_sqlite: Api) -> None:
    query = new(
        f'{{ record(asOf: "2019-12-31", knownAt: "{NOW.replace(hour=1).isoformat()}") {{ progress {{ total }} }} }}'
    )
    api_sqlite.send(query, extensions=hash_of(query))
    first, second = (get(api_sqlite, extensions=hash_of(query)) for _ in range(2))
    assert first.json() == second.json() == {"data": {"record": {"progress": {"total": 61}}}}
    assert second.headers["cache-control"] == "public, max-age=31536000, immutable"
    headers = {"accept": GRAPHQL, "if-none-match": second.headers["etag"]}
    params = {"extensions": json.dumps(hash_of(query))}
    assert api_sqlite.http.get("/graphql", params=params, headers=headers).status_code == 304


def test_a_text_is_learnt_again_although_it_was_answered_before(api_sqlite: Api) -> None:
    queries = {"GET": new(), "POST": new()}

    def ask(method: str, *, whole: bool = False) -> Any:
        query = queries[method]
        fields: Any = {"query": query if whole else None, "extensions": hash_of(query)}
        return (get(api_sqlite, **fields) if method == "GET" else post(api_sqlite, json.dumps(fields))).json()

    for method in queries:
        assert ask(method, whole=True) == ask(method, whole=True) == ANSWER
    for _ in range(MOST_BYTES // 95_000 + 1):
        other = new() + "x" * 95_000
        assert api_sqlite.send(other, extensions=hash_of(other)).json() == ANSWER
    for method in queries:
        assert ask(method) == NOT_FOUND
        assert ask(method, whole=True) == ask(method) == ANSWER


def test_a_hash_that_does_not_fit_is_refused_and_not_learnt(api_sqlite: Api) -> None:
    other = new()
    for response in (
        api_sqlite.send(QUERY, extensions=hash_of(other)),
        get(api_sqlite, query=QUERY, extensions=hash_of(other)),
    ):
        assert (response.status_code, response.json()) == (400, OTHER_HASH)
    assert get(api_sqlite, extensions=hash_of(other)).json() == NOT_FOUND


@pytest.mark.parametrize(
    "value", [{}, {"version": 2, "sha256Hash": "ab"}, {"version": 1}, {"version": 1, "sha256Hash": 1}, 1]
)
def test_what_is_not_of_the_protocol_is_refused(api_sqlite: Api, value: object) -> None:
    for text in ({}, {"query": QUERY}):
        response = post(api_sqlite, json.dumps({**text, "extensions": {"persistedQuery": value}}))
        assert (response.status_code, response.json()) == (400, NO_HASH)


def test_no_query_and_no_hash_is_still_no_request(api_sqlite: Api) -> None:
    for extensions in ({}, {"other": 1}, {"persistedQuery": None}, None):
        response = post(api_sqlite, json.dumps({"extensions": extensions}))
        assert (response.status_code, response.json()) == (400, refusal("BAD_REQUEST", "There is no `query`."))


def test_a_query_is_weighed_and_checked_by_its_hash_as_by_its_text(api_sqlite: Api) -> None:
    mutation = new('mutation { unlink(input: {reason: "none"}) { __typename } }')
    deep = "{ strategy { themes " + "{ commitments { theme " * 14 + "{ slug }" + "} }" * 14 + " } }"
    for query in (mutation, new(deep), new("{ commitments(first: 101) { totalCount } }"), new("{ nothing }"), new("{")):
        by_text = error_body(api_sqlite.send(query, extensions=hash_of(query)))
        by_hash = error_body(post(api_sqlite, json.dumps({"extensions": hash_of(query)})))
        assert by_hash == by_text
        assert "errors" in by_text
    refused = get(api_sqlite, extensions=hash_of(mutation))
    assert (refused.status_code, data_or_codes(refused.json())) == (405, ["METHOD_NOT_ALLOWED"])


def test_a_websocket_speaks_the_protocol_and_stays_open(api_sqlite: Api) -> None:
    query = new()
    with open_socket(str(api_sqlite.http.base_url)) as socket:

        def ask(**payload: Any) -> Any:
            socket.say(type="subscribe", id="1", payload={**payload, "extensions": hash_of(query)})
            return socket.answer()

        for text in ({}, {"query": None}, {"query": ""}):
            assert ask(**text) == ["PERSISTED_QUERY_NOT_FOUND"]
        assert ask(query=new()) == ["BAD_REQUEST"]
        assert ask(query=query) == ask() == ANSWER["data"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stream_speaks_the_protocol(api_sqlite: Api, method: str) -> None:
    query = new()

    def ask(**text: str) -> Any:
        fields = {**text, "extensions": hash_of(query)}
        params = {name: text if isinstance(text, str) else json.dumps(text) for name, text in fields.items()}
        options: Any = {"json": fields} if method == "POST" else {"params": params}
        headers = {"accept": "text/event-stream"}
        response = api_sqlite.http.request(method, "/graphql/stream", headers=headers, **options)
        assert (response.status_code, response.headers["content-type"]) == (200, "text/event-stream")
        name, data, *rest = response.text.splitlines()
        assert (name, "event: complete" in rest) == ("event: next", True)
        return json.loads(data.removeprefix("data: "))

    assert ask() == NOT_FOUND
    assert ask(query=query) == ask() == ANSWER


def learn(store: QueryStore, text: str) -> None:
    assert store.text({"query": text, "extensions": hash_of(text)}) == text


def is_known(store: QueryStore, text: str) -> bool:
    try:
        return store.text({"extensions": hash_of(text)}) == text
    except PersistedQueryNotFound:
        return False


def test_the_least_recently_used_texts_go_when_there_are_too_many() -> None:
    store = QueryStore({})
    texts = [new() for _ in range(MOST + 1)]
    for text in texts[:-1]:
        learn(store, text)
    assert is_known(store, texts[0])
    learn(store, texts[-1])
    assert [is_known(store, text) for text in (texts[0], texts[1], texts[2], texts[-1])] == [True, False, True, True]


def test_the_least_recently_used_texts_go_when_they_take_too_much_memory() -> None:
    store = QueryStore({})
    texts = [new("é" * 99_000) for _ in range(50)]
    for text in [*texts, texts[-1]]:
        learn(store, text)
    known = [is_known(store, text) for text in texts]
    assert known == sorted(known)
    assert 38 <= sum(known) <= 40
    assert store.used_bytes <= MOST_BYTES
    learn(store, new("x" * MOST_BYTES))
    assert is_known(store, texts[-1])
