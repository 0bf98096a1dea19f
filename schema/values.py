"""The values of the arguments of an operation, from its text or from its variables."""

from collections.abc import Mapping
from typing import Any

import graphql
from graphql.language import ast

from schema.errors import BadInput

# The scalar whose values may have any shape.
ANY = "_Any"


def check_text(text: str, longest: int) -> None:
    if len(text) > longest:
        raise BadInput(f"A text may have {longest} characters.", allowed=longest, asked=len(text))
    if "\0" in text:
        raise BadInput("A text may not hold the character NUL.")


class Values:
    def __init__(self, operation: ast.OperationDefinitionNode, variables: Mapping[str, object], longest: int) -> None:
        """`longest` is the number of characters that a text may have."""
        self.variables = variables
        self.longest = longest
        self.defaults = {d.variable.name.value: d.default_value for d in operation.variable_definitions or ()}
        self.lengths: dict[str, int] = {}

    def length(self, value: object) -> int:
        """The number of characters and list entries in an argument."""
        match value:
            case ast.VariableNode():
                name = value.name.value
                if name not in self.lengths:
                    self.lengths[name] = self.length(self.variables.get(name, self.defaults.get(name)))
                return self.lengths[name]
            case ast.StringValueNode(value=text) | str(text):
                check_text(text, self.longest)
                return len(text)
            case ast.ListValueNode(values=entries) | list(entries):
                return sum(1 + self.length(entry) for entry in entries)
            case ast.ObjectValueNode(fields=entries):
                return sum(self.length(entry.value) for entry in entries)
            case dict():
                return sum(self.length(entry) for entry in value.values())
            case _:
                return 0

    def argument(self, node: ast.FieldNode, definition: graphql.GraphQLField | None, name: str) -> Any:
        """An argument as JSON of the shape that its type has; None if it is left out."""
        argument = definition.args.get(name) if definition else None
        values = (given.value for given in node.arguments or () if given.name.value == name)
        return shape(self.value(next(values, None)), argument.type) if argument else None

    def value(self, value: object) -> object:
        match value:
            case ast.VariableNode():
                name = value.name.value
                return self.variables[name] if name in self.variables else self.value(self.defaults.get(name))
            case ast.IntValueNode():
                return int(value.value[:12])
            case ast.StringValueNode() | ast.EnumValueNode() | ast.BooleanValueNode():
                return value.value
            case ast.ListValueNode(values=entries):
                return [self.value(entry) for entry in entries]
            case ast.ObjectValueNode(fields=entries):
                return {entry.name.value: self.value(entry.value) for entry in entries}
            case _:
                return None


def shape(value: object, kind: graphql.GraphQLInputType) -> object:
    """A value with the lists and objects of its type, and None in the place of what validation will refuse."""
    if value is None:
        return None
    match graphql.get_nullable_type(kind):
        case graphql.GraphQLList(of_type=entry):
            # GraphQL takes one value for a list of one.
            several = value if isinstance(value, list) else [value]
            leaf = graphql.get_nullable_type(entry)
            if graphql.is_leaf_type(leaf) and leaf.name != ANY:
                # In place: a list may have very many entries.
                return [None if isinstance(each, list | dict) else each for each in several]
            return [shape(each, entry) for each in several]
        case graphql.GraphQLInputObjectType(fields=fields):
            entries = value.items() if isinstance(value, dict) else ()
            return {name: shape(each, fields[name].type) for name, each in entries if name in fields}
        case graphql.GraphQLScalarType(name=name) if name == ANY:
            return value
        case _:
            return None if isinstance(value, list | dict) else value
