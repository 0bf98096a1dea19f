"""What a query costs is known before it is executed, and knowing it costs next to nothing."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import graphql
import pytest

from db.sizes import Sizes
from schema import build, limits
from schema.limits import Limits
from tests.api.lite import answers, refusal, seeded_url, told
from tests.server import Api, counting, serving

SCHEMA = build.Schema(Limits())._schema
CITED = """query ($n: Int = 10) {
  documents(first: 20) { nodes { citations(first: $n) { nodes { id document { slug } } } } }
}"""
DASHBOARD = """{ commitments(first: 61) { totalCount nodes {
  ref title theme { title } leads { name } agreement daysSinceEvidence
  status statusHistory { status effectiveOn voice note citation { paragraph document { title url } } }
  funds { name amount { amount } } events { title date }
  citations { paragraph note document { title url } }
} } progress { groups { group count } byTheme { theme { title } counts { status count } } }
  progressSeries(from: "2018-04-01", to: "2026-12-31") { asOf groups { group count } }
  coverage { identified unidentified gaps { kind } } statusDefinitions { status label } }"""
INTROSPECTION = graphql.get_introspection_query(
    descriptions=True,
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return seeded_url(tmp_path_factory.mktemp("limits"))


@pytest.fixture(scope="module")
def lite(url: str) -> Iterator[Api]:
    # Without answers that were given before, and without the question whether they still stand.
    with serving(url, answers_bytes=0) as api:
        yield api


@pytest.fixture(scope="module")
def miser(url: str) -> Iterator[Api]:
    """An application that refuses everything, and so tells the price of everything."""
    with serving(url, max_cost=1, answers_bytes=0) as api:
        yield api


def nested(number: int, inside: str = "") -> str:
    """Fragments of which each spreads the next one twice."""
    spread = "".join(f" fragment F{n} on Query {{ {inside} ...F{n + 1} ...F{n + 1} }}" for n in range(number))
    return f"{{ ...F0 }}{spread} fragment F{number} on Query {{ a: __typename }}"


def chain(number: int, levels: int) -> str:
    """Fragments of which each spreads the next one many levels down."""
    down, up = "strategy { " * levels, " }" * levels
    return "{ ...F0 }" + "".join(f" fragment F{n} on Query {{ {down}...F{n + 1}{up} }}" for n in range(number))


def many(number: int, text: str) -> str:
    """The text, as often as wanted, with the number of each in the place of a #."""
    return " ".join(text.replace("#", str(n)) for n in range(number))


def processing(ask: Callable[[], Any]) -> float:
    """The processor's time, which other processes do not lengthen: ours and the server's, in its thread."""
    start = time.process_time()
    ask()
    return time.process_time() - start


def test_six_kilobytes_of_nested_fragments_are_refused_in_a_tenth_of_a_second(lite: Api) -> None:
    query = nested(120, inside="dataset { revision }")
    assert 6_000 < len(query) < 10_000
    with counting() as statements:
        took = min(processing(lambda: lite.send(query)) for _ in range(3))
    assert took < 0.1
    assert statements == []
    answer = told(lite.send(query))
    message = "A query may have 100 aliases; this one has 1000000000."
    assert answer == refusal("TOO_MANY_ALIASES", message, allowed=100, asked=10**9)
    assert answers(lite)


def test_fragments_multiply_aliases_and_fields(lite: Api) -> None:
    message = "A query may have 100 aliases; this one has 128."
    assert told(lite.send(nested(7))) == refusal("TOO_MANY_ALIASES", message, allowed=100, asked=128)
    assert lite.ask(nested(6)) == {"a": "Query"}
    costly = nested(16).replace("a: ", "")
    message = "A query may cost 50000; this one could cost 65538."
    assert told(lite.send(costly)) == refusal("QUERY_TOO_COSTLY", message, allowed=50_000, asked=65_538)


@pytest.mark.parametrize("query", [chain(15, levels=40), chain(60, levels=8), "{ a" * 600 + " }" * 600])
def test_a_query_deeper_than_the_stack_is_refused_with_the_limit(lite: Api, query: str) -> None:
    assert told(lite.send(query)) == refusal("QUERY_TOO_DEEP", "A query may have 20 levels.", allowed=20)


def price(miser: Api, query: str, variables: dict[str, Any] | None = None) -> int:
    """What the refusal says; and that it was refused before the database was asked anything."""
    with counting() as statements:
        answer = told(miser.send(query, variables))
    asked = answer["errors"][0]["extensions"].get("asked")
    message = f"A query may cost 1; this one could cost {asked}."
    assert answer == refusal("QUERY_TOO_COSTLY", message, allowed=1, asked=asked)
    assert statements == []
    return int(asked)


