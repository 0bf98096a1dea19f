"""A client that asks for it is told the price of its query and what the answer has cost."""

from itertools import takewhile
from typing import Any

import httpx
import pytest

from tests.api.live import CHANGES, open_socket
from tests.server import GRAPHQL, NOW, Api
from tests.waiting import PATIENCE

LIST = "query ($first: Int = 5) { commitments(first: $first) { nodes { ref leads { name } } } }"
PINNED = f'{{ record(asOf: "2019-12-31", knownAt: "{NOW.replace(hour=1).isoformat()}") {{ dataset {{ licence }} }} }}'
HEADERS = {"sixty-one-cost": "1"}


def answer(
    api: Api, query: str, method: str = "POST", headers: dict[str, str] = HEADERS, **variables: Any
) -> httpx.Response:
    all_headers = {"accept": GRAPHQL, **headers}
    if method == "GET":
        return api.http.get("/graphql", params={"query": query}, headers=all_headers)
    return api.http.post("/graphql", json={"query": query, "variables": variables}, headers=all_headers)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_price_the_cost_and_what_is_allowed_stand_beside_the_data(api_sqlite: Api, method: str) -> None:
    plain = answer(api_sqlite, LIST, method, {}).json()
    for _ in range(3):
        body = answer(api_sqlite, LIST, method).json()
        cost = body.pop("extensions")["cost"]
        assert body == plain
        assert cost.keys() == {"price", "cost", "allowed"}
        assert 100 < cost["cost"] <= cost["price"] < cost["allowed"] == 50_000
    for value in ("0", "", "yes"):
        assert answer(api_sqlite, LIST, method, {"sixty-one-cost": value}).json() == plain


def test_the_price_follows_the_variables(api_sqlite: Api) -> None:
    small, large = (answer(api_sqlite, LIST, first=first).json()["extensions"]["cost"] for first in (1, 100))
    assert small["price"] < large["price"]
    assert small["cost"] < large["cost"]


def test_an_answer_with_its_cost_is_no_answer_to_others(api_sqlite: Api) -> None:
    ours = answer(api_sqlite, PINNED, "GET")
    assert ("extensions" in ours.json(), ours.headers["cache-control"], ours.headers.get("etag")) == (
        True,
        "no-cache",
        None,
    )
    for _ in range(2):
        others = answer(api_sqlite, PINNED, "GET", {})
        assert "extensions" not in others.json()
        assert "immutable" in others.headers["cache-control"]
        assert "Sixty-One-Cost" in others.headers["vary"].split(", ")
    assert "extensions" in answer(api_sqlite, PINNED, "GET").json()


def test_it_stands_beside_errors_of_execution_and_not_where_nothing_was_executed(api_sqlite: Api) -> None:
    body = answer(api_sqlite, 'mutation { unlink(input: {reason: "none"}) { __typename } }').json()
    assert body["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
    assert body["extensions"]["cost"]["allowed"] == 10_000
    for query in ("{", "{ commitments(first: 101) { totalCount } }"):
        assert answer(api_sqlite, query).json().keys() == {"errors"}


@pytest.mark.parametrize(
    ("headers", "payload", "is_told"),
    [
        ({}, {}, False),
        (HEADERS, {}, True),
        # Browsers cannot send headers with a handshake.
        ({}, {"Sixty-One-Cost": "1"}, True),
        ({}, {"sixty-one-cost": 1}, True),
        ({}, {"Sixty-One-Cost": "0"}, False),
        ({}, {"Sixty-One-Cost": ["1"]}, False),
    ],
)
def test_over_a_websocket_the_handshake_or_the_first_message_asks_for_it(
    api_sqlite: Api, headers: dict[str, str], payload: dict[str, Any], is_told: bool
) -> None:
    with open_socket(str(api_sqlite.http.base_url), greet=False, additional_headers=headers) as socket:
        socket.say(type="connection_init", payload=payload)
        assert socket.hear() == {"type": "connection_ack"}
        socket.ask("{ dataset { revision } }")
        answer = socket.hear()["payload"]
        assert answer.keys() == ({"data", "extensions"} if is_told else {"data"})
        assert not is_told or answer["extensions"]["cost"]["cost"] > 0


def test_each_event_of_a_stream_has_its_own_beside_its_id(api_sqlite: Api) -> None:
    cursor = api_sqlite.ask("{ changes(first: 1) { pageInfo { endCursor } } }")["changes"]["pageInfo"]["endCursor"]
    body = {"query": CHANGES, "variables": {"after": cursor}}
    headers = {"accept": "text/event-stream", "last-event-id": cursor, **HEADERS}
    url = f"{api_sqlite.http.base_url}/graphql/stream"
    with httpx.stream("POST", url, json=body, headers=headers, timeout=PATIENCE) as response:
        id, name, data = takewhile(bool, response.iter_lines())
    assert id.startswith("id: ")
    assert name == "event: next"
    assert '"extensions":{"cost":{"price":' in data


def test_a_page_of_another_origin_may_ask_for_it(api_sqlite: Api) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "sixty-one-cost"}
    response = api_sqlite.http.options("/graphql", headers={"origin": "https://example.org", **asked})
    assert response.headers["access-control-allow-headers"] == "sixty-one-cost"
