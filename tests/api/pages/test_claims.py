"""The government's word against everybody else's: the same on the page, in lists and files, and by the API."""

import csv
import io
import re
from urllib.parse import urlsplit

import pytest

from tests.api.pages.reading import Page, get, read
from tests.server import Api

# Read by hand from the statuses of our data: what the government calls delivered, on which day it last said so, and the
# most that anybody else ever said, with the day. Whoever said as much is left out: SVS-01 and SVS-02 (others), SVS-13
# (others, before), SVS-23 (those who carry it out).
DELIVERED_BY_ITS_WORD_ALONE = {
    "SVS-05": ("2018-12-31", "others: PARTIALLY_DELIVERED, 2018-12-20"),
    "SVS-08": ("2019-03-25", "nobody else"),
    "SVS-10": ("2020-02-10", "others: PARTIALLY_DELIVERED, 2018-11-12; delivery: PARTIALLY_DELIVERED, 2018-11-10"),
    "SVS-15": ("2019-05-15", "others: IN_PROGRESS, 2019-05-24"),
    "SVS-20": ("2020-02-10", "nobody else"),
    "SVS-24": ("2019-02-20", "nobody else"),
    "SVS-29": ("2021-03-22", "nobody else"),
}
# Of these, the status is another's for SVS-15: it is in progress.
HOLLOW = DELIVERED_BY_ITS_WORD_ALONE.keys() - {"SVS-15"}
QUESTION = "governmentStatus=DELIVERED&governmentAlone=yes"


def refs(page: Page) -> set[str]:
    """The commitments that the page leads to."""
    paths = [urlsplit(link).path for link in page.links]
    return {path.rpartition("/")[2] for path in paths if path.startswith("/commitments/")}


def rows(api: Api, address: str) -> list[dict[str, str]]:
    response = api.http.get(address)
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text, newline=""), strict=True))


def test_where_nothing_is_by_its_word_alone_no_list_of_it_is_offered(api_sqlite: Api) -> None:
    claims = read(api_sqlite, "/claims?asOf=2018-06-30")
    assert "The government says that 1 commitment is delivered." in claims.text
    assert "by its word alone" not in claims.text


def test_what_is_delivered_by_the_governments_word_alone_is_the_same_everywhere(api_sqlite: Api) -> None:
    expected = set(DELIVERED_BY_ITS_WORD_ALONE)
    query = "{ commitments(filter: {governmentStatus: [DELIVERED], governmentAlone: true}) { nodes { ref } } }"
    assert {node["ref"] for node in api_sqlite.ask(query)["commitments"]["nodes"]} == expected
    # The page of claims counts them, and leads to the list, which is a file, too.
    claims = read(api_sqlite, "/claims")
    [link] = [link for link in claims.links if link.endswith(QUESTION)]
    assert f"{len(expected)} of them by its word alone: nobody else has ever said as much." in claims.text
    assert "The first page goes by the latest word of anybody" in claims.text
    assert expected <= refs(claims)
    assert refs(read(api_sqlite, link)) == expected
    assert {row["ref"] for row in rows(api_sqlite, f"/commitments.csv?{QUESTION}")} == expected
    files = {
        "/claims.csv": ("government", "governmentOn"),
        "/data/commitments.csv": ("governmentStatus", None),
    }
    for address, (word, on) in files.items():
        own = [row for row in rows(api_sqlite, address) if row["ref"].startswith("SVS")]
        alone = [row for row in own if (row[word], row["governmentAlone"]) == ("DELIVERED", "true")]
        assert {row["ref"] for row in alone} == expected
        if on:
            days = {ref: day for ref, (day, _) in DELIVERED_BY_ITS_WORD_ALONE.items()}
            assert {row["ref"]: row[on] for row in alone} == days


def test_the_words_of_others_are_those_read_by_hand(api_sqlite: Api) -> None:
    claims = {row["ref"]: row for row in rows(api_sqlite, "/claims.csv")}
    for ref, (_, words) in DELIVERED_BY_ITS_WORD_ALONE.items():
        said = [
            f"{side}: {claims[ref][f'{side}Status']}, {claims[ref][f'{side}On']}"
            for side in ("others", "delivery")
            if claims[ref][f"{side}Status"]
        ]
        assert "; ".join(said) == ("" if words == "nobody else" else words)


@pytest.mark.parametrize("address", ["/claims", "/claims?origin=all&theme=county-lines", "/claims?asOf=2019-06-30"])
def test_each_cell_is_the_list_that_it_leads_to(api_sqlite: Api, address: str) -> None:
    page = read(api_sqlite, address)
    query, variables = page.query
    entries = api_sqlite.ask(query, **variables)["record"]["confirmations"]
    assert {commitment["ref"] for entry in entries for commitment in entry["commitments"]} == refs(page)
    listed = rows(api_sqlite, f"/claims.csv?{urlsplit(address).query}")
    assert sum(entry["count"] for entry in entries) == len(listed)
    # What a cell has no room for is a link away.
    rest = [link for link in page.links if "confirmation=" in link and "governmentAlone=" in link]
    found = [re.search(r"(\d+) commitments", read(api_sqlite, link).text) for link in rest]
    long = [entry["count"] for entry in entries if entry["count"] > len(entry["commitments"])]
    assert sorted(int(match[1]) for match in found if match) == sorted(long)


