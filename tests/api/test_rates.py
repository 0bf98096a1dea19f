"""The budget of a client over HTTP and WebSockets: prices, refusals, and to which client they belong."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from api.budget import MINUTE, Counts
from api.settings import Settings
from db.database import Database
from tests.api import live
from tests.api.lite import refusal
from tests.api.test_budget import Clock
from tests.engines import seed_sqlite, url_of
from tests.server import GRAPHQL, Api, serving
from tests.writable import serving_writable

WRONG = "{ nothing }"
# Where there are no proxies it is said in vain; the loopback is one by default.
NEIGHBOUR = {"x-forwarded-for": "192.0.2.1"}
LIMIT = 3_000
# As in service.
REAL = {name: Settings.model_fields[name].default for name in ("rate_per_minute", "rate_burst")}


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing slides out of a window while it is counted here, however slow the machine is."""
    monkeypatch.setattr(Counts, "clock", Clock())


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return seed_sqlite(tmp_path_factory.mktemp("rates"))


@pytest.fixture
def small(url: str) -> Iterator[Api]:
    """An application that grants little, and by the minute alone."""
    with serving(url, rate_per_minute=LIMIT, rate_burst=0) as api:
        yield api


def another(number: int) -> str:
    """A query without a cached answer."""
    return f"{{ a{number}: commitments {{ nodes {{ ref title }} }} }}"


def exhaust(api: Api, **headers: str) -> httpx.Response:
    """The first answer that the budget does not allow. At most one in a hundred is left of it after that."""
    for number in range(100):
        response = ask(api, another(number), **headers)
        if response.status_code == 429:
            for _ in range(10):
                ask(api, WRONG, **headers)
            return response
    raise AssertionError("the budget has no end")


def ask(api: Api, query: str, **headers: str) -> httpx.Response:
    return api.http.post("/graphql", json={"query": query}, headers={"accept": GRAPHQL} | headers)


def left(response: httpx.Response, limit: str = "minute") -> int:
    match_ = re.search(rf'"{limit}";r=(\d+);t=\d+', response.headers["ratelimit"])
    assert match_
    return int(match_[1])


def cost(api: Api, path: str, **headers: str) -> int:
    """The price of a path, by what is left of the budget before and after."""
    before = left(ask(api, WRONG, **headers))
    assert api.http.get(path, headers=headers).status_code != 429
    # The question itself costs as much again.
    return before - left(ask(api, WRONG, **headers)) - 510


def test_past_the_budget_an_answer_is_429_and_says_when_to_come_back(small: Api) -> None:
    assert small.send("{ __typename }").headers["ratelimit-policy"] == f'"minute";q={LIMIT};w=60'
    response = exhaust(small)
    wait = int(response.headers["retry-after"])
    assert 1 <= wait <= 2 * MINUTE
    message = f"You have asked for too much lately. Come back in {wait} seconds."
    assert response.json() == refusal("RATE_LIMITED", message, retryAfter=wait)
    assert response.headers["ratelimit-policy"] == f'"minute";q={LIMIT};w=60'
    assert left(response) < LIMIT
    # Plain JSON has no other status once a request is understood; this one is not looked at.
    assert ask(small, another(0), accept="application/json").status_code == 429


