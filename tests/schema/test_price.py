"""Every query has a price, which follows from the query and from how long the lists are that it leads to."""

from collections.abc import Iterator
from typing import Any

import pytest

from schema.node import global_id
from tests.api.lite import error_body, refusal
from tests.engines import seed_sqlite
from tests.server import Api, capture_statements, serving

CITATIONS = """query ($n: Int = 10) {
  documents(first: 20) { nodes { citations(first: $n) { nodes { id document { slug } } } } }
}"""


@pytest.fixture(scope="module")
def api_refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """An application that refuses everything, and so tells the price of everything."""
    with serving(seed_sqlite(tmp_path_factory.mktemp("price")), max_cost=1, answers_bytes=0) as api:
        yield api


def price(miser: Api, query: str, variables: dict[str, Any] | None = None) -> int:
    """What the refusal says; and that it was refused before the database was asked anything."""
    with capture_statements() as statements:
        answer = error_body(miser.send(query, variables))
    cost = answer["errors"][0]["extensions"].get("asked")
    message = f"A query may cost 1; this one could cost {cost}."
    assert answer == refusal("QUERY_TOO_COSTLY", message, allowed=1, asked=cost)
    assert statements == []
    return int(cost)


# The same row of two moments.
NOW, AT_FIRST = global_id("Commitment", "SVS-01"), global_id("Commitment@@1", "SVS-01")
# The object that a query begins with; a field without arguments that a statement answers; a list of all rows.
ROOT, OBJECT, LIST = 2, 1 + 50, 5 + 200


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ dataset { revision } }", ROOT + OBJECT + 2 + 1),
        ("{ a: dataset { revision updatedAt } b: dataset { revision } }", ROOT + 2 * (OBJECT + 2) + 3),
        # A list looks at each of 77 commitments, and a count does so again.
        ("{ commitments { totalCount } }", ROOT + LIST + 2 + 2 + 1 + 200 + 2 + 2),
        # A page counts as often as it has items, or may have.
        ("{ commitments { nodes { ref } } }", ROOT + LIST + 2 + 2 + 1 + 77 * 3),
        ("{ commitments(first: 10) { nodes { ref } } }", ROOT + LIST + 2 + 2 + 1 + 10 * 3),
        ("{ commitments(first: 10) { edges { cursor node { ref } } } }", ROOT + LIST + 2 + 2 + 1 + 10 * (4 + 3)),
        (
            "{ commitments(first: 10) { ...A } } fragment A on CommitmentConnection { nodes { ref } }",
            ROOT + LIST + 2 + 2 + 1 + 10 * 3,
        ),
        # A list in an object counts as long as it is, one in each of many as long as the longest together.
        ("{ strategy { themes { title } } }", ROOT + OBJECT + 2 + OBJECT + 4 * 3),
        ('{ fund(slug: "youth-fund-round-1") { allocations { id } } }', ROOT + 5 + 50 + 90 + 2 + OBJECT + 19 * 3),
        (
            "{ funds(first: 2) { nodes { allocations { id } } } }",
            ROOT + LIST + 1 + 2 + 1 + 2 * 2 + 2 + 50 + (19 + 18) * 3,
        ),
        # What leads back and forth counts as often as it meets the same again.
        (
            '{ fund(slug: "youth-fund-round-1") { allocations { fund { allocations { id } } } } }',
            ROOT + 5 + 50 + 90 + 2 + OBJECT + 19 * (2 + 1 + 2 + 1) + 50 + 50 + 19 * 19 * 3,
        ),
        # A text and the entries of a list count, because the database has to go through them.
        (
            '{ commitments(filter: {theme: ["violence"]}) { totalCount } }',
            ROOT + LIST + 45 + 4 + 2 + 1 + 200 + 45 + 4 + 2,
        ),
        # So does what a condition or an order takes on each row, and what is counted.
        ("{ commitments(filter: {agreement: [AGREE]}) { totalCount } }", ROOT + LIST + 38 + 2 + 1 + 200 + 38 + 2),
        ("{ coverage { stated } }", ROOT + 5 + 412 + 2 + 1),
        (
            '{ progressSeries(from: "2018-01-01", to: "2018-12-31") { total } }',
            ROOT + 5 + 100 + 50 + 202 + 50 + 13 + 50 + 12 * 6 * 12 + 12 * 3,
        ),
        # A version is of a moment of its own: what is asked of it there costs its statement for each, here for two.
        ('{ commitment(ref: "SVS-01") { versions { record } } }', ROOT + 5 + 50 + 30 + 2 + 1 + 150 + 2 * (2 + 1)),
        (
            '{ commitment(ref: "SVS-01") { versions { node { ... on Commitment { status } } } } }',
            ROOT + 5 + 50 + 30 + 2 + 1 + 150 + 2 * (2 + 1 + 2 + 5 + 50),
        ),
        (
            f'{{ nodes(ids: ["{NOW}", "{AT_FIRST}"]) {{ ... on Fund {{ parts {{ id }} }} }} }}',
            ROOT + 5 + 5 * (len(NOW) + len(AT_FIRST) + 2) + 50 * 3 + 2 * 2 + 2 * (1 + 50) + 6 * 3,
        ),
        ("{ __schema { queryType { name } } }", ROOT + 1 + 2 + 1 + 2 + 1),
    ],
)
def test_every_query_has_a_price_that_is_known_before_the_database_is_asked(
    api_refusing: Api, query: str, cost: int
) -> None:
    assert price(api_refusing, query) == cost


@pytest.mark.parametrize(
    ("variables", "cost"), [({}, 2_203), ({"n": 1}, 943), ({"n": 1.0}, 943), ({"n": 100}, 3_204), ({"n": None}, 3_204)]
)
def test_the_price_knows_variables_and_their_defaults(api_refusing: Api, variables: dict[str, Any], cost: int) -> None:
    assert price(api_refusing, CITATIONS, variables) == cost


def test_a_price_that_is_cached_is_that_of_the_same_variables(api_readonly: Api) -> None:
    def ask(n: float) -> int:
        variables = {"n": n, "other": n}
        response = api_readonly.http.post(
            "/graphql", json={"query": CITATIONS, "variables": variables}, headers={"Sixty-One-Cost": "1"}
        )
        return int(response.json()["extensions"]["cost"]["price"])

    numbers = [*range(1, 12), 5, 1]
    prices = [ask(number) for number in numbers]
    assert prices == [ask(number) for number in numbers]
    assert prices[:11] == sorted(set(prices))


@pytest.mark.parametrize("words", [["knife", "crime"], ["knife crime"], "knife crime!"])
def test_the_price_counts_texts_in_variables(api_refusing: Api, words: list[str] | str) -> None:
    query = "query ($words: [String!]) { commitments(filter: {theme: $words}) { totalCount } }"
    nothing = price(api_refusing, query, {"words": []})
    assert price(api_refusing, query, {"words": words}) == nothing + 2 * 5 * 12
