"""The response cache sends a response again only while it is current."""

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from starlette.responses import Response

from api.app import create_app
from api.response_cache import OVERHEAD, ResponseCache, Version
from api.settings import Settings
from api.testing.server import listening
from db.database import Database
from db.models import Strategy
from tests.engines import url_of
from tests.log import add_change
from tests.server import NOW, Api, capture_statements

pytestmark = pytest.mark.postgresql_in_full

TITLE = "{ strategy { title } }"
DAY = NOW.date()
SECOND = dt.timedelta(seconds=1)


class Clock:
    now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api_with_clock(seeded_database: Database, clock: Clock) -> Iterator[Api]:
    url = url_of(seeded_database)
    settings = Settings(database_url=url)
    with listening(create_app(settings, clock=clock), settings) as address:
        api = Api(address)
        yield api
        api.http.close()


def rename(database: Database, title: str) -> None:
    with database.transaction() as session:
        session.execute(sa.update(Strategy).values(title=title))
        add_change(session, NOW)


def test_the_same_question_is_answered_again_for_the_price_of_a_look_at_the_revision(api_with_clock: Api) -> None:
    numbers = []
    answers = set()
    for _ in range(4):
        with capture_statements() as statements:
            response = api_with_clock.send(TITLE)
        numbers.append(len(statements))
        answers.add((response.content, response.headers["content-type"]))
    # The first response of a version only tells which version it is. A look is the driver's own, and is not counted.
    assert numbers == [1, 1, 0, 0]
    assert len(answers) == 1


def test_a_change_of_the_data_is_seen_at_once(seeded_database: Database, api_with_clock: Api) -> None:
    for _ in range(3):
        assert api_with_clock.ask(TITLE) == {"strategy": {"title": "Serious Violence Strategy"}}
    rename(seeded_database, "Another")
    assert api_with_clock.ask(TITLE) == {"strategy": {"title": "Another"}}


def test_the_next_day_is_another_question(api_with_clock: Api, clock: Clock) -> None:
    query = "{ progress { asOf } }"
    for _ in range(3):
        assert api_with_clock.ask(query) == {"progress": {"asOf": "2026-12-01"}}
    clock.now += dt.timedelta(days=1)
    assert api_with_clock.ask(query) == {"progress": {"asOf": "2026-12-02"}}


def test_an_answer_depends_on_variables_and_media_type(api_with_clock: Api) -> None:
    query = "query ($ref: String!) { commitment(ref: $ref) { ref } }"
    for ref in ("SVS-01", "SVS-02") * 3:
        assert api_with_clock.ask(query, ref=ref) == {"commitment": {"ref": ref}}
    for media_type in ("application/json", "application/graphql-response+json") * 3:
        response = api_with_clock.http.post("/graphql", json={"query": TITLE}, headers={"accept": media_type})
        assert response.headers["content-type"].startswith(media_type)


def test_an_error_is_not_kept(api_with_clock: Api) -> None:
    query = '{ commitment(ref: "SVS-99") { ref } }'
    for _ in range(3):
        with capture_statements() as statements:
            assert api_with_clock.codes(query) == ["NOT_FOUND"]
        assert len(statements) == 1  # for the commitment, each time


def test_a_browser_with_a_current_response_gets_304(seeded_database: Database, api_with_clock: Api) -> None:
    first = api_with_clock.http.get("/graphql", params={"query": TITLE})
    assert first.headers["cache-control"] == "no-cache"
    assert "Accept" in first.headers["vary"].split(", ")
    has = {"if-none-match": first.headers["etag"]}
    second = api_with_clock.http.get("/graphql", params={"query": TITLE}, headers=has)
    assert (second.status_code, second.content) == (304, b"")
    rename(seeded_database, "Another")
    third = api_with_clock.http.get("/graphql", params={"query": TITLE}, headers=has)
    assert third.json() == {"data": {"strategy": {"title": "Another"}}}
    assert third.headers["etag"] != first.headers["etag"]


def response(text: str) -> Response:
    return Response(text, media_type="application/json")


def test_the_size_is_bounded_and_the_oldest_response_goes_first() -> None:
    cache = ResponseCache(3 * (OVERHEAD + 40))
    version: Version = ((1, NOW), DAY)
    for name in "abcd":
        cache.get(version, ("a",))
        cache.store(version, version, (name,), response("." * 30))
    assert [name for name in "abcd" if cache.get(version, (name,))] == ["a", "c", "d"]
    # One that is larger than the bound does not drive out the others.
    cache.store(version, version, ("large",), response("." * 5000))
    assert [*cache.entries] == [("a",), ("c",), ("d",)]
    assert cache.used_bytes == 3 * (OVERHEAD + 31)


def test_a_response_that_may_mix_two_versions_is_not_stored() -> None:
    cache = ResponseCache(10_000)
    version: Version = ((2, NOW), DAY)
    others: list[Version] = [((1, NOW), DAY), ((2, NOW - SECOND), DAY), ((2, NOW), DAY - dt.timedelta(days=1))]
    for before in (None, *others):
        cache.store(before, version, ("q",), response("mixed"))
        assert cache.get(version, ("q",)) is None
    for other in others:
        cache.store(version, version, ("q",), response("whole"))
        assert cache.get(version, ("q",))
        assert cache.get(other, ("q",)) is None
