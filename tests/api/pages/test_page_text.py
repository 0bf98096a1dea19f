import operator
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from api.formatting import money
from db.formatting import enum_label
from tests.api.pages.reading import EMBEDS, PAGES, Page, count_marks, get, normalise_spaces, read
from tests.server import Api

TITLES = {
    "/": "What became of the 61 commitments of the Serious Violence Strategy",
    "/commitments": "Commitments",
    "/commitments/SVS-19": "SVS-19: Hold engagement events across the country",
    "/commitments/SVS-60": "SVS-60: Not identified yet",
    "/themes": "Themes",
    "/themes/communities": "Supporting communities and local partnerships",
    "/funds": "Where the money went",
    "/funds/serious-violence-fund": "Serious Violence Fund",
    "/areas": "Areas",
    "/areas/northumbria": "Northumbria",
    "/areas/yorkshire-and-the-humber": "Yorkshire and The Humber",
    "/events": "Events",
    "/events/strategy-launch-2018": "Launch of the Strategy",
    "/sources": "Sources",
    "/sources/itv-2019-12-29": None,
    "/organisations": "Organisations",
    "/organisations/home-office": "Home Office",
    "/claims": "What the government says, and what others say",
    "/compare": "What changed between 9 April 2018 and 1 December 2026",
    "/people": "People",
    "/people/vera-baird": "Vera Baird",
    "/search?q=hospital+youth+workers": "Search: hospital youth workers",
    "/gaps": "What is not known",
    "/about": "About",
    "/glossary": "Glossary",
    "/method": "Method",
    "/report": "Report",
    "/follow": "Follow everything",
    "/follow/commitments/SVS-19": "Follow SVS-19 Hold engagement events across the country",
    "/changes": "What changed",
    "/changes/1": "Revision 1",
}
# Texts of an answer that a page shows as they are, wherever they stand in it.
VISIBLE_FIELDS = {
    "actor", "called", "description", "explanation", "funding", "headline", "maintainer", "name", "note", "place",
    "question", "ref", "says", "summary", "title", "venue",
}  # fmt: skip
# Asked for another reason than to be shown, or shown in other words, or cut short in a picture.
BESIDE = {"choices", "kinds"}
ON_THE_FIRST_PAGE = {"parts", "citation"}
IN_OTHER_WORDS = {"UNIDENTIFIED", "OPEN_DISCREPANCY"}
GROUPS = {"UNKNOWN": "unknown", "OPEN": "open", "DELIVERED": "reported delivered", "ENDED": "ended"}
STATES = {"BALANCED": "It adds up", "SHORTFALL": "Less on record than stated", "INCOMPLETE": "Cannot be said"}


def answer(api: Api, page: Page) -> dict[str, Any]:
    query, variables = page.query
    data: dict[str, Any] = api.ask(query, **variables)
    return {**data.pop("record", {}), **data}


def texts(value: Any, beside: set[str], name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        omissions = beside | {"note"} if value.get("kind") in IN_OTHER_WORDS else beside
        for key, inner in value.items():
            if key not in omissions:
                yield from texts(inner, beside, key)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, beside, name)
    elif isinstance(value, str) and name in VISIBLE_FIELDS:
        yield normalise_spaces(value)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_what_its_query_answers(api_sqlite: Api, path: str) -> None:
    page = read(api_sqlite, path)
    results = list(texts(answer(api_sqlite, page), BESIDE | ON_THE_FIRST_PAGE if path == "/" else BESIDE))
    assert results
    assert [text for text in results if text not in page.text and enum_label(text) not in page.text] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_called_by_what_it_shows(api_sqlite: Api, path: str) -> None:
    page = read(api_sqlite, path)
    name = TITLES[path] or answer(api_sqlite, page)["document"]["title"]
    assert page.title == f"{name} · Sixty-One"
    assert page.all("html") == [{"lang": "en-GB"}]
    [description] = [one["content"] for one in page.all("meta") if one.get("name") == "description"]
    assert description


