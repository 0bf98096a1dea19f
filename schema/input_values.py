"""The values of inputs: from those of GraphQL to a model of `db.writing`.

Strawberry's own way looks up the type of every field again each time, which takes ten times as long.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from strawberry.types.base import StrawberryContainer, get_object_definition
from strawberry.utils.str_converters import to_camel_case

from db.writing.inputs import Input


def read(model: type[Input], values: Mapping[str, Any], _context: object) -> Input:
    """The model, which holds each value that breaks a rule as an `InvalidValue`."""
    return model.model_validate(_named(model, values), by_alias=False, by_name=True)


def _named(model: type[Input], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values by the names that the fields have in Python."""
    named = {}
    for name, value in values.items():
        field, inner = _fields(model)[name]
        named[field] = value if inner is None else _inner(inner, value)
    return named


def _inner(model: type[Input], value: Any) -> Any:
    if isinstance(value, list):
        return [_inner(model, item) for item in value]
    return None if value is None else _named(model, value)


@cache
def _fields(model: type[Input]) -> dict[str, tuple[str, type[Input] | None]]:
    """Of each field, by its name in GraphQL: that in Python, and the model of its values, where they are inputs."""
    definition = get_object_definition(model, strict=True)
    return {to_camel_case(field.python_name): (field.python_name, _model(field.type)) for field in definition.fields}


def _model(kind: object) -> type[Input] | None:
    while isinstance(kind, StrawberryContainer):
        kind = kind.of_type
    return kind if isinstance(kind, type) and issubclass(kind, Input) else None