# The object that a query begins with; a field without arguments that a statement answers; a list of all rows.
ROOT, ASKED, LISTED = 2, 1 + 50, 5 + 200


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ dataset { revision } }", ROOT + ASKED + 2 + 1),
        ("{ a: dataset { revision updatedAt } b: dataset { revision } }", ROOT + 2 * (ASKED + 2) + 3),
        # A list looks at each of 77 commitments, and a count does so again.
        ("{ commitments { totalCount } }", ROOT + LISTED + 2 + 2 + 1 + 200 + 2 + 2),
        # A page counts as often as it has items, or may have.
        ("{ commitments { nodes { ref } } }", ROOT + LISTED + 2 + 2 + 1 + 77 * 3),
        ("{ commitments(first: 10) { nodes { ref } } }", ROOT + LISTED + 2 + 2 + 1 + 10 * 3),
        ("{ commitments(first: 10) { edges { cursor node { ref } } } }", ROOT + LISTED + 2 + 2 + 1 + 10 * (4 + 3)),
        (
            "{ commitments(first: 10) { ...A } } fragment A on CommitmentConnection { nodes { ref } }",
            ROOT + LISTED + 2 + 2 + 1 + 10 * 3,
        ),
        # A list in an object counts as long as it is, one in each of many as long as the longest together.
        ("{ strategy { themes { title } } }", ROOT + ASKED + 2 + ASKED + 4 * 3),
        ('{ fund(slug: "youth-fund-round-1") { allocations { id } } }', ROOT + 5 + 50 + 90 + 2 + ASKED + 19 * 3),
        (
            "{ funds(first: 2) { nodes { allocations { id } } } }",
            ROOT + LISTED + 1 + 2 + 1 + 2 * 2 + 2 + 50 + (19 + 18) * 3,
        ),
        # What leads back and forth counts as often as it meets the same again.
        (
            '{ fund(slug: "youth-fund-round-1") { allocations { fund { allocations { id } } } } }',
            ROOT + 5 + 50 + 90 + 2 + ASKED + 19 * (2 + 1 + 2 + 1) + 50 + 50 + 19 * 19 * 3,
        ),
        # A text and the entries of a list count, because the database has to go through them.
        (
            '{ commitments(filter: {theme: ["violence"]}) { totalCount } }',
            ROOT + LISTED + 45 + 4 + 2 + 1 + 200 + 45 + 4 + 2,
        ),
        # So does what a condition or an order takes on each row, and what is counted.
        ("{ commitments(filter: {agreement: [AGREE]}) { totalCount } }", ROOT + LISTED + 38 + 2 + 1 + 200 + 38 + 2),
        ("{ coverage { stated } }", ROOT + 1 + 409 + 2 + 1),
        (
            '{ progressSeries(from: "2018-01-01", to: "2018-12-31") { total } }',
            ROOT + 5 + 100 + 50 + 202 + 50 + 10 + 50 + 12 * 6 * 12 + 12 * 3,
        ),
        ("{ __schema { queryType { name } } }", ROOT + 1 + 2 + 1 + 2 + 1),
    ],
)
def test_every_query_has_a_price_that_is_known_before_the_database_is_asked(miser: Api, query: str, cost: int) -> None:
    assert price(miser, query) == cost


@pytest.mark.parametrize(
    ("variables", "cost"), [({}, 2_164), ({"n": 1}, 904), ({"n": 1.0}, 904), ({"n": 100}, 2_521), ({"n": None}, 2_521)]
)
def test_the_price_knows_variables_and_their_defaults(miser: Api, variables: dict[str, Any], cost: int) -> None:
    assert price(miser, CITED, variables) == cost


@pytest.mark.parametrize("words", [["knife", "crime"], ["knife crime"], "knife crime!"])
def test_the_price_counts_texts_in_variables(miser: Api, words: list[str] | str) -> None:
    query = "query ($words: [String!]) { commitments(filter: {theme: $words}) { totalCount } }"
    nothing = price(miser, query, {"words": []})
    assert price(miser, query, {"words": words}) == nothing + 2 * 5 * 12