@pytest.mark.parametrize("path", ["/commitments?search=knife&status=DELIVERED&origin=all", "/funds?state=SHORTFALL"])
def test_the_filter_of_a_page_is_in_the_query_that_it_shows(api_sqlite: Api, path: str) -> None:
    page = read(api_sqlite, path)
    _, variables = page.query
    parameters = parse_qs(urlsplit(path).query)
    expected = (
        {"search": "knife", "status": ["DELIVERED"], "origin": ["STRATEGY", "LATER"]}
        if "search" in parameters
        else parameters
    )
    assert expected.items() <= variables["filter"].items()
    [result] = [part for name, part in answer(api_sqlite, page).items() if name in ("commitments", "funds")]
    assert 0 < result["totalCount"] < 30
    assert f"{result['totalCount']} {'commitment' if 'search' in parameters else 'fund'}" in page.text


@pytest.mark.parametrize("path", PAGES)
def test_the_query_leads_to_the_editor_and_to_its_answer(api_sqlite: Api, path: str) -> None:
    page = read(api_sqlite, path)
    query, variables = page.query
    editor, answer_link = (link for link in page.links if link.startswith(("/graphql#", "/graphql?")))
    fragment = parse_qs(urlsplit(editor).fragment)
    assert fragment["query"] == [query]
    data = api_sqlite.http.get(answer_link, headers={"accept": "application/json"}).json()
    assert data == {"data": api_sqlite.ask(query, **variables)}


