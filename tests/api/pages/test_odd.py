"""Unusual requests for pages."""

import re
import time
from contextlib import closing
from typing import Any

import pytest

from db.database import Database
from tests.api.pages.reading import get, read
from tests.engines import url_of
from tests.log import add_change
from tests.server import NOW, Api
from tests.statements import observing
from tests.writable import WritableApi

pytestmark = pytest.mark.sqlite_only

CELL = re.compile(r'<td class="number">(\d+)</td>')
MANY = "&".join(f"x{number}" for number in range(8_000))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/commitments?group=DELIVERED", "`group` is not known here: this page takes `theme`, `status`, "),
        ("/commitments/SVS-19?status=DELIVERED", "`status` is not known here: this page takes "),
        ("/gaps?a=1&b=&theme=communities", "`a` and `b` and `theme` are not known here: this page takes "),
        ("/sources?path=x&self=y&template=z", "`path` and `self` and `template` are not known here"),
        ("/embed/progress?x=<b>", "`x` is not known here"),
    ],
)
def test_a_page_refuses_parameters_that_it_does_not_know_in_words(api_sqlite: Api, address: str, message: str) -> None:
    assert message in read(api_sqlite, address, 400).text


def test_many_unknown_parameters_are_refused_quickly_and_not_all_repeated(api_sqlite: Api) -> None:
    start = time.process_time()
    text = read(api_sqlite, f"/events?{MANY}&kind=LAUNCH", 400).text
    assert "`x0` and `x1` and `x10` and `x100` and `x1000` and 7995 more are not known here" in text
    # The square of so many would take seconds.
    assert time.process_time() - start < 1


def test_what_other_sites_add_to_a_link_is_neither_read_nor_repeated(api_sqlite: Api) -> None:
    plain = get(api_sqlite, "/events?kind=LAUNCH")
    assert get(api_sqlite, "/events?kind=LAUNCH&utm_source=letter&fbclid=x&gclid=y&mc_eid=z").text == plain.text


def test_an_empty_field_of_a_form_is_not_left_in_the_address(api_sqlite: Api) -> None:
    response = api_sqlite.http.get(
        "/events?search=&kind=LAUNCH&kind=&asOf=&knownAt=%20&from=2019-01-01&utm_source=letter"
    )
    assert (response.status_code, response.headers["location"]) == (303, "/events?kind=LAUNCH&from=2019-01-01")
    assert api_sqlite.http.get("/method?asOf=").headers["location"] == "/method"
    assert api_sqlite.http.get("/events?utm_source=").status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=", 400),
        ("url=http://[", 404),
        ("url=https://elsewhere.example/commitments/SVS-19", 404),
        ("url={}/method", 404),
        ("url={}/commitments/SVS-99", 404),
        ("url={}/commitments/SVS-99/?asOf=2019-06-30", 404),
        ("url={}/commitments/", 404),
        ("url={}/commitments/SVS-19/feed.atom", 404),
        ("url={}/commitments/%2500", 400),
        ("url={}/commitments/%25FF%250A", 404),
        ("url={}/commitments/%25E2%2580%25AE", 404),
        ("url={}/commitments/" + "x" * 5_000, 400),
        ("url={}/progress", 404),
        ("url={}/embed", 404),
        ("url={}/embed/", 404),
        ("url={}/embed/method", 404),
        ("url={}/embed/embed/progress", 404),
        ("url={}//elsewhere.example", 404),
        ("url={}/?asOf=nonsense", 400),
        ("url={}/?asOf=2026-12-02", 400),
        ("url={}/?asOf=2019-06-30%26asOf=2019-07-01", 400),
        ("url={}/commitments/SVS-19?knownAt=nonsense", 400),
        ("url={}/commitments/SVS-19?knownAt=2027-01-01T00:00:00Z", 400),
        ("url={}/commitments/SVS-19&format=xml", 501),
        ("url={}/commitments/SVS-19&maxwidth=" + "9" * 5_000, 200),
        ("url={}/commitments/SVS-19&maxwidth=wide", 200),
    ],
)
def test_oembed_answers_every_request(api_sqlite: Api, query: str, status: int) -> None:
    site = str(api_sqlite.http.base_url).rstrip("/")
    response = api_sqlite.http.get(f"/oembed?{query.format(site)}")
    assert response.status_code == status
    assert ("errors" in response.json()) is (status != 200)


def test_a_trailing_slash_redirects_to_the_page_and_never_to_another_site(api_sqlite: Api) -> None:
    site, person = str(api_sqlite.http.base_url).rstrip("/"), {"accept": "text/html"}
    redirect = api_sqlite.http.get("/commitments/SVS-19/?asOf=2019-06-30", headers=person)
    assert (redirect.status_code, redirect.headers["location"]) == (308, "/commitments/SVS-19?asOf=2019-06-30")
    for path in ("//elsewhere.example/", "/\\elsewhere.example/", "/nothing//"):
        response = api_sqlite.http.get(site + path, headers=person)
        assert (response.status_code, "location" in response.headers) == (404, False)
    # A program gets 404 for the address.
    assert api_sqlite.http.get("/commitments/SVS-19/").status_code == 404


def test_a_tag_is_weak_because_a_page_goes_out_packed_or_plain_and_is_known_either_way(api_sqlite: Api) -> None:
    plain = api_sqlite.http.get("/method", headers={"accept-encoding": "identity"})
    compressed = api_sqlite.http.get("/method", headers={"accept-encoding": "gzip"})
    assert compressed.headers["content-encoding"] == "gzip"
    tag = plain.headers["etag"]
    assert compressed.headers["etag"] == tag
    assert tag.startswith('W/"')
    for condition in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        assert api_sqlite.http.get("/method", headers={"if-none-match": condition}).status_code == 304


def test_the_first_page_tells_one_story_by_the_second_clock(api_sqlite: Api) -> None:
    def series(query: str) -> set[tuple[str, ...]]:
        table = (
            get(api_sqlite, f"/{query}").text.partition('aria-label="Statuses over time"')[2].partition("</table>")[0]
        )
        return {tuple(CELL.findall(row)) for row in table.split("<tr>")[2:]}

    assert len(series("")) > 1
    assert series("?knownAt=2026-11-30T00:00:00Z") == series("")


def test_a_page_shows_the_revision_that_it_names(api_writable: WritableApi) -> None:
    """A page takes several statements. A change is committed between two of them, and is not on the page."""
    revision = str(api_writable.public.ask("{ dataset { revision } }")["dataset"]["revision"])
    other = Database(url_of(api_writable.database))
    statements: list[str] = []

    def intrude(_connection: Any, statement: str) -> None:
        if not statements and "FROM change" in statement:
            statements.append(statement)
            with other.transaction() as session:
                add_change(session, NOW)

    with observing(intrude), closing(other):
        page = read(api_writable.public, "/changes")
    assert statements
    newest, *_, footer = re.findall(r"Revision (\d+)", page.text)
    assert newest == footer == revision
    assert str(api_writable.public.ask("{ dataset { revision } }")["dataset"]["revision"]) != revision
