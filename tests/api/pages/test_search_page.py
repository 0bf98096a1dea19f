"""The page that searches everything, the box in every head that leads to it, and lists in which nothing fits."""

from urllib.parse import quote

import pytest

from tests.api.pages.reading import EMBEDS, PAGES, WITHOUT_QUERY, Page, get, read
from tests.server import Api

pytestmark = pytest.mark.sqlite_only
# What monitors typed into the box of a list, and what has to be in that list.
TYPED = {
    "/funds?search=Northumbria": "Police surge funding",
    "/events?search=Baird": "/events/engagement-north-east-2019",
    "/events?search=Javid": "/events/october-package-2018",
    "/events?search=Atkins": "/events/engagement-london-2018",
    "/events?search=Cleveland": "/events/engagement-north-east-2019",
    "/events?search=Birmingham": "/events/engagement-birmingham",
    "/sources?search=Parliament": "/sources/written-answer-210694",
    "/commitments?search=%C2%A3100m&origin=all": "/commitments/ANN-04",
    "/people?search=commissioner+northumbria": "/people/vera-baird",
}
# What they ask everything, and where the answer is.
ASKED = {
    "Northumbria": ["/funds/police-surge", "/organisations/northumbria-pcc"],
    "how much money went to Northumbria": ["/funds/police-surge", "/organisations/northumbria-police"],
    "Baird": ["/people/vera-baird", "/events/engagement-north-east-2019"],
    "Javid": ["/people/sajid-javid", "/events/october-package-2018"],
    "knife crime hospital youth workers": ["/commitments/SVS-13", "/commitments/SVS-13#"],
    "Birmingham": ["/commitments/SVS-13", "/events/engagement-birmingham"],
    "SVS-19": ["/commitments/SVS-19"],
    "Redthread hospital plan nobody wrote": ["/commitments/SVS-13", "/organisations/redthread"],
}
FOLDERS = (
    "/commitments/", "/themes/", "/funds/", "/events/", "/people/", "/organisations/", "/areas/", "/sources/", "/gaps",
)  # fmt: skip


def ask(api: Api, question: str) -> Page:
    return read(api, f"/search?q={quote(question)}")


@pytest.mark.parametrize("address", TYPED)
def test_a_list_finds_names_of_what_belongs_to_its_rows(api_sqlite: Api, address: str) -> None:
    page = read(api_sqlite, address)
    assert "Nothing fits" not in page.text
    assert TYPED[address] in page.text or TYPED[address] in page.links


@pytest.mark.parametrize("question", ASKED)
def test_a_question_leads_to_its_answer(api_sqlite: Api, question: str) -> None:
    links = ask(api_sqlite, question).links
    for wanted in ASKED[question]:
        assert [link for link in links if link.startswith(wanted)], wanted


def test_what_is_found_has_a_place_on_its_page(api_sqlite: Api) -> None:
    seen: dict[str, Page] = {}
    for question in ("knife", "northumbria", "early intervention", "minister commissioner event"):
        for link in ask(api_sqlite, question).links:
            address, _, fragment = link.partition("#")
            if address.startswith(FOLDERS) and address not in seen:
                seen[address] = read(api_sqlite, address)
            if address in seen and fragment:
                assert fragment in seen[address].ids, link
    assert {folder for folder in FOLDERS if any(address.startswith(folder) for address in seen)} == set(FOLDERS)


def test_every_head_has_the_box_and_no_embed_has_it(api_sqlite: Api) -> None:
    for path in [*PAGES, *WITHOUT_QUERY, "/search", "/people"]:
        fields = [(field["type"], field.get("name")) for field in read(api_sqlite, path).all("input")]
        assert fields.count(("search", "q")) == 1, path
    for path in ("/nothing", "/commitments/SVS-99", "/funds?state=LOST"):
        page = Page(api_sqlite.http.get(path, headers={"accept": "text/html"}).text)
        assert {"action": "/search", "method": "get"}.items() <= page.all("form")[0].items()
        assert [field for field in page.all("input") if field.get("name") == "q"]
    for path in EMBEDS:
        assert read(api_sqlite, path).all("form") == []


def test_the_box_keeps_the_question_and_the_day(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/search?q=knife&asOf=2019-06-30")
    fields = {field["name"]: field["value"] for field in page.all("input") if field.get("name") in ("q", "asOf")}
    assert fields == {"q": "knife", "asOf": "2019-06-30"}
    assert next(link for link in page.links if link.startswith("/commitments/")).endswith("?asOf=2019-06-30")


def test_on_nothing_the_page_says_where_was_looked_and_what_else_to_try(api_sqlite: Api) -> None:
    page = ask(api_sqlite, "xyzzy plugh")
    assert "Nothing on record here has “xyzzy” or “plugh”. That does not say that nothing happened." in page.text
    for place in ("Allocations (the name of the recipient", "Events (title, venue, place", "Sources (title"):
        assert place in page.text
    assert {"/gaps", "/sources"} <= set(page.links)


def test_a_word_that_nothing_has_is_named_beside_what_the_others_find(api_sqlite: Api) -> None:
    assert "Nothing on record has “xyzzy”: this is what has the other words." in ask(api_sqlite, "xyzzy Baird").text


def test_what_is_found_of_one_kind_is_read_to_its_end(api_sqlite: Api) -> None:
    more = [link for link in ask(api_sqlite, "parliament").links if "kind=DOCUMENT" in link]
    seen: set[str] = set()
    while more:
        page = read(api_sqlite, more[0])
        seen |= {link for link in page.links if link.startswith("/sources/")}
        more = [link for link in page.links if "after=" in link and link.startswith("/search")]
    query = '{ search(q: "parliament", kinds: [DOCUMENT]) { count } }'
    assert len(seen) == api_sqlite.ask(query)["search"]["count"] > 50


def test_nothing_fits_never_stands_over_a_list(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/events?search=engagement&from=2030-01-01")
    assert "Nothing fits" not in page.text
    assert "/events/engagement-birmingham" in page.links


@pytest.mark.parametrize("path", ["/commitments", "/funds", "/events", "/sources", "/organisations", "/people"])
def test_an_empty_list_says_where_was_looked_and_offers_everything(api_sqlite: Api, path: str) -> None:
    page = read(api_sqlite, f"{path}?search=xyzzy+knife")
    assert "Nothing fits. “xyzzy knife” was looked for in " in page.text
    assert "/search?q=xyzzy+knife" in page.links


@pytest.mark.parametrize(
    "question", ['"', "*", "<script>alert(1)</script>", "🙂", "\u0301", "a" * 900, "%", "' OR 1=1"]
)
def test_any_text_can_be_asked(api_sqlite: Api, question: str) -> None:
    page = ask(api_sqlite, question)
    assert page.heading == f"Search for “{question}”"


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("q=%00", "NUL"),
        (f"q={'a' * 1001}", "1000"),
        (f"q={'+'.join(f'w{number}' for number in range(21))}", "A question may have 20 different words"),
        ("q=knife&kind=LOST", "`kind` is COMMITMENT"),
        ("q=knife&after=nothing", "cursor"),
    ],
)
def test_what_cannot_be_asked_is_said(api_sqlite: Api, query: str, why: str) -> None:
    assert why in Page(get(api_sqlite, f"/search?{query}", 400).text).text
