"""To leave out an argument, to give null and to give an empty list or text are the same in all that is asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLObjectType,
    Undefined,
    build_schema,
    get_named_type,
    get_nullable_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
)

from schema.build import Schema
from schema.limits import Limits
from tests.schema.test_nodes import objects
from tests.server import Api
from tests.writable import WritableApi

SCHEMA = build_schema(Schema(Limits()).sdl())
# Where an object of each type is that has fields with arguments.
PARENTS = {
    "Query": "",
    "DatedRecord": 'record(asOf: "2021-06-30")',
    "Area": "areas(first: 5) { nodes",
    "Change": "changes(first: 5) { nodes",
    "Commitment": "commitments(first: 20) { nodes",
    "Comparison": 'comparison(from: "2018-12-31", to: "2019-12-31")',
    "ConfirmationCount": "confirmations",
    "Coverage": "coverage",
    "Document": 'document(slug: "acid-retailers-news-2018")',
    "Fund": "funds { nodes",
    "Search": 'search(q: "police")',
    "Theme": "strategy { themes",
}
REQUIRED = {
    "q: String!": '"police"',
    "from: Date!": '"2018-12-01"',
    "to: Date!": '"2019-03-01"',
    "by: CommitmentGroup!": "YEAR",
    "by: MoneyGroup!": "FUND",
}
ORDERS = [f"orderBy: {order}" for order in ("{by: null}", "{direction: null}", "{by: null, direction: null}")]


def selection(kind: Any, depth: int = 1) -> str:
    """The id of an object; where it has none, its values, and those of its parts."""
    if is_leaf_type(kind):
        return ""
    fields = getattr(kind, "fields", {})
    if "id" in fields:
        return "{ __typename id }"
    kinds = {name: get_named_type(field.type) for name, field in fields.items() if not field.args}
    # What more there is to ask would be too dear.
    chosen = [
        name
        for name, each in kinds.items()
        if is_leaf_type(each)
        or name == "nodes"
        or (depth and name != "edges" and "id" not in getattr(each, "fields", ()))
    ]
    return f"{{ {' '.join(f'{name} {selection(kinds[name], 0)}' for name in chosen)} }}"


def variants(field: GraphQLField) -> Iterator[tuple[str, str]]:
    """Each way to leave an argument out, as the text of the argument and the variable that it needs."""
    for name, argument in field.args.items():
        if is_required_argument(argument):
            continue
        kind = get_nullable_type(argument.type)
        yield f"{name}: null", ""
        yield f"{name}: $null_{name}", f"$null_{name}: {kind}"
        yield f"{name}: $absent_{name}", f"$absent_{name}: {kind}"
        if is_list_type(kind):
            yield f"{name}: []", ""
        elif is_input_object_type(kind):
            yield f"{name}: {{}}", ""
        elif str(kind) in ("String", "ID"):
            yield f'{name}: ""', ""
        if name == "orderBy":
            yield from ((order, "") for order in ORDERS)


def fields_with_arguments() -> Iterator[tuple[str, str]]:
    for kind in SCHEMA.type_map.values():
        if isinstance(kind, GraphQLObjectType) and kind.name not in ("Mutation", "Subscription"):
            for name, field in kind.fields.items():
                if not name.startswith("__") and not kind.name.startswith("__") and any(variants(field)):
                    yield kind.name, name


@pytest.mark.parametrize("place", [*fields_with_arguments()], ids=".".join)
def test_an_argument_that_is_null_or_empty_is_left_out(api_readonly: Api, place: tuple[str, str]) -> None:
    parent, name = place
    kind: Any = SCHEMA.type_map[parent]
    field: GraphQLField = kind.fields[name]
    arguments = field.args.items()
    required = [f"{key}: {REQUIRED[f'{key}: {each.type}']}" for key, each in arguments if is_required_argument(each)]
    ways = [("", ""), *variants(field)]
    asked = [f"{name}({', '.join([*required, *filter(None, [way])])})".replace("()", "") for way, _ in ways]
    fields = "__typename " + " ".join(
        f"a{n}: {each} {selection(get_named_type(field.type))}" for n, each in enumerate(asked)
    )
    where = PARENTS[parent]
    query = f"{where} {{ {fields} }} {'}' * where.count('{')}" if where else fields
    variables = " ".join(variable for _, variable in ways)
    operation = f"query ({variables})" if variables.strip() else ""
    answer = api_readonly.ask(f"{operation} {{ {query} }}", **{f"null_{key}": None for key in field.args})
    found = [each for each in objects(answer) if "a0" in each]
    assert found
    for each in found:
        answers = [each[f"a{n}"] for n in range(len(ways))]
        assert [way for way, one in zip(ways, answers, strict=True) if one != answers[0]] == []


def test_a_direction_that_is_null_is_that_of_the_order(api_readonly: Api) -> None:
    orders = ("{by: TITLE}", "{by: TITLE, direction: null}")
    fields = " ".join(f"a{n}: commitments(orderBy: {order}) {{ nodes {{ ref }} }}" for n, order in enumerate(orders))
    answer = api_readonly.ask(f"{{ {fields} usual: commitments {{ nodes {{ ref }} }} }}")
    assert answer["a0"] == answer["a1"] != answer["usual"]


def filters() -> Iterator[tuple[str, str, str]]:
    """The root field, the field of its filter, and an empty value for it."""
    for name, field in SCHEMA.query_type.fields.items():  # type: ignore[union-attr]
        filter = get_named_type(field.args["filter"].type) if "filter" in field.args else None
        is_list = "totalCount" in getattr(get_named_type(field.type), "fields", ())
        # What takes more than a filter, such as the groups of counts, has the same filters.
        if (
            isinstance(filter, GraphQLInputObjectType)
            and is_list
            and not any(map(is_required_argument, field.args.values()))
        ):
            for entry, definition in filter.fields.items():
                yield name, entry, "null"
                if isinstance(definition.type, GraphQLList):
                    yield name, entry, "[]"
                elif get_named_type(definition.type).name == "String":
                    yield name, entry, '""'


def test_a_field_of_a_filter_that_is_null_or_empty_narrows_nothing(api_readonly: Api) -> None:
    cases = list(filters())
    assert len(cases) > 100
    for start in range(0, len(cases), 20):
        chosen = cases[start : start + 20]
        fields = [
            f"a{n}: {name}(filter: {{{entry}: {value}}}) {{ totalCount }}"
            for n, (name, entry, value) in enumerate(chosen)
        ]
        whole = [f"{name} {{ totalCount }}" for name in dict.fromkeys(name for name, *_ in chosen)]
        answer = api_readonly.ask(f"{{ {' '.join(whole + fields)} }}")
        assert {(*case, answer[f"a{n}"]["totalCount"]) for n, case in enumerate(chosen)} == {
            (*case, answer[case[0]]["totalCount"]) for case in chosen
        }


def test_all_origins_are_named_and_never_the_word_of_null(api_readonly: Api) -> None:
    count = "query ($filter: CommitmentFilter) { commitments(filter: $filter) { totalCount } }"
    totals = {
        name: api_readonly.ask(count, filter={"origin": origin})["commitments"]["totalCount"]
        for name, origin in (("null", None), ("empty", []), ("own", ["STRATEGY"]), ("all", ["STRATEGY", "LATER"]))
    }
    everything = dict.fromkeys(("null", "empty", "own"), 61)
    assert totals == everything | {
        "all": 61 + api_readonly.ask(count, filter={"origin": ["LATER"]})["commitments"]["totalCount"]
    }
    assert totals["all"] > 61


def test_nothing_with_a_default_is_required() -> None:
    """Generators of clients take what is never null to be required, whatever its default."""
    required = [
        f"{kind.name}.{name}"
        for kind in SCHEMA.type_map.values()
        if isinstance(kind, GraphQLInputObjectType)
        for name, field in kind.fields.items()
        if field.default_value is not Undefined and is_non_null_type(field.type)
    ]
    required += [
        f"{kind.name}.{name}({argument}:)"
        for kind in SCHEMA.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
        for argument, definition in field.args.items()
        if definition.default_value is not Undefined and is_non_null_type(definition.type)
    ]
    assert required == []


@pytest.mark.sqlite_only
def test_an_input_whose_every_field_is_written_is_as_one_without_them(api_writable: WritableApi) -> None:
    """As by Jackson, System.Text.Json, or `model_dump()` of pydantic."""
    document: dict[str, Any] = {"slug": "quay-page", "title": "A page", "publisher": None, "via": None, "note": None}
    citation = {"document": None, "newDocument": document, "paragraph": None, "locator": None, "figures": None}
    day: dict[str, Any] = {"effectiveOn": "2025-01-31", "precision": None}
    values = {"commitment": "SVS-19", "status": "IN_PROGRESS", "voice": "PARLIAMENT", "note": "It goes on."}
    query = """mutation ($input: RecordStatusInput!) { recordStatus(input: $input) {
      ... on StatusRecorded { statusUpdate { precision effectiveOn } } ... on Rejected { problems { message path } }
    } }"""
    answer = api_writable.editor.ask(query, input=values | day | {"citation": citation})
    assert answer["recordStatus"] == {"statusUpdate": {"precision": "DAY", "effectiveOn": "2025-01-31"}}
    settle = """mutation ($input: SettleDiscrepancyInput!) { settleDiscrepancy(input: $input) {
      ... on DiscrepancySettled { discrepancy { state } } ... on Rejected { problems { message path } }
    } }"""
    settled = {"discrepancy": "events-frequency", "state": "EXPLAINED", "explanation": "Some were not reported."}
    answer = api_writable.editor.ask(settle, input=settled | {"foundIn": None})
    assert answer["settleDiscrepancy"] == {"discrepancy": {"state": "EXPLAINED"}}
