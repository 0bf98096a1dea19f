"""The pages of areas: money with what is unknown, each pound once, and every source on one page."""

import pytest

from tests.api.pages.reading import Page, read
from tests.server import Api


def rows(page: Page) -> str:
    return " ".join(" ".join(text for _, text in page.parts).split()).replace(" ,", ",")


def test_the_money_of_an_area_stands_on_one_page_with_every_source(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/areas/northumbria")
    text = rows(page)
    assert "at least £3.42 million" in text
    assert "For 2 more allocations no source read gives the sum." in text
    for row in (
        "Police surge funding 2019/20 £2.32 million",
        "Violence reduction units 2019/20 2019/20 not known 1",
        "Violence reduction units 2020/21 2020/21 at least £1.1 million",
        "Early Intervention Youth Fund, first round 2018/19 to 2019/20 not known 1",
    ):
        assert row in text
    # Each sum with its document; and the paragraph that a fund's own citation has for this area.
    sources = ("northumbria-foi-2019", "itv-2019-12-29", "police-professional-2018-11-12")
    assert {f"/sources/{slug}" for slug in sources} <= set(page.links)
    assert "/sources/north-east-event-2019#paragraph-18" in page.links
    assert "paragraph 18" in text
    assert {"/organisations/northumbria-police", "/organisations/northumbria-pcc", "/areas/north-east"} <= set(
        page.links
    )


def test_a_part_of_a_sum_is_listed_and_said_not_to_be_added(api_sqlite: Api) -> None:
    text = rows(read(api_sqlite, "/areas/leicestershire"))
    assert "Police surge funding 2019/20 £1.4 million" in text
    assert text.count("Part of a sum above or below, and not added to it.") == 1


def test_the_table_has_the_largest_funds_as_columns_and_the_areas_by_region(api_sqlite: Api) -> None:
    text = rows(read(api_sqlite, "/areas"))
    assert "43 areas" in text
    assert "Northumbria at least £3.42 million 2 £2.32 million" in text
    assert text.index("North East, England") < text.index("Northumbria at least") < text.index("North West, England")
    # What an area got from a part is in the column of the whole.
    assert "Police surge funding, April 2019" not in text


def test_a_place_leads_to_its_area_by_the_events_there(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/areas?search=darlington")
    assert "No area on record has that in its name. Areas are those of police forces" in page.text
    assert {"/events/engagement-north-east-2019", "/areas/durham"} <= set(page.links)


@pytest.mark.parametrize("path", ["/organisations/kent-police", "/funds/police-surge"])
def test_what_stands_in_an_area_leads_to_it(api_sqlite: Api, path: str) -> None:
    assert "/areas/kent" in read(api_sqlite, path).links


def test_an_area_of_an_earlier_day_has_the_events_of_that_day(api_sqlite: Api) -> None:
    before, after = (rows(read(api_sqlite, f"/areas/durham?asOf={day}")) for day in ("2019-05-08", "2019-05-09"))
    assert "No event on record was held here by 8 May 2019." in before
    assert "1 event on record was held here by 9 May 2019." in after
    assert "North East engagement event" in after
    assert "North East engagement event" not in before


def test_a_region_lists_the_areas_within_it(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/areas/north-east")
    assert {"/areas/northumbria", "/areas/durham", "/areas/cleveland"} <= set(page.links)
    assert "Northumbria Police force area at least £3.42 million 2" in rows(page)


def test_the_page_on_which_an_area_is_followed_names_no_feed_that_is_not_there(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/follow/areas/northumbria")
    feeds = [link["href"] for link in page.all("link") if link["rel"] == "alternate"]
    assert feeds
    assert {api_sqlite.http.get(feed).status_code for feed in feeds} == {200}


def test_the_commitments_behind_an_area_are_a_list_of_their_own(api_sqlite: Api) -> None:
    query = '{ commitments(filter: {area: ["northumbria"]}) { nodes { ref } } }'
    refs = {row["ref"] for row in api_sqlite.ask(query)["commitments"]["nodes"]}
    assert refs
    links = read(api_sqlite, "/commitments?area=northumbria").links
    assert {link.removeprefix("/commitments/") for link in links if link.startswith("/commitments/SVS-")} == refs
