"""In what is written, too, a field that is null is as if left out: many clients write every field."""

from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    build_schema,
    get_named_type,
    is_non_null_type,
)

from schema.build import Schema
from schema.limits import Limits
from tests.engines import Engine
from tests.inputs import EVERY_INPUT, submit
from tests.writable import serving_copy

CHANGE = "change { revision summary edits { record field before after } }"
SCHEMA: Any = build_schema(Schema(Limits()).sdl())


def least(kind: Any, value: Any, *, nulls: bool) -> Any:
    """What an input must have, at every level; and null in all that it may leave out, or not."""
    if not isinstance(kind, GraphQLInputObjectType):
        return value
    if isinstance(value, list):
        return [least(kind, each, nulls=nulls) for each in value]
    given = {name: field.type for name, field in kind.fields.items() if is_non_null_type(field.type)}
    inputs = {name: least(get_named_type(each), value[name], nulls=nulls) for name, each in given.items()}
    return dict.fromkeys(kind.fields if nulls else ()) | inputs


def changes(url: str, inputs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What each mutation wrote, one after the other."""
    with serving_copy(url) as api:
        payloads = {name: submit(api.editor, name, value, CHANGE) for name, value in inputs.items()}
    return {name: payload.get("change", payload) for name, payload in payloads.items()}


@pytest.mark.sqlite_only
def test_null_is_as_if_left_out_in_all_that_is_written(engine: Engine, seeded_template: str) -> None:
    kinds = {name: get_named_type(SCHEMA.mutation_type.fields[name].args["input"].type) for name in EVERY_INPUT}
    without = {name: least(kinds[name], value, nulls=False) for name, value in EVERY_INPUT.items()}
    nulls = {name: least(kinds[name], value, nulls=True) for name, value in EVERY_INPUT.items()}
    left_out, null = (changes(engine.copy(seeded_template), inputs) for inputs in (without, nulls))
    assert null == left_out
    # Both what is taken and what is refused.
    assert {"edits" in change for change in null.values()} == {True, False}
