"""The address that a page gives to be cited, and what a page says of money as editors record it."""

import datetime as dt
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from db.database import Database
from tests.api.pages.reading import PAGES, WITHOUT_QUERY, get, join, read
from tests.engines import url_of
from tests.inputs import RECORD, submit_valid
from tests.server import Api, serving
from tests.writable import WritableApi

pytestmark = pytest.mark.sqlite_only


def citation_clocks(api: Api, path: str) -> dict[str, str]:
    """The parameters of the address in a page's citation."""
    address = read(api, path).text.partition("Cite this ")[2].partition(" Copy")[0].rpartition(" ")[2]
    assert urlsplit(address).path == urlsplit(path).path
    return dict(parse_qsl(urlsplit(address).query))


@pytest.mark.parametrize("path", [*PAGES, *WITHOUT_QUERY])
def test_every_page_is_cited_with_both_clocks(api_sqlite: Api, path: str) -> None:
    asked = dict(parse_qsl(urlsplit(path).query))
    now = {"asOf": "2026-12-01", "knownAt": "2026-11-29T07:00:00Z"}
    assert citation_clocks(api_sqlite, path) == asked | now
    clocks = {"asOf": "2019-06-30", "knownAt": "2026-11-30T00:00:00Z"}
    assert citation_clocks(api_sqlite, join(path, urlencode(clocks))) == asked | clocks


def test_a_citation_is_of_the_part_of_the_list_that_is_shown(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/sources?kind=RECORD")
    [more] = [link for link in page.links if "after=" in link]
    assert citation_clocks(api_sqlite, more).items() >= dict(parse_qsl(urlsplit(more).query)).items()


@pytest.mark.parametrize(("bound", "text_of_sum"), [("EXACT", "£9 million"), ("ABOUT", "about £9 million")])
def test_sums_of_recipients_are_shown_with_their_bound(api_writable: WritableApi, bound: str, text_of_sum: str) -> None:
    submit_valid(api_writable.editor, "allocate", amount="9000000", bound=bound)
    text = read(api_writable.public, "/funds/knifefree-campaign").text
    assert f"sums of recipients on record come to {text_of_sum}." in text


def test_a_page_says_where_a_mistake_is_reported_if_the_operator_says_so(
    api_sqlite: Api, seeded_database: Database
) -> None:
    assert "mistake" not in read(api_sqlite, "/").within("footer")
    address = "mailto:editors@example.org"
    with serving(url_of(seeded_database), contact=address) as api:
        for path, number in (("/", 1), ("/method", 2), ("/about", 2), ("/commitments/SVS-19", 1)):
            assert read(api, path).links.count(address) == number
        assert api.ask("{ dataset { contact } }") == {"dataset": {"contact": address}}


def test_a_cited_address_shows_nothing_of_a_later_correction(api_writable: WritableApi) -> None:
    api, path = api_writable.public, "/commitments/SVS-11"
    payload = submit_valid(api_writable.editor, "recordStatus", "statusUpdate { id }", commitment="SVS-11")[
        "statusUpdate"
    ]
    then = f"{path}?{urlencode(citation_clocks(api, path))}"
    before = get(api, then).text
    api_writable.clock.now += dt.timedelta(hours=1)
    submit_valid(api_writable.editor, "correctStatus", statusUpdate=payload["id"])
    assert get(api, then).text == before
    assert "Delivered 15 May 2019 Reported done" in read(api, then).text
    assert "Corrected 1 December 2026, 13:00 UTC" in read(api, path).text
    source_text = read(api, f"/sources/{RECORD}").text
    assert "Delivered 15 May 2019, Parliament. Corrected 1 December 2026, 13:00 UTC" in source_text