def test_each_outcome_leads_to_its_list(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/claims")
    links = [link for link in page.links if "governmentStatus=DELIVERED&confirmation=" in link]
    assert len(links) > 3
    total = sum(len(refs(read(api_sqlite, link))) for link in links)
    whole = next(link for link in page.links if link.endswith("governmentStatus=DELIVERED"))
    assert total == len(refs(read(api_sqlite, whole)))


def test_pages_tell_what_is_not_confirmed_since_from_what_is_contradicted(api_sqlite: Api) -> None:
    assert "Not confirmed since: others, or those who carry it out, spoke only before" in words(api_sqlite, "SVS-18")
    assert "Contradicted: since the government said so, others have said otherwise." in words(api_sqlite, "SVS-15")
    assert "only those who carry it out have spoken: they say as much." in words(api_sqlite, "SVS-13")
    listed = read(api_sqlite, "/commitments").text
    assert "Others contradict the government" in listed
    assert "The government's word is not confirmed since" in listed
    home = read(api_sqlite, "/").text
    assert "Others contradict the government" in home
    assert "The government's word is not confirmed since" in home


def words(api: Api, ref: str) -> str:
    return read(api, f"/commitments/{ref}").text


def test_the_timeline_has_a_lane_for_each_side(api_sqlite: Api) -> None:
    page = words(api_sqlite, "SVS-10")
    for lane in ("The government says", "Those who carry it out say", "Others say"):
        assert lane in page


def test_a_promise_of_which_nothing_was_found_since_says_so(api_sqlite: Api) -> None:
    told = "Promised on 9 April 2018; nothing found since (searched on 22 November 2026)"
    for path in ("/commitments/SVS-06", "/commitments?search=Unplugged", "/embed/commitments/SVS-06"):
        assert told in read(api_sqlite, path).text
    assert "nothing found since" not in words(api_sqlite, "SVS-08")
    # Before the search, nobody had looked.
    assert "nothing found since" not in read(api_sqlite, "/commitments/SVS-06?asOf=2026-11-21").text


def test_what_travels_says_whose_word_it_is(api_sqlite: Api) -> None:
    told = f"{len(HOLLOW)} of them by the government's word alone"
    home = read(api_sqlite, "/")
    [description] = [meta["content"] for meta in home.all("meta") if meta.get("name") == "description"]
    assert told in description
    assert told in home.text
    assert (
        f"{len(HOLLOW)} by the government\N{RIGHT SINGLE QUOTATION MARK}s word alone"
        in read(api_sqlite, "/embed/progress").text
    )
    assert (
        "Delivered, by the government\N{RIGHT SINGLE QUOTATION MARK}s word alone"
        in read(api_sqlite, "/embed/commitments/SVS-08").text
    )
    [description] = [
        m["content"] for m in read(api_sqlite, "/commitments/SVS-24").all("meta") if m.get("name") == "description"
    ]
    assert "delivered, only the government says" in description
    for card in ("/cards/home.svg", "/cards/commitments/SVS-08.svg"):
        assert "word alone" in api_sqlite.http.get(card).text


@pytest.mark.parametrize("path", ["/", "/embed/progress", "/charts/commitments.svg"])
def test_the_grid_has_a_hollow_mark_for_the_governments_word_alone(api_sqlite: Api, path: str) -> None:
    text = api_sqlite.http.get(path).text
    # In the grid a mark has a place; in the key of a page it has none, and in that of a picture it is small.
    hollow = re.findall(r'href="#mark-(?:PARTIALLY_)?DELIVERED-alone" x="[\d.]+" y="[\d.]+" width="(?!14")\d+"', text)
    assert len(hollow) == len(HOLLOW)


def test_an_earlier_day_has_the_words_of_that_day(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/claims?asOf=2019-05-20").text
    # SVS-15 was called delivered five days before, and nobody had said otherwise yet.
    assert "SVS-15" in page
    listed = read(api_sqlite, "/commitments?asOf=2019-05-20&confirmation=NOBODY_ELSE&governmentStatus=DELIVERED")
    assert "SVS-15" in refs(listed)
    assert "SVS-15" not in refs(read(api_sqlite, "/commitments?confirmation=NOBODY_ELSE&governmentStatus=DELIVERED"))


def test_values_that_are_not_known_are_refused(api_sqlite: Api) -> None:
    get(api_sqlite, "/commitments?confirmation=PERHAPS", 400)
    get(api_sqlite, "/commitments?governmentAlone=perhaps", 400)
    get(api_sqlite, "/claims?origin=perhaps", 400)
