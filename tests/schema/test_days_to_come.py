"""No field answers of a day later than tomorrow: what is on record now would be taken for what is known of then."""

from collections.abc import Iterator
from typing import cast

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from schema.build import Schema
from schema.limits import Limits
from schema.node import global_id
from tests.server import NOW, Api

SCHEMA = build_schema(Schema(Limits()).sdl())
TO_COME = "3000-01-01"
TOMORROW = NOW.date().replace(day=2).isoformat()
VALUES = {"Date": '"2026-01-01"', "String": '"none"'}
# How each type is reached.
WAYS = {
    "Query": "%",
    "DatedRecord": "record { % }",
    "Commitment": 'commitment(ref: "SVS-19") { % }',
    "Fund": 'fund(slug: "police-surge") { % }',
    "Theme": "strategy { themes { % } }",
    "Comparison": 'comparison(from: "2018-01-01", to: "2019-01-01") { % }',
}


def fields() -> Iterator[tuple[str, str, str]]:
    """Of each field that takes a day, or the end of a period: type, name, and the argument with % for the day."""
    for kind in SCHEMA.type_map.values():
        for name, field in kind.fields.items() if isinstance(kind, GraphQLObjectType) else ():
            for argument, value in (("asOf", "%"), ("to", "%"), ("knownAt", "%T23:00:00Z")):
                if argument in field.args:
                    yield kind.name, name, f'{argument}: "{value}"'
            filter = get_named_type(field.args["filter"].type) if "filter" in field.args else None
            if isinstance(filter, GraphQLInputObjectType) and "asOf" in filter.fields:
                yield kind.name, name, 'filter: {asOf: "%"}'


FIELDS = list(fields())


def select(name: str, field: GraphQLField, argument: str) -> str:
    others = [
        f"{name}: {example(each)}"
        for name, each in field.args.items()
        if is_required_argument(each) and not argument.startswith(f"{name}:")
    ]
    inner = "" if is_leaf_type(get_named_type(field.type)) else "{ __typename }"
    return f"{name}({', '.join([argument, *others])}) {inner}"


def example(argument: GraphQLArgument) -> str:
    """A value that a required argument takes."""
    kind = get_named_type(argument.type)
    return next(iter(kind.values)) if isinstance(kind, GraphQLEnumType) else VALUES[kind.name]


def test_there_are_such_fields() -> None:
    assert {kind for kind, *_ in FIELDS} >= {"Query", "DatedRecord", "Commitment", "Fund", "Theme", "Comparison"}
    ends = {name for _, name, argument in FIELDS if argument.startswith("to:")}
    assert ends == {"comparison", "progressSeries", "statusChanges"}


@pytest.mark.parametrize(("kind", "name", "argument"), FIELDS)
def test_a_day_to_come_is_refused_by_every_field_that_takes_one(
    api_readonly: Api, kind: str, name: str, argument: str
) -> None:
    for day, expected in ((TOMORROW, []), (TO_COME, ["BAD_USER_INPUT"])):
        field = cast(GraphQLObjectType, SCHEMA.type_map[kind]).fields[name]
        selection = select(name, field, argument.replace("%", day))
        query = WAYS[kind].replace("%", selection)
        assert api_readonly.codes(f"{{ {query} }}") == expected, query


def test_an_id_of_a_day_to_come_is_of_nothing(api_readonly: Api) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    days = (TO_COME, TOMORROW)
    ids = [global_id(f"Commitment@{day}@", "SVS-19") for day in days]
    ids += [global_id("Comparison", f"2018-01-01/{day}") for day in days]
    assert api_readonly.ask(query, ids=ids) == {"nodes": [None, {"id": ids[1]}, None, {"id": ids[3]}]}
