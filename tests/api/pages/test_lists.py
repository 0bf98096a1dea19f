"""Each list as CSV: the rows of the page, all of them, by its filters and at its moment."""

import csv
import io
from collections.abc import Iterator

import pytest

from api.pages.lists import LISTS
from db.database import Database
from tests.api.pages.reading import read
from tests.engines import seed_sqlite
from tests.scale import multiply
from tests.server import Api, serving

# The field of the API that has the rows of a list, and the key of a row.
NODES = {
    "/commitments": ("commitments", "ref"),
    "/funds": ("funds", "slug"),
    "/sources": ("documents", "slug"),
    "/organisations": ("organisations", "slug"),
    "/people": ("people", "slug"),
}


def rows(api: Api, address: str) -> list[dict[str, str]]:
    response = api.http.get(address)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    return list(csv.DictReader(io.StringIO(response.text, newline=""), strict=True))


def keys(api: Api, path: str, filter: str) -> list[str]:
    field, key = NODES[path]
    found: list[str] = []
    after = None
    while True:
        nodes = f"nodes {{ {key} }} pageInfo {{ hasNextPage endCursor }}"
        query = f"query ($after: String) {{ {field}({filter} first: 40, after: $after) {{ {nodes} }} }}"
        page = api.ask(query, after=after)[field]
        found += [node[key] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


@pytest.mark.parametrize(
    ("path", "query", "filter"),
    [
        ("/commitments", "", ""),
        ("/commitments", "origin=all", "filter: {origin: [STRATEGY, LATER]},"),
        ("/commitments", "origin=later&hasFunds=yes", "filter: {origin: [LATER], hasFunds: true},"),
        ("/commitments", "theme=communities&theme=county-lines&status=DELIVERED&status=IN_PROGRESS",
         'filter: {theme: ["communities", "county-lines"], status: [DELIVERED, IN_PROGRESS]},'),
        ("/commitments", "orderBy=LAST_EVIDENCE&direction=DESC", "orderBy: {by: LAST_EVIDENCE, direction: DESC},"),
        ("/commitments", "search=knife&agreement=GOVERNMENT_ONLY&after=&lead=",
         'filter: {search: "knife", agreement: [GOVERNMENT_ONLY]},'),
        ("/funds", "", ""),
        ("/funds", "state=SHORTFALL", "filter: {state: [SHORTFALL]},"),
        ("/sources", "publisher=home-office&kind=RECORD", 'filter: {publisher: ["home-office"], kind: [RECORD]},'),
        ("/organisations", "kind=CHARITY&search=trust", 'filter: {kind: [CHARITY], search: "trust"},'),
    ],
)  # fmt: skip
def test_a_list_as_csv_has_what_the_api_answers_in_its_order(
    api_sqlite: Api, path: str, query: str, filter: str
) -> None:
    expected = keys(api_sqlite, path, filter)
    assert expected
    assert [row[NODES[path][1]] for row in rows(api_sqlite, f"{path}.csv?{query.replace('after=&', '')}")] == expected


def test_the_status_of_a_list_is_that_of_its_day(api_sqlite: Api) -> None:
    nodes = api_sqlite.ask('{ commitments(filter: {status: [ANNOUNCED], asOf: "2018-06-30"}) { nodes { ref } } }')
    found = rows(api_sqlite, "/commitments.csv?status=ANNOUNCED&asOf=2018-06-30")
    assert [row["ref"] for row in found] == [node["ref"] for node in nodes["commitments"]["nodes"]]
    assert {row["status"] for row in found} == {"ANNOUNCED"}
    assert len(rows(api_sqlite, "/commitments.csv?identified=yes&knownAt=2026-11-25T00:00:00Z")) < len(
        rows(api_sqlite, "/commitments.csv?identified=yes")
    )


def test_what_a_pivot_of_the_list_counts_is_what_the_site_counts(api_sqlite: Api) -> None:
    counts = api_sqlite.ask("{ progress { total counts { status count } } }")["progress"]
    found = [row["status"] for row in rows(api_sqlite, "/commitments.csv")]
    assert len(found) == counts["total"] == 61
    assert {entry["status"]: found.count(entry["status"]) for entry in counts["counts"]} == {
        entry["status"]: entry["count"] for entry in counts["counts"]
    }


def test_events_are_those_of_both_lists_of_the_page(api_sqlite: Api) -> None:
    for query in ("", "from=2018-07-01&to=2019-06-30", "asOf=2019-06-30&kind=LAUNCH", "search=launch"):
        page = read(api_sqlite, f"/events?{query}")
        found = rows(api_sqlite, f"/events.csv?{query}")
        dated = [row["slug"] for row in found if row["date"]]
        assert f"{len(dated)} dated event" in page.text
        assert f"{len(found) - len(dated)} without a date" in page.text
        assert all(f"/events/{row['slug']}" in " ".join(page.links) for row in found)
        days = [row["date"] for row in found]
        assert days == sorted(days, key=lambda day: day or "9999")


def test_gaps_are_those_of_the_api(api_sqlite: Api) -> None:
    query = """{ coverage { gaps { kind note subject { __typename ... on Commitment { ref title }
      ... on Fund { slug name } ... on Event { slug title: title } ... on Discrepancy { slug question }
      ... on Allocation { fund { slug name } recipient { slug name } } } } } }"""
    gaps = api_sqlite.ask(query.replace("title: title", "called: title"))["coverage"]["gaps"]
    expected = []
    for gap in gaps:
        about = gap["subject"]
        if about["__typename"] == "Allocation":
            key = f"{about['fund']['slug']}/{about['recipient']['slug']}"
            name = f"{about['fund']['name']}: {about['recipient']['name']}"
        else:
            key = about.get("ref") or about["slug"]
            name = next((about[field] for field in ("title", "called", "name", "question") if about.get(field)), "")
        expected.append((gap["kind"], gap["note"], about["__typename"], key, name))
    found = rows(api_sqlite, "/gaps.csv")
    assert [tuple(row[name] for name in ("kind", "note", "subjectType", "subject", "name")) for row in found] == [
        tuple(text if not text.startswith(("=", "+", "-", "@")) else f"'{text}" for text in row) for row in expected
    ]


@pytest.mark.parametrize("path", [path for path in LISTS if not path.startswith("/compare")])
def test_each_list_page_leads_to_its_file_with_its_filters_and_moment(api_sqlite: Api, path: str) -> None:
    word = "north" if path == "/areas" else "home"
    filters = f"&search={word}" if "search" in LISTS[path][0] else ""
    page = read(api_sqlite, f"{path}?asOf=2019-06-30{filters}")
    [link] = [link for link in page.links if link.startswith(f"{path}.csv")]
    assert "asOf=2019-06-30" in link
    assert filters in f"&{link.partition('?')[2]}"
    assert rows(api_sqlite, link)


@pytest.mark.parametrize(
    ("address", "messages"),
    [
        ("/commitments.csv?group=DELIVERED", ["`group` is not known here: a file takes `theme`, `status`"]),
        ("/commitments.csv?after=x", ["`after` is not known here"]),
        ("/commitments.csv?status=DONE&agreement=PERHAPS",
         ["Value 'DONE' does not exist in 'Status' enum.", "Value 'PERHAPS' does not exist in 'Agreement' enum."]),
        ("/commitments.csv?origin=mine", ["`origin` is all or later."]),
        ("/commitments.csv?search=a+b+c+d+e+f+g+h+i+j+k", ["A search may have 10 words; this one has 11."]),
        ("/commitments.csv?asOf=yesterday", ["`asOf`: A Date is a day as text"]),
        ("/events.csv?from=tomorrow", ["A Date is a day as text"]),
        ("/events.csv?to=tomorrow", ["`to`: A Date is a day as text"]),
        ("/gaps.csv?kind=NO_DATE", ["`kind` is not known here"]),
    ],
)  # fmt: skip
def test_what_a_list_cannot_be_asked_is_refused_in_words(api_sqlite: Api, address: str, messages: list[str]) -> None:
    response = api_sqlite.http.get(address)
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}
    for message in messages:
        assert message in response.json()["errors"][0]["message"]


