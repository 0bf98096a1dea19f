"""Where null may stand: for a field that failed, and for an argument that is left out."""

from collections.abc import Iterator

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
            for field in kind.fields.values():
                if kind.name in SIDE_BY_SIDE or CURSOR in field.args:
                    field.type = graphql.get_nullable_type(field.type)


def forget_null_defaults(schema: graphql.GraphQLSchema) -> None:
    """An argument that may be left out has no default, rather than the default null: client generators tell the two
    apart."""
    for argument in _arguments(schema):
        if argument.default_value is None:
            argument.default_value = graphql.Undefined


def _arguments(schema: graphql.GraphQLSchema) -> Iterator[Argument]:
    for kind in schema.type_map.values():
        if isinstance(kind, graphql.GraphQLInputObjectType):
            yield from kind.fields.values()
        elif isinstance(kind, graphql.GraphQLObjectType | graphql.GraphQLInterfaceType):
            for field in kind.fields.values():
                yield from field.args.values()
