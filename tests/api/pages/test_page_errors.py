"""A page that cannot be shown is an error page with the reason."""

from urllib.parse import quote

import pytest

from api.pages.policy import style_hashes
from db.database import Database
from tests.api.pages.reading import EMBEDS, PAGES, WITHOUT_QUERY, Page, get, join, read
from tests.engines import url_of
from tests.server import Api, serving
from tests.writable import WritableApi

pytestmark = pytest.mark.sqlite_only

DAY = "`asOf`: A Date is a day as text, such as 2019-05-09."
INSTANT = "`knownAt`: A DateTime is an instant with its zone as text, such as 2019-05-09T10:00:00Z."
TO_COME = "That is still to come: by the clock here it is 1 December 2026, 12:00 UTC."
CURSOR = "`after` takes a cursor of the same list in the same order."


@pytest.mark.parametrize("path", [*PAGES, *WITHOUT_QUERY, *EMBEDS])
@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("asOf=yesterday", DAY),
        ("asOf=62019-03-01", DAY),
        ("asOf=2019-02-30", "`asOf`: There is no day 2019-02-30."),
        ("asOf=2019-06-30&asOf=2019-07-01", "Give `asOf` once."),
        ("knownAt=2019-06-30", INSTANT),
        ("knownAt=2019-06-30T10:00:00", INSTANT),
        ("asOf=2026-12-02", TO_COME),
        ("knownAt=2027-01-01T00:00:00Z", TO_COME),
    ],
)
def test_a_moment_that_cannot_be_is_refused(api_sqlite: Api, path: str, query: str, reason: str) -> None:
    page = read(api_sqlite, join(path, query), 400)
    assert page.heading == "That cannot be asked"
    assert reason in page.text


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/commitments?status=DONE", "Value 'DONE' does not exist in 'Status' enum."),
        ("/commitments?orderBy=LUCK", "Value 'LUCK' does not exist in 'CommitmentOrderBy' enum."),
        ("/commitments?agreement=PERHAPS", "Value 'PERHAPS' does not exist in 'Agreement' enum."),
        ("/commitments?after=nothing", CURSOR),
        ("/funds?state=LOST", "Value 'LOST' does not exist in 'ReconciliationState' enum."),
        ("/funds?after=nothing", CURSOR),
        ("/events?kind=PARTY", "Value 'PARTY' does not exist in 'EventKind' enum."),
        ("/events?from=tomorrow", "A Date is a day as text, such as 2019-05-09."),
        ("/events?after=nothing", CURSOR),
        ("/sources?kind=RUMOUR", "Value 'RUMOUR' does not exist in 'DocumentKind' enum."),
        ("/sources?after=nothing", CURSOR),
        ("/sources/itv-2019-12-29?after=nothing", CURSOR),
        ("/organisations?role=KING", "Value 'KING' does not exist in 'OrganisationRole' enum."),
        ("/organisations?kind=CLUB", "Value 'CLUB' does not exist in 'OrganisationKind' enum."),
        ("/organisations?after=nothing", CURSOR),
        ("/changes?since=lately", "A DateTime is an instant with its zone as text"),
        ("/changes?after=nothing", CURSOR),
        ("/sources?search=" + "x" * 1001, "1000"),
        ("/commitments?search=" + "x+" * 11, "A search may have 10 words"),
        ("/events?search=" + "x+" * 500, "this one has 500"),
        ("/sources?search=" + "x+" * 11, "A search may have 10 words"),
    ],
)
def test_a_filter_that_cannot_be_is_refused_with_the_reason_of_the_api(api_sqlite: Api, path: str, reason: str) -> None:
    page = read(api_sqlite, path, 400)
    assert page.heading == "That cannot be asked"
    assert reason in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/commitments/SVS-99",
        "/themes/nothing",
        "/funds/nothing",
        "/events/nothing",
        "/sources/nothing",
        "/organisations/nothing",
        "/changes/99",
        "/changes/99999999999999999999",
        "/embed/commitments/SVS-99",
        f"/commitments/{quote('<script>alert(1)</script>', safe='')}",
        "/themes/%E2%80%AE",
    ],
)
def test_a_missing_page_is_an_error_page(api_sqlite: Api, path: str) -> None:
    page = read(api_sqlite, path, 404)
    assert page.heading == "There is nothing here"
    assert page.title == "There is nothing here · Sixty-One"
    assert not [script for script in page.all("script") if "src" not in script]
    assert "\u202e" not in page.text
    assert {"/", "/commitments"} <= set(page.links)


@pytest.mark.parametrize("path", [*PAGES, *WITHOUT_QUERY, *EMBEDS])
def test_pages_are_read_only(api_sqlite: Api, path: str) -> None:
    for method in ("POST", "PUT", "DELETE"):
        response = api_sqlite.http.request(method, path)
        assert response.status_code == 405
        assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_a_refusal_is_not_kept_and_not_framed(api_sqlite: Api) -> None:
    for path, status in (("/commitments/SVS-99", 404), ("/?asOf=x", 400)):
        response = get(api_sqlite, path, status)
        assert "etag" not in response.headers
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(("path", "status"), [("/embed/commitments/SVS-99", 404), ("/embed/progress?asOf=x", 400)])
def test_a_refused_embed_shows_itself_in_a_frame_and_leads_out_of_it(api_sqlite: Api, path: str, status: int) -> None:
    response = get(api_sqlite, path, status)
    page = Page(response.text)
    assert "etag" not in response.headers
    policy = response.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    # All that it needs is in it, and allowed.
    assert page.all("link") + page.all("script") + page.all("img") == []
    [style] = style_hashes(response.text)
    assert style in policy
    assert {(link["target"], link["rel"]) for link in page.all("a")} == {("_blank", "noopener")}


def test_nothing_is_shown_before_there_is_data(empty_database: Database) -> None:
    with serving(url_of(empty_database)) as api:
        for path in [*EMBEDS, *PAGES, *WITHOUT_QUERY]:
            page = Page(get(api, path, 503).text)
            assert page.heading == "This cannot be shown"
            assert "No data is loaded yet." in page.text
        assert api.http.get("/static/" + page.all("link")[0]["href"].rpartition("/")[2]).status_code == 200


def test_a_fault_of_ours_is_said_to_be_one(api_writable: WritableApi) -> None:
    api_writable.database.engine.dispose()
    with api_writable.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE event RENAME TO happening")
    page = read(api_writable.public, "/events", 500)
    assert page.heading == "Something went wrong on our side"
    assert "happening" not in page.text