def test_only_the_operation_that_is_executed_has_to_be_paid_for(lite: Api) -> None:
    query = f"query Small {{ dataset {{ revision }} }} query Large {nested(20)}"
    assert answers(lite)
    assert lite.send(query, operationName="Small").json() == {"data": {"dataset": {"revision": 1}}}
    assert lite.codes(query) == ["OPERATION_RESOLUTION_FAILURE"]


@pytest.mark.parametrize(
    ("query", "number"), [(DASHBOARD, 5), (INTROSPECTION, 1)], ids=["a dashboard", "introspection"]
)
def test_what_real_clients_ask_is_far_from_the_limits(lite: Api, query: str, number: int) -> None:
    assert len(lite.ask(query)) == number
    with pytest.raises(graphql.GraphQLError) as refused:
        check(query, Limits(tokens=10**6, depth=10**6, aliases=10**6, cost=1))
    assert refused.value.extensions
    assert refused.value.extensions["asked"] < Limits().cost / 2


def check(query: str, allowed: Limits) -> None:
    document = graphql.parse(query)
    operation = graphql.get_operation_ast(document)
    assert operation
    limits.check(SCHEMA, document, operation, {}, allowed, Sizes())


@pytest.mark.parametrize(
    "hostile",
    [
        lambda size: nested(size // 10, inside="dataset { revision }"),
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
                lambda: limits.check(SCHEMA, document, operation, {}, Limits(10**9, 10**9, 10**9, 10**9), Sizes())
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
    + many(99, 'a#: progressSeries(from: "2017-01-01", to: "2026-12-31") { total }')
    + " }",
    "counts, again and again": "{ " + many(99, "a#: coverage { gaps { kind } }") + " }",
    "words, again and again": "{ "
    + many(70, f'a#: commitments(filter: {{search: "{"a " * 400}"}}) {{ totalCount }}')
    + " }",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_worst_that_is_known_takes_less_than_a_second(lite: Api, name: str) -> None:
    query = HOSTILE[name]
    assert len(query) < 99_000
    assert processing(lambda: lite.send(query)) < 1
    assert answers(lite)


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
def test_the_worst_that_is_known_of_variables_takes_less_than_a_second(lite: Api, name: str) -> None:
    query, variables = VARIABLES[name]
    assert processing(lambda: lite.send(query, variables)) < 1
    assert lite.send(query, variables).json()["errors"]
    assert answers(lite)


def test_the_dearest_queries_that_are_allowed_take_seconds_not_minutes(lite: Api) -> None:
    dear = "{ " + many(4, 'a#: progressSeries(from: "2018-01-01", to: "2027-11-30") { asOf }') + " }"
    assert processing(lambda: lite.ask(dear)) < 3


def test_a_wrong_query_is_told_twenty_faults_and_no_more(lite: Api) -> None:
    errors = lite.send("{ " + many(50, "nothing#") + " }").json()["errors"]
    assert [error["message"] for error in errors[:-1]] == [
        f"Cannot query field 'nothing{number}' on type 'Query'." for number in range(20)
    ]
    assert {error["extensions"]["code"] for error in errors} == {"GRAPHQL_VALIDATION_FAILED"}
    assert len(errors) == 21


def test_only_short_queries_are_remembered(lite: Api) -> None:
    # One that is parsed takes far more memory than its text.
    lite.ask("{ __typename }" + " " * 4_000)
    known = build.kept.cache_info()
    lite.ask("{ __typename }" + " " * 6_000)
    assert build.kept.cache_info() == known
    lite.ask("{ __typename }" + " " * 4_000)
    assert build.kept.cache_info().hits == known.hits + 1


def test_limits_can_be_set(url: str) -> None:
    with serving(url, max_tokens=10, max_depth=2, max_aliases=0, max_cost=70, body_limit=200) as api:
        assert answers(api)
        assert api.codes("{ dataset { revision updatedAt licence attribution __typename } }") == []
        assert api.codes("{ dataset { revision updatedAt licence attribution __typename revision } }") == [
            "QUERY_TOO_LONG"
        ]
        assert api.codes("{ strategy { themes { id } } }") == ["QUERY_TOO_DEEP"]
        assert api.codes("{ a: __typename }") == ["TOO_MANY_ALIASES"]
        assert api.codes("{ coverage { stated } }") == ["QUERY_TOO_COSTLY"]
        assert api.send("{ __typename }" + " " * 200).status_code == 413
        # They are for strangers: the server's own queries are not held to them.
        for path in ("/", "/funds", "/gaps", "/feed.atom", "/events.ics"):
            assert api.http.get(path).status_code == 200
