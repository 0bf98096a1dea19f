"""Names that were typed by hand: what is meant is found, and led to the one address that it has."""

import pytest

from tests.server import Api

LOCATIONS = {
    "/commitments/svs-19": "/commitments/SVS-19",
    "/commitments/Svs-19?asOf=2019-06-30&knownAt=": "/commitments/Svs-19?asOf=2019-06-30",
    "/commitments/Svs-19?asOf=2019-06-30": "/commitments/SVS-19?asOf=2019-06-30",
    "/commitments/svs-19%20": "/commitments/SVS-19",
    "/embed/commitments/svs-19?asOf=2019-06-30": "/embed/commitments/SVS-19?asOf=2019-06-30",
    "/themes/Communities": "/themes/communities",
    "/funds/Serious-Violence-Fund": "/funds/serious-violence-fund",
    "/events/STRATEGY-LAUNCH-2018": "/events/strategy-launch-2018",
    "/sources/ITV-2019-12-29": "/sources/itv-2019-12-29",
    "/organisations/Home-Office": "/organisations/home-office",
    "/people/Vera-Baird": "/people/vera-baird",
    "/commitments/svs-19/feed.atom": "/commitments/SVS-19/feed.atom",
    "/themes/Communities/feed.json?x=1": "/themes/communities/feed.json?x=1",
    "/funds/Serious-Violence-Fund/feed.atom": "/funds/serious-violence-fund/feed.atom",
}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", LOCATIONS)
def test_a_name_in_other_letters_redirects_to_the_page(api_sqlite: Api, path: str, method: str) -> None:
    for accept in ("text/html", "*/*"):
        response = api_sqlite.http.request(method, path, headers={"accept": accept})
        assert response.status_code in (303, 308)
        assert response.headers["location"] == LOCATIONS[path]
    assert api_sqlite.http.request(method, path, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/commitments/svs-99", "/themes/Nothing", "/funds/NOTHING", "/commitments/svs-99/feed.atom", "/commitments/SVS19"],
)
def test_an_unknown_name_is_missing_in_any_letters(api_sqlite: Api, path: str) -> None:
    assert api_sqlite.http.get(path).status_code == 404


def test_the_api_finds_it_and_answers_with_the_name_as_it_is_written(api_sqlite: Api) -> None:
    answer = api_sqlite.ask("""{
      commitment(ref: " svs-19") { ref } fund(slug: "Serious-Violence-Fund") { slug }
      event(slug: "STRATEGY-LAUNCH-2018") { slug } organisation(slug: "Home-Office") { slug }
      document(slug: "ITV-2019-12-29") { slug }
    }""")
    assert answer == {
        "commitment": {"ref": "SVS-19"},
        "fund": {"slug": "serious-violence-fund"},
        "event": {"slug": "strategy-launch-2018"},
        "organisation": {"slug": "home-office"},
        "document": {"slug": "itv-2019-12-29"},
    }


@pytest.mark.parametrize(
    ("list", "filter", "name"),
    [
        ("commitments", "CommitmentFilter", ("theme", "communities")),
        ("commitments", "CommitmentFilter", ("lead", "home-office")),
        ("commitments", "CommitmentFilter", ("fund", "serious-violence-fund")),
        ("commitments", "CommitmentFilter", ("event", "strategy-launch-2018")),
        ("funds", "FundFilter", ("commitment", "SVS-19")),
        ("funds", "FundFilter", ("recipient", "home-office")),
        ("events", "EventFilter", ("commitment", "SVS-19")),
        ("events", "EventFilter", ("series", "engagement-events")),
        ("documents", "DocumentFilter", ("publisher", "home-office")),
    ],
)
def test_a_filter_finds_the_same_in_other_letters(
    api_sqlite: Api, list: str, filter: str, name: tuple[str, str]
) -> None:
    field, value = name
    query = f"query ($filter: {filter}) {{ {list}(filter: $filter) {{ totalCount }} }}"
    counts = {
        api_sqlite.ask(query, filter={field: [form]})[list]["totalCount"] for form in (value.upper(), value.lower())
    }
    assert counts == {api_sqlite.ask(query, filter={field: [value]})[list]["totalCount"]}


def test_the_calendar_of_a_commitment_is_found_in_other_letters(api_sqlite: Api) -> None:
    calendars = [api_sqlite.http.get(f"/events.ics?commitment={ref}").text for ref in ("SVS-19", "svs-19")]
    assert calendars[0].count("BEGIN:VEVENT") == calendars[1].count("BEGIN:VEVENT") > 0