def test_a_person_reads_so_on_a_page(small: Api) -> None:
    exhaust(small)
    page = small.http.get("/funds", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (429, "text/html; charset=utf-8")
    assert int(page.headers["retry-after"]) >= 1
    assert "Too much was asked for" in page.text
    assert f"Come back in {page.headers['retry-after']} seconds." in page.text
    # In the style of all pages.
    assets = re.findall(r'href="(/static/[^"]+)"', page.text)
    assert [small.http.get(path).status_code for path in assets] == [200, 200]
    assert small.http.get("/funds").json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"


@pytest.mark.parametrize("path", ["/", "/commitments", "/feed.atom", "/events.ics", "/data/funds.csv", "/nothing"])
def test_everything_is_refused_but_how_the_server_is(small: Api, path: str) -> None:
    exhaust(small)
    assert small.http.get(path).status_code == 429
    assert small.http.get("/healthz").json()["status"] == "alive"
    assert small.http.get("/readyz").json() == {"status": "ready"}


def test_a_question_costs_its_price_and_an_answer_that_was_kept_next_to_nothing(url: str) -> None:
    with serving(url, **REAL) as api:
        # The third answer is the first from the cache.
        answers = [ask(api, another(0)) for _ in range(4)]
        costs = [left(one) - left(two) for one, two in pairwise(answers)]
        assert costs[0] > 100
        assert costs[-1] == 10
        wrong = [ask(api, WRONG) for _ in range(2)]
        assert left(wrong[0]) - left(wrong[1]) == 510
        # All of a long one is looked at.
        long = ask(api, "{ " + "nothing " * 150 + "}")
        assert left(wrong[1]) - left(long) == 10 + 3 * 500


def test_a_query_that_is_weighed_in_vain_costs_something(small: Api) -> None:
    # Else it could be sent again and again, and be read each time.
    dear = "{" + " ".join(f"a{number}: commitments {{ nodes {{ ref title }} }}" for number in range(7)) + "}"
    before = left(ask(small, another(0)))
    refusals = [ask(small, dear) for _ in range(3)]
    assert [answer.status_code for answer in refusals] == [429] * 3
    assert [left(answer) for answer in refusals] == [before - 510 * number for number in (1, 2, 3)]


@pytest.mark.parametrize("path", ["/events?asOf=2020-02-%02d", "/embed/progress?asOf=2020-02-%02d"])
def test_a_page_pays_before_it_is_made(small: Api, path: str) -> None:
    # Else it could be had for what little is left, again and again.
    answers = [small.http.get(path % day, headers={"accept": "text/html"}) for day in range(1, 30)]
    refusals = [answer for answer in answers if answer.status_code != 200]
    assert 0 < len(refusals) < 29
    for answer in refusals:
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1
        assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_pages_feeds_files_and_missing_addresses_have_prices(url: str) -> None:
    with serving(url, **REAL) as api:
        prices = {path: cost(api, path) for path in ("/healthz", "/nothing", "/data/funds.csv", "/data/sixty-one.db")}
        assert prices == {"/healthz": 0, "/nothing": 10, "/data/funds.csv": 2_010, "/data/sixty-one.db": 20_010}
        for path in ("/organisations", "/feed.atom", "/events.ics"):
            assert cost(api, path) > 100, path
        cost(api, "/organisations")
        assert cost(api, "/organisations") == 10


def test_a_client_is_its_address_and_of_ipv6_its_network(small: Api) -> None:
    exhaust(small, **{"x-forwarded-for": "2001:db8:0:1::1"})
    neighbours = {"2001:db8:0:1:ffff::2": 429, "2001:db8:0:2::1": 200, "192.0.2.1": 200}
    for address, status in neighbours.items():
        assert ask(small, another(0), **{"x-forwarded-for": address}).status_code == status, address


def test_a_false_address_charges_no_other_client(url: str) -> None:
    with serving(url, rate_per_minute=LIMIT, rate_burst=0, trusted_proxies="none") as api:
        exhaust(api)
        assert ask(api, another(0), **NEIGHBOUR).status_code == 429


@pytest.mark.postgresql_in_full
def test_a_token_has_a_budget_of_its_own(seeded_database: Database) -> None:
    with serving_writable(seeded_database, rate_per_minute=LIMIT, rate_burst=0) as api:
        exhaust(api.public)
        editor, contributor = api.editor, api.contributor
        assert editor.ask("{ viewer { name } }")["viewer"]["name"] == "Ed Itor"
        # Wherever it is shown.
        exhaust(editor)
        assert ask(editor, another(0), **NEIGHBOUR).status_code == 429
        assert contributor.ask("{ viewer { name } }")["viewer"]["name"] == "Con Tributor"


def test_a_client_that_guesses_tokens_is_soon_refused(small: Api) -> None:
    guesses = [ask(small, "{ __typename }", authorization=f"Bearer sxo_{'x' * 43}") for _ in range(8)]
    assert [guess.status_code for guess in guesses] == [401] * 6 + [429] * 2
    # Nor is what else it asks.
    assert ask(small, "{ __typename }").status_code == 429
    assert ask(small, "{ __typename }", **NEIGHBOUR).status_code == 200


def test_a_header_that_is_no_token_gives_no_further_budget(small: Api) -> None:
    exhaust(small)
    for authorization in ("", "Basic eDp5", "Bearer x"):
        assert ask(small, "{ __typename }", authorization=authorization).status_code in (401, 429), authorization
    assert small.http.get("/funds", headers={"authorization": "Bearer x"}).status_code == 429


def test_a_query_above_the_budget_is_answered_for_a_client_with_a_whole_budget(url: str) -> None:
    with serving(url, rate_per_minute=60, rate_burst=50) as api:
        assert ask(api, another(0)).status_code == 200
        assert ask(api, another(1)).status_code == 429


def test_nought_is_no_limit(url: str) -> None:
    with serving(url, rate_per_minute=0) as api:
        for _ in range(200):
            assert ask(api, WRONG).status_code == 400
        assert "ratelimit" not in ask(api, WRONG).headers
        assert "ratelimit-policy" not in ask(api, WRONG).headers


def test_pages_elsewhere_may_read_when_to_come_back(small: Api) -> None:
    response = exhaust(small, origin="https://example.org")
    names = response.headers["access-control-expose-headers"].split(", ")
    assert {"retry-after", "www-authenticate", "ratelimit", "ratelimit-policy"} <= set(names)


def test_a_fast_reader_stays_within_the_budget(url: str) -> None:
    places = re.compile(r'(?:href|src)="(/(?!data/)[^"#?]*)"')
    with serving(url, **REAL) as api:
        first = api.http.get("/", headers={"accept": "text/html"})
        # Every page that the first one leads to, each with its style, script and icon.
        paths = sorted(set(places.findall(first.text)))[:12]
        statuses = [api.http.get(path, headers={"accept": "text/html"}).status_code for path in paths]
        assert len(paths) == 12
        assert set(statuses) <= {200}


def test_a_reader_of_one_commitment_after_the_other_stays_within_the_budget(url: str) -> None:
    with serving(url, **REAL) as api:
        # As many as a reader opens in a minute, at one in two and a half seconds.
        paths = [f"/commitments/SVS-{number:02}" for number in range(1, 25)]
        assert {api.http.get(path, headers={"accept": "text/html"}).status_code for path in paths} == {200}


def test_an_operation_on_a_socket_is_refused_with_the_same_code(small: Api) -> None:
    url = str(small.http.base_url)
    with live.open_socket(url) as connection:
        exhaust(small)
        connection.ask(another(0))
        message = connection.hear()
        assert (message["type"], message["id"]) == ("error", "1")
        [error] = message["payload"]
        assert error["extensions"]["code"] == "RATE_LIMITED"
        assert error["extensions"]["retryAfter"] >= 1
    with live.open_socket(url, greet=False) as connection:
        connection.say(type="connection_init")
        _, code, reason = connection.wait_until_closed()
        # "Try again later": clients do.
        assert (code, reason.partition(":")[0]) == (1013, "RATE_LIMITED")


def test_no_socket_is_opened_after_many_wrong_tokens(small: Api) -> None:
    url = str(small.http.base_url)
    for _ in range(7):
        ask(small, "{ __typename }", authorization=f"Bearer sxo_{'x' * 43}")
    with pytest.raises(InvalidStatus) as error, live.open_socket(url, greet=False):
        raise AssertionError("it was opened")
    assert error.value.response.status_code == 429
    assert int(error.value.response.headers["retry-after"]) >= 1


def test_a_wrong_operation_on_a_socket_costs_as_much_as_any(small: Api) -> None:
    with live.open_socket(str(small.http.base_url)) as connection:
        before = left(ask(small, "{ __typename }"))
        connection.ask(WRONG)
        assert connection.answer() == ["GRAPHQL_VALIDATION_FAILED"]
        assert before - left(ask(small, "{ __typename }")) == 510 + 10 + _price(small, "{ __typename }")


def _price(api: Api, query: str) -> int:
    mutable = [ask(api, query.replace("{", f"{{ a{number}:", 1)) for number in range(2)]
    return left(mutable[0]) - left(mutable[1]) - 10


@pytest.mark.postgresql_in_full
def test_a_subscriber_without_budget_gets_an_error_and_can_come_back(seeded_database: Database) -> None:
    follow = "subscription ($after: String) { changes(after: $after) { revision cursor actor subject { id } } }"
    address = url_of(seeded_database)
    with serving(address, rate_per_minute=LIMIT, rate_burst=0) as api:
        url = str(api.http.base_url)
        with live.open_socket(url) as connection:
            start = live.revision(seeded_database)
            connection.ask(follow, after=live.cursor(start))
            live.write(seeded_database, 300)
            messages, last = [connection.hear()], start
            while messages[-1]["type"] == "next" and messages[-1]["payload"].get("data"):
                last = messages[-1]["payload"]["data"]["changes"]["revision"]
                messages.append(connection.hear())
            payload: Any = messages[-1]["payload"]
            [error] = payload if messages[-1]["type"] == "error" else payload["errors"]
            assert error["extensions"]["code"] == "RATE_LIMITED"
            assert start < last < start + 300
        with live.open_socket(url, additional_headers=NEIGHBOUR) as connection:
            connection.ask(follow, after=live.cursor(last))
            assert connection.next()["revision"] == last + 1


@pytest.mark.postgresql_in_full
def test_events_that_are_sent_end_with_the_same_error(seeded_database: Database) -> None:
    with serving(url_of(seeded_database), rate_per_minute=LIMIT, rate_burst=0) as api:
        start = live.revision(seeded_database)
        live.write(seeded_database, 300)
        with live.open_stream(str(api.http.base_url), after=live.cursor(start)) as events:
            results = [event for event in events if event[0] != "complete"]
    assert [sorted(answer) for _, answer in results[:-1]] == [["data"]] * (len(results) - 1)
    [error] = results[-1][1]["errors"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert 1 < len(results) < 300
