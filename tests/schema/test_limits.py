"""How much a query may ask for, which is known before it is executed."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import graphql
import pytest

from db.sizes import Sizes
from schema import build, guard, price
from schema.limits import Limits
from tests.api.lite import answers, error_body, refusal
from tests.engines import REVISION, seed_sqlite
from tests.server import Api, capture_statements, serving

SCHEMA = build.Schema(Limits())._schema
DASHBOARD = """{ commitments(first: 61) { totalCount nodes {
  ref title theme { title } leads { name } agreement daysSinceEvidence
  status statusHistory { status effectiveOn voice note citation { paragraph document { title url } } }
  funds { name amount { amount } } events { title date }
  citations { paragraph note document { title url } }
} } progress { groups { group count } byTheme { theme { title } counts { status count } } }
  progressSeries(from: "2018-04-01", to: "2026-11-30") { asOf groups { group count } }
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
    return seed_sqlite(tmp_path_factory.mktemp("limits"))


@pytest.fixture(scope="module")
def api_uncached(url: str) -> Iterator[Api]:
    # Without answers that were given before, and without the question whether they still stand.
    with serving(url, answers_bytes=0) as api:
        yield api


def nested_fragments(number: int, inside: str = "") -> str:
    """Fragments of which each spreads the next one twice."""
    fragments = "".join(f" fragment F{n} on Query {{ {inside} ...F{n + 1} ...F{n + 1} }}" for n in range(number))
    return f"{{ ...F0 }}{fragments} fragment F{number} on Query {{ a: __typename }}"


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


def test_six_kilobytes_of_nested_fragments_are_refused_in_a_tenth_of_a_second(api_uncached: Api) -> None:
    query = nested_fragments(120, inside="dataset { revision }")
    assert 6_000 < len(query) < 10_000
    with capture_statements() as statements:
        took = min(processing(lambda: api_uncached.send(query)) for _ in range(3))
    assert took < 0.1
    assert statements == []
    answer = error_body(api_uncached.send(query))
    message = "A query may have 100 aliases; this one has 1000000000."
    assert answer == refusal("TOO_MANY_ALIASES", message, allowed=100, asked=10**9)
    assert answers(api_uncached)


def test_fragments_multiply_aliases_and_fields(api_uncached: Api) -> None:
    message = "A query may have 100 aliases; this one has 128."
    assert error_body(api_uncached.send(nested_fragments(7))) == refusal(
        "TOO_MANY_ALIASES", message, allowed=100, asked=128
    )
    assert api_uncached.ask(nested_fragments(6)) == {"a": "Query"}
    costly = nested_fragments(16).replace("a: ", "")
    message = "A query may cost 50000; this one could cost 65538."
    assert error_body(api_uncached.send(costly)) == refusal("QUERY_TOO_COSTLY", message, allowed=50_000, asked=65_538)


@pytest.mark.parametrize("query", [chain(15, levels=40), chain(60, levels=8), "{ a" * 600 + " }" * 600])
def test_a_query_deeper_than_the_stack_is_refused_with_the_limit(api_uncached: Api, query: str) -> None:
    assert error_body(api_uncached.send(query)) == refusal("QUERY_TOO_DEEP", "A query may have 20 levels.", allowed=20)


def test_only_the_operation_that_is_executed_has_to_be_paid_for(api_uncached: Api) -> None:
    query = f"query Small {{ dataset {{ revision }} }} query Large {nested_fragments(20)}"
    assert answers(api_uncached)
    assert api_uncached.send(query, operationName="Small").json() == {"data": {"dataset": {"revision": REVISION}}}
    assert api_uncached.codes(query) == ["OPERATION_RESOLUTION_FAILURE"]


@pytest.mark.parametrize(
    ("query", "number"), [(DASHBOARD, 5), (INTROSPECTION, 1)], ids=["a dashboard", "introspection"]
)
def test_what_real_clients_ask_is_far_from_the_limits(api_uncached: Api, query: str, number: int) -> None:
    assert len(api_uncached.ask(query)) == number
    with pytest.raises(graphql.GraphQLError) as error:
        check(query, Limits(tokens=10**6, depth=10**6, aliases=10**6, cost=1))
    assert error.value.extensions
    assert error.value.extensions["asked"] < Limits().cost * 9 / 10


def check(query: str, limits: Limits) -> None:
    document = graphql.parse(query)
    operation = graphql.get_operation_ast(document)
    assert operation
    price.check_price(SCHEMA, document, operation, {}, limits, Sizes())


def test_a_wrong_query_gets_at_most_twenty_errors(api_uncached: Api) -> None:
    errors = api_uncached.send("{ " + many(50, "nothing#") + " }").json()["errors"]
    assert [error["message"] for error in errors[:-1]] == [
        f"Cannot query field 'nothing{number}' on type 'Query'." for number in range(20)
    ]
    assert {error["extensions"]["code"] for error in errors} == {"GRAPHQL_VALIDATION_FAILED"}
    assert len(errors) == 21


@pytest.mark.parametrize(("spaces", "is_remembered"), [(4_000, True), (6_000, False)])
def test_only_short_queries_are_remembered(spaces: int, is_remembered: bool) -> None:
    # One that is parsed takes far more memory than its text.
    queries, text = guard.QueryCache(SCHEMA), "{ __typename }" + " " * spaces
    assert (queries.get(text, Limits()) is queries.get(text, Limits())) == is_remembered


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
