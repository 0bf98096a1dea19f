"""The sentences on top of a page say what the API counts, in a reader's words."""

import datetime as dt

import pytest

from tests.api.pages.reading import read
from tests.server import Api

JARGON = (
    "seed document",
    "medium confidence",
    "low confidence",
    "wa-2026",
    "unreconciled",
    "bears on",
    "bears it out",
    "later sign",
    "both clocks",
    "engagement-events",
    "at least £0 ",
)
DELIVERED = ("DELIVERED", "PARTIALLY_DELIVERED")


@pytest.mark.parametrize("day", ["2019-06-30", "2026-12-01"])
def test_the_first_page_says_what_is_known_and_what_is_not(api_sqlite: Api, day: str) -> None:
    data = api_sqlite.ask(
        """query ($day: Date!) { record(asOf: $day) {
            progress { groups { group count } } coverage { unidentified }
            alone: commitments(filter: { statusGroup: [DELIVERED], governmentAlone: true }, first: 100) {
                nodes { statusUpdate { side } }
            }
        } }""",
        day=day,
    )["record"]
    group = {entry["group"]: entry["count"] for entry in data["progress"]["groups"]}
    alone = sum(node["statusUpdate"]["side"] == "GOVERNMENT" for node in data["alone"]["nodes"])
    text = read(api_sqlite, f"/?asOf={day}").text
    assert f"carried out, in part or whole: {group['DELIVERED']} of the 61, of which {alone} by the government" in text
    assert f"Of {group['UNKNOWN']} nothing can be said" in text


def test_what_was_in_place_before_the_strategy_is_counted_apart(api_sqlite: Api) -> None:
    published = dt.date.fromisoformat(api_sqlite.ask("{ strategy { publishedOn } }")["strategy"]["publishedOn"])
    nodes = api_sqlite.ask(
        "query ($before: Date!) { commitments(first: 100) { nodes { ref status before: status(asOf: $before) } } }",
        before=(published - dt.timedelta(days=1)).isoformat(),
    )["commitments"]["nodes"]
    earlier = [node["ref"] for node in nodes if node["status"] in DELIVERED and node["before"] in DELIVERED]
    assert "SVS-02" in earlier
    assert f"{len(earlier)} of them were in place before the Serious Violence Strategy" in read(api_sqlite, "/").text


def test_funds_say_how_many_add_up_and_how_many_cannot_be_followed(api_sqlite: Api) -> None:
    counts = api_sqlite.ask("""{
        every: funds(first: 1) { totalCount } balanced: funds(filter: { state: [BALANCED] }, first: 1) { totalCount }
        unstated: funds(filter: { state: [NOTHING_STATED] }, first: 1) { totalCount }
    }""")
    every, balanced, unstated = (counts[name]["totalCount"] for name in ("every", "balanced", "unstated"))
    text = read(api_sqlite, "/funds").text
    assert f"Of {every} funds with their parts, sources state the size of {every - unstated}." in text
    assert f"For {balanced} of these" in text
    assert f"For {every - unstated - balanced} it cannot be shown where all of the money went" in text


@pytest.mark.parametrize(
    "path",
    [
        "/sources",
        "/sources/london-event-2018",
        "/commitments/SVS-17",
        "/commitments",
        "/funds",
        "/",
        "/claims",
        "/events/engagement-north-east-2019",
        "/people/vera-baird",
        "/search?q=Northumbria",
        "/report",
        "/method",
        "/themes/communities",
    ],
)
def test_no_word_of_ours_that_a_reader_cannot_know_is_on_a_page(api_sqlite: Api, path: str) -> None:
    main = read(api_sqlite, path).within("main").lower()
    assert [word for word in JARGON if word in main] == []


def test_the_first_page_counts_no_nothing(api_sqlite: Api) -> None:
    coverage = api_sqlite.ask("{ coverage { identified withStatus } }")["coverage"]
    assert coverage["identified"] == coverage["withStatus"]
    assert "no status by any source's word" not in read(api_sqlite, "/").text
    assert "Commitments without a status" not in read(api_sqlite, "/gaps").text


def test_a_source_that_is_cited_again_does_not_repeat_its_title(api_sqlite: Api) -> None:
    path, title = (
        "/events/engagement-north-east-2019",
        "Its own title: “Home Office hosts North East serious violence event”",
    )
    query = """{ event(slug: "engagement-north-east-2019") { citations { document { slug originalTitle } } } }"""
    cited = [one["document"] for one in api_sqlite.ask(query)["event"]["citations"]]
    documents = {one["slug"] for one in cited if one["originalTitle"] and one["originalTitle"] in title}
    assert len(documents) < len([one for one in cited if one["slug"] in documents])
    assert read(api_sqlite, path).text.count(title) == len(documents)


def test_a_source_that_only_disagrees_has_no_citations_to_explain(api_sqlite: Api) -> None:
    query = '{ document(slug: "lords-2018-06-11") { citations(first: 1) { totalCount } } }'
    assert api_sqlite.ask(query)["document"]["citations"]["totalCount"] == 0
    text = read(api_sqlite, "/sources/lords-2018-06-11").text
    assert "No statement rests on it, but disagreements do." in text
    assert "0 citations" not in text
