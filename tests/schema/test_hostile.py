"""To weigh and to refuse the worst queries that are known takes next to nothing, however they are written."""

from collections.abc import Callable, Iterator
from typing import Any

import graphql
import pytest

from db.sizes import Sizes
from schema import price
from schema.limits import Limits
from tests.api.lite import answers
from tests.engines import seed_sqlite
from tests.schema.test_limits import SCHEMA, many, nested_fragments, processing
from tests.server import Api, serving


@pytest.fixture(scope="module")
def api_uncached(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    # Without answers that were given before, and without the question whether they still stand.
    with serving(seed_sqlite(tmp_path_factory.mktemp("hostile")), answers_bytes=0) as api:
        yield api


@pytest.mark.parametrize(
    "hostile",
    [
        lambda size: nested_fragments(size // 10, inside="dataset { revision }"),
        lambda size: "{ " + many(size, "...F#") + " } " + many(size, "fragment F# on Query { dataset { revision } }"),
        lambda size: "{ " + many(size, "commitments(first: 1) { nodes { theme { title } } }") + " }",
        lambda size: "{ " + many(size, 'a#: commitment(ref: "x") { ref }') + " }",
        lambda size: "{ commitments(filter: {theme: [" + many(size, '"a"') + "]}) { totalCount } }",
    ],
    ids=["nested fragments", "many fragments", "many fields", "many aliases", "a long list"],
)
def test_weighing_twice_as_much_takes_about_twice_as_long(hostile: Callable[[int], str]) -> None:
    def weighing(size: int) -> float:
        document = graphql.parse(hostile(size))
        operation = graphql.get_operation_ast(document)
        assert operation
        return min(
            processing(
                lambda: price.check_price(SCHEMA, document, operation, {}, Limits(10**9, 10**9, 10**9, 10**9), Sizes())
            )
            for _ in range(5)
        )

    # Four times as much, in less than seven times: a square would be sixteen. The rest is for clocks that are coarse.
    assert weighing(1_600) < 7 * weighing(400) + 0.005


HOSTILE = {
    "one field, again and again": "{ " + "__typename " * 1_990 + "}",
    "one object, again and again": "{ " + "commitments { totalCount } " * 490 + "}",
    "one tree, again and again": "{ " + "strategy { themes { commitments { id } } } " * 190 + "}",
    "one field with different arguments": "{ " + many(220, 'commitment(ref: "#") { ref }') + " }",
    "the same fields in many fragments": "{ "
    + many(150, "...F#")
    + " } "
    + many(150, "fragment F# on Query { dataset { revision } }"),
    "fragments that nobody uses": "{ __typename } " + many(240, "fragment F# on Query { __typename }"),
    "fragments that nobody wrote": "{ " + many(900, "...F#") + " }",
    "fragments that go round in circles": "{ ...F0 } " + many(28, "fragment F# on Query { " + many(28, "...F#") + " }"),
    "fields that do not exist": "{ " + many(1_900, "comitment#") + " }",
    "arguments that do not exist": "{ commitments(" + many(490, "firs#: 1") + ") { totalCount } }",
    "entries that do not exist": "{ commitments(filter: {" + many(490, "orig#: 1") + "}) { totalCount } }",
    "types that do not exist": "{ " + many(330, "... on Commitmen# { id }") + " }",
    "words that do not exist": "{ commitments(filter: {status: [" + many(1_900, "DELIVERE#") + "]}) { totalCount } }",
    "directives that do not exist": "{ __typename " + many(900, "@ski#") + " }",
    "many operations": many(150, "query Q# { ...F0 }") + many(100, " fragment F# on Query { __typename }"),
    "lists in lists": "{ commitments(filter: {status: " + "[" * 240 + "]" * 240 + "}) { totalCount } }",
    "lists in lists as a type": "query ($v: " + "[" * 240 + "String" + "]" * 240 + ") { __typename }",
    "objects in objects": "{ commitments(filter: " + "{a: " * 120 + "1" + "}" * 120 + ") { totalCount } }",
    "a number of 90,000 digits": "{ commitments(first: " + "9" * 90_000 + ") { totalCount } }",
    "a fraction of 90,000 digits": "{ node(id: " + "9" * 45_000 + "." + "9" * 45_000 + "e999999) { id } }",
    "a text of 90,000 characters": '{ commitment(ref: "' + "x" * 90_000 + '") { ref } }',
    "a text of escapes": '{ commitment(ref: "' + r"\u0041" * 15_000 + '") { ref } }',
    "a text of lines": '{ commitment(ref: """' + "\n  a" * 22_000 + '""") { ref } }',
    "a comment of 90,000 characters": "#" + "x" * 90_000 + "\n{ __typename }",
    "45,000 comments": "#\n" * 45_000 + "{ __typename }",
    "90,000 commas": "," * 90_000 + "{ __typename }",
    "the schema in the schema": "{ __schema { types { " + "fields { type { " * 6 + "name" + " } }" * 6 + " } } }",
    "the schema, again and again": "{ " + many(99, "a#: __schema { types { fields { args { name } } } }") + " }",
    "series, again and again": "{ "
    + many(99, 'a#: progressSeries(from: "2017-01-01", to: "2026-11-30") { total }')
    + " }",
    "counts, again and again": "{ " + many(99, "a#: coverage { gaps { kind } }") + " }",
    "groups, again and again": "{ "
    + many(14, "a#: moneySums(by: LEAD, first: 1) { totalCount }")
    + many(20, 'b#: commitmentCounts(by: RECIPIENT, filter: {search: "a b c#"}, first: 1) { totalCount }')
    + " }",
    "facets of words, again and again": "{ "
    + many(4, 'a#: facets(filter: {search: "a b c d e f g h i j#"}) { host { value } topic { value } fund { value } }')
    + " }",
    "words, again and again": "{ "
    + many(70, f'a#: commitments(filter: {{search: "{"a " * 400}"}}) {{ totalCount }}')
    + " }",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_worst_that_is_known_takes_less_than_a_second(api_uncached: Api, name: str) -> None:
    query = HOSTILE[name]
    assert len(query) < 99_000
    assert processing(lambda: api_uncached.send(query)) < 1
    assert answers(api_uncached)


def in_lists(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


VARIABLES: dict[str, tuple[str, dict[str, Any]]] = {
    "a list of 20,000 entries, 60 times": (
        "query ($theme: [String!]) { " + many(60, "a#: commitments(filter: {theme: $theme}) { totalCount }") + " }",
        {"theme": ["x"] * 20_000},
    ),
    "words, 90 times": (
        "query ($words: String) { " + many(90, "a#: commitments(filter: {search: $words}) { totalCount }") + " }",
        {"words": "a " * 500},
    ),
    "a list that many operations want": (
        many(80, "query Q#($theme: [String!]) { commitments(filter: {theme: $theme}) { totalCount } }"),
        {"theme": ["x"] * 20_000},
    ),
    "lists in lists": (
        "query ($theme: [String!]) { commitments(filter: {theme: $theme}) { totalCount } }",
        {"theme": in_lists(900)},
    ),
}


@pytest.mark.parametrize("name", VARIABLES)
def test_the_worst_that_is_known_of_variables_takes_less_than_a_second(api_uncached: Api, name: str) -> None:
    query, variables = VARIABLES[name]
    assert processing(lambda: api_uncached.send(query, variables)) < 1
    assert api_uncached.send(query, variables).json()["errors"]
    assert answers(api_uncached)


def test_the_dearest_queries_that_are_allowed_take_seconds_not_minutes(api_uncached: Api) -> None:
    dear = "{ " + many(4, 'a#: progressSeries(from: "2017-04-01", to: "2026-11-30") { asOf }') + " }"
    assert processing(lambda: api_uncached.ask(dear)) < 3
