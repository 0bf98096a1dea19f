"""What is pinned on both clocks is the same for ever, and says so; nothing else does."""

import datetime as dt
import json
from collections.abc import Mapping

import httpx
import pytest

from api.exports.files import OF_TABLES, WHOLES
from db.database import Database
from tests.engines import url_of
from tests.inputs import VALID_INPUTS, submit_valid
from tests.server import NOW, Api, serving
from tests.size import sized
from tests.writable import WritableApi

LASTING, FLOATING = "public, max-age=31536000, immutable", "no-cache"
DAY, INSTANT = NOW.date().isoformat(), "2026-12-01T11:58:00Z"
ADDRESSES = (
    "/", "/commitments", "/commitments/SVS-19", "/commitments/SVS-35", "/themes/communities", "/funds",
    "/funds/serious-violence-fund", "/areas", "/areas/northumbria", "/events", "/sources", "/organisations", "/compare",
    "/gaps", "/method", "/data/",
    "/changes", "/changes/1", "/embed/commitments/SVS-19", "/embed/progress", "/feed.atom", "/feed.json",
    "/commitments/SVS-19/feed.atom", "/themes/communities/feed.json", "/events.ics",
    *(file.address for file in (*OF_TABLES, *WHOLES)),
)[:: sized(3, 4)]  # fmt: skip
# A field of the tests stands for a record that is pinned.
PINNED = 'record(asOf: "2026-12-01", knownAt: "2026-12-01T11:58:00Z")'
RECORD = """query ($asOf: Date, $knownAt: DateTime, $revision: Int) {
  record(asOf: $asOf, knownAt: $knownAt, revision: $revision) {
    progress { total counts { status count } } changes { totalCount } commitments { nodes { id status } }
  }
}"""


def get(api: Api, path: str, params: Mapping[str, str], headers: Mapping[str, str] | None = None) -> httpx.Response:
    return api.http.get(path, params=params, headers={"accept-encoding": "identity", **(headers or {})})


def ask(api: Api, query: str, **variables: object) -> httpx.Response:
    return get(api, "/graphql", {"query": query.replace("pinned", PINNED), "variables": json.dumps(variables)})


def ask_at(api: Api, moment: Mapping[str, str]) -> httpx.Response:
    return ask(api, RECORD, **{name: int(text) if name == "revision" else text for name, text in moment.items()})


# The third revision is the first with areas.
@pytest.mark.parametrize("clock", [{"knownAt": INSTANT}, {"revision": "3"}])
def test_no_change_and_no_day_changes_what_is_pinned(api_writable: WritableApi, clock: Mapping[str, str]) -> None:
    api, moment = api_writable.public, {"asOf": DAY, **clock}

    def everything() -> dict[str, tuple[str, str | None, bytes]]:
        answers = {path: get(api, path, moment) for path in ADDRESSES}
        answers["query"] = ask_at(api, moment)
        assert {answer.status_code for answer in answers.values()} == {200}
        return {
            path: (answer.headers["cache-control"], answer.headers["etag"], answer.content)
            for path, answer in answers.items()
        }

    before, today = everything(), get(api, "/", {"asOf": DAY}).content
    assert {path: head for path, (head, *_) in before.items()} == dict.fromkeys(before, LASTING)
    for name in VALID_INPUTS:
        submit_valid(api_writable.editor, name)
    assert get(api, "/", {"asOf": DAY}).content != today
    api_writable.clock.now += dt.timedelta(days=1)
    assert everything() == before
    for path, (_, etag, _) in before.items():
        if path != "query":
            answer = get(api, path, moment, {"if-none-match": etag or ""})
            assert (answer.status_code, answer.headers["cache-control"]) == (304, LASTING), path


@pytest.mark.parametrize(
    "moment",
    [
        {},
        {"asOf": DAY},
        {"knownAt": INSTANT},
        {"revision": "1"},
        # A writer whose clock is slow may still record something of this instant.
        {"asOf": DAY, "knownAt": "2026-12-01T11:59:30Z"},
    ],
)
def test_what_has_one_clock_may_change(api_sqlite: Api, moment: Mapping[str, str]) -> None:
    for path in ("/", "/embed/progress", "/feed.atom", "/events.ics", "/data/commitments.csv", "/data/sixty-one.db"):
        assert get(api_sqlite, path, moment).headers["cache-control"] == FLOATING, path
    answer = ask_at(api_sqlite, moment)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, FLOATING)


