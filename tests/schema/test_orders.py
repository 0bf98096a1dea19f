"""Orders, and pages in every order: together they are the list, each row once."""

from collections.abc import Callable
from typing import Any

import pytest

from db.vocabulary import Status
from tests.server import Api

Row = dict[str, Any]
DAY = "2019-06-30"
STATUSES = list(Status)

COMMITMENTS = (
    'commitments(filter: {origin: [STRATEGY, LATER], asOf: "2019-06-30"},'
    " orderBy: $order, first: $first, after: $after)"
)
QUERIES = {
    "Commitment": (
        COMMITMENTS,
        'ref title status(asOf: "2019-06-30") daysSinceEvidence(asOf: "2019-06-30")',
    ),
    "Fund": ("funds(orderBy: $order, first: $first, after: $after)", "slug name amount { amount }"),
    "Organisation": (
        "organisations(filter: {role: [LEAD, RECIPIENT]}, orderBy: $order, first: $first, after: $after)",
        "slug name allocated { amount }",
    ),
    "Document": (
        'documents(filter: {to: "2019-12-31"}, orderBy: $order, first: $first, after: $after)',
        "slug title publishedOn",
    ),
    "Event": ("events(orderBy: $order, first: $first, after: $after)", "slug title date"),
}
KEYS: dict[str, Callable[[Row], Any]] = {
    "Commitment REF": lambda row: row["ref"],
    "Commitment TITLE": lambda row: ((row["title"] or "").casefold(), row["ref"]),
    "Commitment STATUS": lambda row: (STATUSES.index(row["status"]), row["ref"]),
    # The last evidence is as many days back as the days since; none at all comes before all.
    "Commitment LAST_EVIDENCE": lambda row: (
        -10_000_000 if row["daysSinceEvidence"] is None else -row["daysSinceEvidence"],
        row["ref"],
    ),
    "Fund NAME": lambda row: (row["name"].casefold(), row["slug"]),
    "Fund AMOUNT": lambda row: (float(row["amount"]["amount"]) if row["amount"] else 0, row["slug"]),
    "Organisation NAME": lambda row: (row["name"].casefold(), row["slug"]),
    "Organisation ALLOCATED": lambda row: (
        float(row["allocated"]["amount"]) if row["allocated"] else 0,
        row["slug"],
    ),
    "Document TITLE": lambda row: (row["title"].casefold(), row["slug"]),
    "Document PUBLISHED_ON": lambda row: (row["publishedOn"], row["slug"]),
    "Event DATE": lambda row: (row["date"] or "9999-12-31", row["slug"]),
    "Event TITLE": lambda row: (row["title"].casefold(), row["slug"]),
}


def pages(api: Api, kind: str, by: str, direction: str, first: int) -> list[list[Row]]:
    field, selection = QUERIES[kind]
    query = f"""query ($order: {kind}Order, $first: Int, $after: String) {{
      {field} {{ edges {{ cursor node {{ {selection} }} }} nodes {{ {selection} }}
        pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }}
    }}"""
    actual: list[list[Row]] = []
    after = None
    while True:
        (page,) = api.ask(query, order={"by": by, "direction": direction}, first=first, after=after).values()
        assert page["nodes"] == [edge["node"] for edge in page["edges"]]
        info = page["pageInfo"]
        assert info["hasPreviousPage"] is (after is not None)
        assert (info["startCursor"], info["endCursor"]) == (page["edges"][0]["cursor"], page["edges"][-1]["cursor"])
        actual.append(page["nodes"])
        after = info["endCursor"]
        if not info["hasNextPage"]:
            return actual


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("order", KEYS)
def test_a_list_is_sorted_and_its_pages_make_it_up(api_readonly: Api, order: str, direction: str) -> None:
    kind, by = order.split()
    (whole,) = pages(api_readonly, kind, by, direction, 100)
    assert whole == sorted(whole, key=KEYS[order], reverse=direction == "DESC")
    parts = pages(api_readonly, kind, by, direction, 7)
    assert [row for page in parts for row in page] == whole
    assert {len(page) for page in parts[:-1]} == {7}


def test_a_page_that_ends_with_the_list_has_no_next(api_readonly: Api) -> None:
    assert [len(page) for page in pages(api_readonly, "Commitment", "REF", "ASC", 11)] == [11] * 7


def test_the_first_page_is_one_hundred_by_default_and_by_null(api_readonly: Api) -> None:
    for query in ("{ documents { nodes { id } } }", "{ documents(first: null) { nodes { id } } }"):
        assert len(api_readonly.ask(query)["documents"]["nodes"]) == 100


@pytest.mark.parametrize(
    "field", ["organisations", "documents", "discrepancies", 'document(slug: "north-east-event-2019") { citations']
)
def test_lists_without_an_order_are_paged_too(api_readonly: Api, field: str) -> None:
    inner = "{ nodes { id } totalCount pageInfo { hasNextPage endCursor } }"
    end = "}" if "{" in field else ""
    query = f"query ($first: Int, $after: String) {{ {field}(first: $first, after: $after) {inner} {end} }}"
    ids: list[str] = []
    after = None
    while True:
        (page,) = api_readonly.ask(query, first=9, after=after).values()
        page = page.get("citations", page)
        ids += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(ids) == len(set(ids)) == page["totalCount"] > 20
