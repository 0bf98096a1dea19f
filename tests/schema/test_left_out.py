"""To leave out an argument, to give null and to give an empty list or text are the same in all that is asked."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLObjectType,
    Undefined,
    build_schema,
    get_named_type,
    is_non_null_type,
    is_required_argument,
)

from schema.build import Schema
from schema.limits import Limits
from tests.server import Api
from tests.writable import WritableApi

SCHEMA = build_schema(Schema(Limits()).sdl())
COMMITMENT = 'commitment(ref: "SVS-19")'
ARGUMENT = re.compile("<(.*)%>")
# One argument of each kind that may be left out, and what is asked of it.
ARGUMENTS = {
    "status(<voices: %>)": (COMMITMENT, ("null", "[]")),
    "status(<sides: %>)": (COMMITMENT, ("null", "[]")),
    "status(<asOf: %>)": (COMMITMENT, ("null",)),
    "status(<knownAt: %>)": (COMMITMENT, ("null",)),
    "statusHistory(<voices: %>) { id }": (COMMITMENT, ("null", "[]")),
    "statusHistory(<includeCorrected: %>) { id }": (COMMITMENT, ("null",)),
    "citations(<first: %>, after: null) { totalCount pageInfo { hasPreviousPage } nodes { id } }": (
        'document(slug: "acid-retailers-news-2018")',
        ("null",),
    ),
    "citations(<after: %>) { totalCount pageInfo { hasPreviousPage } nodes { id } }": (
        'document(slug: "acid-retailers-news-2018")',
        ("null", '""'),
    ),
    "events(<after: %>) { totalCount nodes { id } }": (
        'comparison(from: "2018-12-31", to: "2019-12-31")',
        ("null", '""'),
    ),
    "statusChanges(<after: %>) { totalCount nodes { before after } }": (
        'comparison(from: "2018-12-31", to: "2019-12-31")',
        ("null", '""'),
    ),
    "people(<after: %>) { totalCount nodes { id } }": ('search(q: "police")', ("null", '""')),
    "changes(<after: %>) { nodes { id } pageInfo { hasPreviousPage } }": ("", ("null", '""')),
    "changes(<subject: %>) { nodes { id } }": ("", ("null", '""')),
    "changes(<since: %>) { nodes { id } }": ("", ("null",)),
    "changes(<direction: %>) { nodes { id } }": ("", ("null",)),
    "withdrawals(<kinds: %>, first: 5) { nodes { record } }": ("", ("null", "[]")),
    "withdrawals(<after: %>, first: 5) { nodes { record } }": ("", ("null", '""')),
    'search(q: "police", <kinds: %>) { count groups { kind } }': ("", ("null", "[]")),
    "commitments(<after: %>) { nodes { ref } pageInfo { hasPreviousPage } }": ("", ("null", '""')),
    "commitments(<filter: %>) { nodes { ref } }": ("", ("null", "{}")),
    "commitments(<orderBy: %>) { nodes { ref } }": ("", ("null", "{}", "{by: null}", "{by: null, direction: null}")),
    "funds(<orderBy: %>) { nodes { slug } }": ("", ("null", "{}", "{by: null, direction: null}")),
    "events(<orderBy: %>) { nodes { slug } }": ("", ("null", "{}", "{by: null, direction: null}")),
    "commitments(orderBy: {by: TITLE, <direction: %>}) { nodes { ref } }": ("", ("null",)),
    'progressSeries(from: "2018-12-01", to: "2019-03-01", <every: %>) { asOf }': ("", ("null",)),
    "coverage { gaps(<most: %>) { kind } }": ("", ("null",)),
    "confirmations { commitments(<most: %>) { ref } }": ("", ("null",)),
}


@pytest.mark.parametrize("field", ARGUMENTS)
def test_an_argument_that_is_null_or_empty_is_left_out(api_readonly: Api, field: str) -> None:
    parent, values = ARGUMENTS[field]
    left_out = ARGUMENT.sub("", field).replace("()", "")
    asked = [left_out, *(ARGUMENT.sub(rf"\1{value}", field) for value in values)]
    answers = [api_readonly.ask(f"{{ {parent} {{ {each} }} }}" if parent else f"{{ {each} }}") for each in asked]
    assert answers == [answers[0]] * len(asked)


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