def test_two_filters_are_two_files_and_the_same_one_is_not_sent_again(api_sqlite: Api) -> None:
    first, other = (api_sqlite.http.get(f"/funds.csv?state={state}") for state in ("SHORTFALL", "INCOMPLETE"))
    assert first.headers["etag"] != other.headers["etag"]
    again = api_sqlite.http.get("/funds.csv?state=SHORTFALL", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    name = 'attachment; filename="sixty-one-funds-list-2026-12-01.csv"'
    assert first.headers["content-disposition"] == name
    assert api_sqlite.http.get("/funds.csv?bom=1").content.startswith(b"\xef\xbb\xbf")
    assert api_sqlite.http.post("/funds.csv").status_code == 405


@pytest.fixture(scope="module")
def api_large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """6,100 commitments."""
    url = seed_sqlite(tmp_path_factory.mktemp("lists"))
    database = Database(url)
    multiply(database, 100)
    database.close()
    with serving(url) as api:
        yield api


def test_a_long_list_is_whole(api_large: Api) -> None:
    found = [row["ref"] for row in rows(api_large, "/commitments.csv?status=DELIVERED&orderBy=TITLE")]
    total = api_large.ask("{ commitments(filter: {status: [DELIVERED]}, first: 1) { totalCount } }")["commitments"]
    assert len(set(found)) == len(found) == total["totalCount"] > 500