@pytest.mark.parametrize(
    "query",
    [
        "{ pinned { progress { total } } }",
        '{ one: pinned { progress { total } } two: record(asOf: "2019-01-01", revision: 1) { id: __typename } }',
        "{ pinned { progress { total } } pinned { coverage { stated } } }",
        "{ ...Root } fragment Root on Query { ... on Query { pinned { progress { total } } } }",
        "{ pinned { progress { total } } floating: record @skip(if: true) { progress { total } } }",
        # What stands deeper may state another day, and cannot leave the revision.
        '{ pinned { progress(asOf: "2019-01-01", knownAt: "2026-12-01T12:00:00Z") { total } } }',
    ],
)  # fmt: skip
def test_a_query_of_pinned_records_alone_lasts(api_sqlite: Api, query: str) -> None:
    answer = ask(api_sqlite, query)
    assert "errors" not in answer.json()
    assert answer.headers["cache-control"] == LASTING


@pytest.mark.parametrize(
    "query",
    [
        "{ pinned { progress { total } } progress { total } }",
        "{ pinned { progress { total } } floating: record { progress { total } } }",
        '{ pinned { progress { total } } floating: record(asOf: "2026-12-01") { progress { total } } }',
        "{ pinned { progress { total } } ...Root } fragment Root on Query { total: progress { total } }",
        "{ pinned { progress { total } } ... @include(if: true) { progress { total } } }",
        "{ one: pinned { progress { total } } two: pinned { progress { total } } progress { total } }",
        "{ pinned { progress { total } } viewer { name } }",
        "{ pinned { progress { total } } __typename }",
        "{ pinned { progress { total } } nodes(ids: []) { id } }",
        '{ progress(asOf: "2019-01-01", knownAt: "2026-12-01T00:00:00Z") { total } }',
        # Both have the same number of fields as records, but for those that are merged.
        "{ pinned { progress { total } } pinned { coverage { stated } } progress { total } }",
    ],
)  # fmt: skip
def test_a_query_that_asks_for_anything_else_does_not(api_sqlite: Api, query: str) -> None:
    answer = ask(api_sqlite, query)
    assert "errors" not in answer.json()
    assert answer.headers["cache-control"] == FLOATING


def test_an_answer_with_an_error_does_not_last(api_sqlite: Api) -> None:
    for query in (
        '{ record(asOf: "2026-12-01", revision: 7000) { progress { total } } }',
        '{ record(asOf: "2026-12-01", knownAt: "2018-01-01T00:00:00Z") { progress { total } } }',
        '{ pinned { node(id: "?") { id } } }',
    ):
        answer = ask(api_sqlite, query)
        assert answer.json()["errors"]
        assert answer.headers["cache-control"] == FLOATING


def test_the_answer_to_a_token_is_not_stored(api_writable: WritableApi) -> None:
    answer = ask(api_writable.editor, "{ pinned { progress { total } } }")
    assert answer.headers["cache-control"] == "no-store"


def test_an_answer_by_post_says_nothing(api_sqlite: Api) -> None:
    answer = api_sqlite.send(RECORD, {"asOf": DAY, "knownAt": INSTANT})
    assert answer.status_code == 200
    assert "cache-control" not in answer.headers


def test_a_large_query_lasts_as_a_small_one_does(seeded_database: Database) -> None:
    """It is executed on another thread, with a copy of its context."""
    url = url_of(seeded_database)
    with serving(url, large_cost=1) as api:
        assert ask(api, "{ pinned { progress { total } } }").headers["cache-control"] == LASTING
        assert ask(api, "{ record { progress { total } } }").headers["cache-control"] == FLOATING


@pytest.mark.parametrize(
    ("params", "status", "message"),
    [
        ("knownAt=2026-12-01T11:58:00Z&revision=1", 400, "Give `knownAt` or `revision`, not both."),
        ("revision=7000", 404, "There is no revision 7000."),
        ("revision=0", 404, "There is no revision 0."),
        ("revision=one", 400, "`revision`: 'one' is not the number of a revision, as 7 is."),
        ("revision=99999999999", 400, "`revision`: '99999999999' is not the number of a revision, as 7 is."),
        ("revision=1&revision=1", 400, "Give `revision` once."),
        ("knownAt=2018-01-01T00:00:00Z", 404, "There is nothing on record at that instant."),
    ],
)
def test_a_moment_that_is_not_on_record_is_refused_in_words(
    api_sqlite: Api, params: str, status: int, message: str
) -> None:
    for path in ("/", "/embed/progress", "/feed.json", "/events.ics", "/data/funds.json", "/data/sixty-one.xlsx"):
        answer = api_sqlite.http.get(f"{path}?{params}", headers={"accept": "application/json"})
        assert answer.status_code == status, path
        assert message in answer.text.replace("&#39;", "'"), path
        assert answer.headers["cache-control"] == FLOATING