def test_the_first_page_counts_as_the_api_counts(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/")
    data = api_sqlite.ask("""{
        progress { total groups { group count } counts { status count } }
        statusDefinitions { status label }
        coverage { stated identified unidentified withStatus withFunds withEvents }
    }""")
    for entry in data["progress"]["groups"]:
        assert f"{entry['count']} {GROUPS[entry['group']]}" in page.text
    labels = {one["status"]: one["label"] for one in data["statusDefinitions"]}
    alone = ", by the government\N{RIGHT SINGLE QUOTATION MARK}s word alone"
    for entry in data["progress"]["counts"]:
        counted = re.findall(rf"{labels[entry['status']]}(?:{alone})? (\d+)\b(?! [A-Z]\w+ \d{{4}})", page.text)
        assert sum(map(int, counted)) == entry["count"]
    coverage = data["coverage"]
    assert f"{coverage['unidentified']} of {coverage['stated']} commitments are only a number" in page.text
    identified = coverage["identified"]
    assert f"{identified - coverage['withFunds']} of the {identified} identified have no fund on record" in page.text
    marks = [link for link in page.all("use") if "x" in link]
    assert len(marks) == data["progress"]["total"] == 61


@pytest.mark.parametrize("day", ["2018-06-30", "2019-06-30", "2026-12-01"])
def test_the_funds_of_a_day_are_all_with_the_sizes_of_that_day(api_sqlite: Api, day: str) -> None:
    query = """query ($day: Date!) { funds(first: 100) { nodes {
        slug name amount(asOf: $day) { amount currency bound }
    } } }"""
    funds = api_sqlite.ask(query, day=day)["funds"]["nodes"]
    sized = [fund for fund in funds if fund["amount"]]
    assert sized
    rows = read(api_sqlite, f"/funds?asOf={day}").rows
    for fund in sized:
        [row] = [row for row in rows if re.match(rf"(· )*{re.escape(fund['name'])} [A-Z]", row)]
        assert f" {money(fund['amount'])} " in row
    for fund in sized[:3]:
        page = read(api_sqlite, f"/funds/{fund['slug']}?asOf={day}").text
        head, _, body = page.partition("Does it add up?")
        assert money(fund["amount"]) in head
        assert f"Stated {money(fund['amount'])}" in body


def test_gaps_are_those_of_the_day(api_sqlite: Api) -> None:
    query = """query ($day: Date!) {
        record(asOf: $day) { coverage { identified withStatus withFunds gapCounts { kind count } } }
    }"""
    for day in ("2018-06-30", "2026-12-01"):
        coverage = api_sqlite.ask(query, day=day)["record"]["coverage"]
        page = get(api_sqlite, f"/gaps?asOf={day}").text
        assert f"Of those, {coverage['withStatus']} have a status" in Page(page).text
        sections = re.findall(r'<h2 id="kind-(\w+)">[^<]+ <span class="count">(\d+)</span>', page)
        assert {kind: int(number) for kind, number in sections} == {
            gap["kind"]: gap["count"] for gap in coverage["gapCounts"] if gap["count"]
        }
        without = coverage["identified"] - coverage["withFunds"]
        assert f"{without} of the {coverage['identified']} identified have no fund on record" in (
            read(api_sqlite, f"/?asOf={day}").text
        )


@pytest.mark.parametrize("day", ["2018-06-30", "2019-01-15", "2022-02-01", "2026-01-15", "2026-12-01"])
def test_the_years_below_a_picture_stand_within_it_and_beside_each_other(api_sqlite: Api, day: str) -> None:
    picture = get(api_sqlite, f"/?asOf={day}").text.partition('aria-labelledby="series-title')[2].partition("</svg>")[0]
    places = [float(place) for place in re.findall(r'<text class="axis" x="([\d.]+)" y="[\d.]+">\d{4}<', picture)]
    # Four figures take thirty of the 360 units.
    assert [room for room in map(operator.sub, [*places[1:], 360], places) if room < 30] == []
    assert places


@pytest.mark.parametrize("day", ["2019-06-30", "2026-12-01"])
def test_the_latest_evidence_is_the_latest_by_the_api(api_sqlite: Api, day: str) -> None:
    latest = api_sqlite.ask(
        """query ($day: Date!) { commitments(
            filter: { asOf: $day }, orderBy: { by: LAST_EVIDENCE, direction: DESC }, first: 5
        ) { nodes { ref title statusUpdate(asOf: $day) { citation { document { title } } } } } }""",
        day=day,
    )["commitments"]["nodes"]
    page = (
        read(api_sqlite, f"/?asOf={day}").text.partition("The latest evidence ")[2].partition("Where the money went")[0]
    )
    places = [page.index(normalise_spaces(f"{one['ref']} {one['title']}")) for one in latest]
    assert places == sorted(places)
    assert [one for one in latest if one["statusUpdate"]["citation"]["document"]["title"] not in page] == []


def test_a_fund_adds_up_as_in_the_api(api_sqlite: Api) -> None:
    rows = read(api_sqlite, "/funds/serious-violence-fund").rows
    parts = """name reconciliation {
        basis state unknownSums stated { amount currency bound } accountedFor { amount currency bound }
    }"""
    whole = api_sqlite.ask(
        f'{{ fund(slug: "serious-violence-fund") {{ {parts} parts {{ {parts} parts {{ {parts} }} }} }} }}'
    )["fund"]
    funds = [whole, *whole["parts"], *(part for one in whole["parts"] for part in one["parts"])]
    assert len(rows) == len(funds) == 6
    for fund in funds:
        [row] = [row for row in rows if f"· {fund['name']} {STATES[fund['reconciliation']['state']]}" in f"· {row}"]
        result = fund["reconciliation"]
        assert f" {money(result['stated'])} " in row
        if result["basis"] != "NONE":
            assert money(result["accountedFor"]) in row
        assert ("unknown" in row) is (result["unknownSums"] > 0)


def test_embeds_show_the_status_the_source_and_the_licence(api_sqlite: Api) -> None:
    progress, commitment = (read(api_sqlite, path) for path in EMBEDS)
    data = api_sqlite.ask("""{
        progress { counts { status count } } statusDefinitions { status label }
        commitment(ref: "SVS-19") { title statusUpdate { note citation { document { title } } } }
    }""")
    labels = {one["status"]: one["label"] for one in data["statusDefinitions"]}
    for entry in data["progress"]["counts"]:
        assert count_marks(progress.text, labels[entry["status"]]) == entry["count"]
    update = data["commitment"]["statusUpdate"]
    assert commitment.heading == f"SVS-19: {data['commitment']['title']}"
    assert update["note"] in commitment.text
    assert update["citation"]["document"]["title"] in commitment.text
    for page in (progress, commitment):
        assert "CC BY 4.0" in page.text
        assert {link["target"] for link in page.all("a")} == {"_blank"}
        # Nothing is fetched beside the page.
        assert [link["rel"] for link in page.all("link")] == ["canonical"]
        assert not page.all("script") + page.all("img")
