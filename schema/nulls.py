"""Where null may stand: for a field that failed, and for an argument that is left out."""

from collections.abc import Iterator
from typing import Any, cast

import graphql

# Their fields are asked side by side, and one of them must not take the others with it.
SIDE_BY_SIDE = ("Query", "Mutation", "DatedRecord")
CURSOR = "after"
Argument = graphql.GraphQLArgument | graphql.GraphQLInputField


def blank_failed_fields(schema: graphql.GraphQLSchema) -> None:
    """Makes nullable what clients ask side by side, and what a cursor can fail: an error blanks that field alone.

    The resolvers themselves never return null where their types say so.
    """
    for kind in schema.type_map.values():
        # A subscription has one field, beside which there is nothing to keep.
        if isinstance(kind, graphql.GraphQLObjectType) and kind is not schema.subscription_type:
            for name, field in kind.fields.items():
                # What an interface promises is never null.
                is_promise = any(name in interface.fields for interface in kind.interfaces)
                if (kind.name in SIDE_BY_SIDE and not is_promise) or CURSOR in field.args:
                    field.type = graphql.get_nullable_type(field.type)


def let_null_mean_default(schema: graphql.GraphQLSchema) -> None:
    """Makes nullable every argument and input field with a default: client generators take others to be required.

    One that may be left out, without a default, has none, rather than the default null: they tell the two apart.
    """
    for argument in _arguments(schema):
        if argument.default_value is None:
            argument.default_value = graphql.Undefined
        elif argument.default_value is not graphql.Undefined:
            argument.type = cast(graphql.GraphQLInputType, graphql.get_nullable_type(argument.type))


def leave_out_empty(schema: graphql.GraphQLSchema) -> None:
    """In filters and orders null, an empty text and an empty list mean the same as nothing: many clients write every
    field. In what is written, an empty list takes the place of another."""
    for kind in schema.type_map.values():
        if isinstance(kind, graphql.GraphQLObjectType) and kind is not schema.mutation_type:
            for field in kind.fields.values():
                for argument in field.args.values():
                    input_type = graphql.get_named_type(argument.type)
                    if isinstance(input_type, graphql.GraphQLInputObjectType):
                        input_type.out_type = _without_empty  # type: ignore[method-assign, assignment]


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _arguments(schema: graphql.GraphQLSchema) -> Iterator[Argument]:
    for kind in schema.type_map.values():
        if isinstance(kind, graphql.GraphQLInputObjectType):
            yield from kind.fields.values()
        elif isinstance(kind, graphql.GraphQLObjectType | graphql.GraphQLInterfaceType):
            for field in kind.fields.values():
                yield from field.args.values()
