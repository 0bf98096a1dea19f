"""The schema as a gateway composes it: the contract, with the keys of its types and with what its fields cost."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import graphql
from graphql.language import ast

from db.sizes import Sizes
from schema.cost import OBJECT, Cost, Group, cost_of, page_count, page_items
from schema.limits import PAGE
from schema.node import key_fields, lookups
from schema.paging import PageInfo
from schema.price import WRITE, count_cost

# A gateway knows these by itself.
TYPES = {"_Any", "_Entity", "_Service"}
FIELDS = {"_entities", "_service"}
# The argument that narrows a list.
FILTER = "filter"
D = TypeVar("D", ast.ObjectTypeDefinitionNode, ast.FieldDefinitionNode, ast.InputValueDefinitionNode)
LINK = """
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@cost", "@listSize"])
"""


class SubgraphPrinter:
    """Prints the schema for one state of the data: prices follow from its sizes."""

    def __init__(self, schema: graphql.GraphQLSchema, sizes: Sizes) -> None:
        self.schema, self.sizes = schema, sizes
        # Of several fields that lead to one type or take one filter, the dearest.
        self.counts: dict[str, int] = {}
        self.conditions: dict[str, dict[str, int]] = {}
        kinds = [kind for kind in schema.type_map.values() if isinstance(kind, graphql.GraphQLObjectType)]
        for field in (field for kind in kinds for field in kind.fields.values()):
            self.weigh_count(field)
            self.weigh_filter(field)

    def weigh_count(self, field: graphql.GraphQLField) -> None:
        """What counting the whole list of a connection costs."""
        cost, name = cost_of(field), graphql.get_named_type(field.type).name
        if cost.paged:
            count = count_cost(self.flat(cost), self.entries(cost))
            self.counts[name] = max(count, self.counts.get(name, 0))

    def weigh_filter(self, field: graphql.GraphQLField) -> None:
        """What each entry of a filter costs, wherever one row or another is looked at for it."""
        cost, argument = cost_of(field), field.args.get(FILTER)
        kind = graphql.get_nullable_type(argument.type) if argument else None
        if cost.flat is None or not isinstance(kind, graphql.GraphQLInputObjectType):
            return
        conditions = self.conditions.setdefault(kind.name, {})
        for entry in kind.fields:
            filter = {entry: True}
            more = cost.flat(self.sizes, lambda name: filter if name == FILTER else None) - self.flat(cost)  # noqa: B023
            conditions[entry] = max(more, conditions.get(entry, 0))

    def print(self, contract: str) -> str:
        document = graphql.parse(contract, no_location=True)
        definitions = (
            self.with_directives(definition)
            for definition in document.definitions
            if not isinstance(definition, ast.TypeDefinitionNode) or definition.name.value not in TYPES
        )
        return f"{graphql.print_ast(ast.DocumentNode(definitions=tuple(definitions)))}\n{LINK}"

    def with_directives(self, definition: ast.DefinitionNode) -> ast.DefinitionNode:
        match definition:
            case ast.ObjectTypeDefinitionNode():
                return self.with_keys(definition)
            case ast.InputObjectTypeDefinitionNode(name=ast.NameNode(value=name), fields=fields):
                weights = self.conditions.get(name, {})
                entries = (_extend(field, _cost(weights.get(field.name.value, 0))) for field in fields or ())
                return replace(definition, fields=tuple(entries)) if weights else definition
            case _:
                return definition

    def with_keys(self, definition: ast.ObjectTypeDefinitionNode) -> ast.ObjectTypeDefinitionNode:
        name = definition.name.value
        directives = [_directive("key", fields=key) for key in key_fields(name)] if name in lookups else []
        if name == PageInfo.__name__:
            # Every service with pages has it.
            directives.append(_directive("shareable"))
        fields = (self.with_cost(field, name) for field in definition.fields or () if field.name.value not in FIELDS)
        return replace(_extend(definition, *directives, _cost(OBJECT)), fields=tuple(fields))

    def with_cost(self, node: ast.FieldDefinitionNode, name: str) -> ast.FieldDefinitionNode:
        kind = self.schema.type_map[name]
        assert isinstance(kind, graphql.GraphQLObjectType)
        field = kind.fields[node.name.value]
        size = self.list_size(field)
        sizes = (_directive("listSize", **size),) if size else ()
        return _extend(node, _cost(self.weight(kind, field)), *sizes)

    def weight(self, kind: graphql.GraphQLObjectType, field: graphql.GraphQLField) -> int:
        """What the field costs where one object has it, beside the texts and lists in its arguments."""
        cost = cost_of(field)
        if cost.flat is page_count:
            return cost.each + self.counts.get(kind.name, 0)
        return cost.each + self.flat(cost) + (WRITE if kind is self.schema.mutation_type else 0)

    def list_size(self, field: graphql.GraphQLField) -> Mapping[str, object]:
        cost = cost_of(field)
        first = ["first"] if "first" in field.args else []
        if cost.paged:
            return {
                "assumedSize": min(self.entries(cost), PAGE),
                "slicingArguments": first,
                "sizedFields": ["edges", "nodes"],
                "requireOneSlicingArgument": False,
            }
        is_list = isinstance(graphql.get_nullable_type(field.type), graphql.GraphQLList)
        if not is_list or cost.length is None or cost.length is page_items:
            return {}
        size = {"assumedSize": self.entries(cost)}
        return {**size, "slicingArguments": first, "requireOneSlicingArgument": False} if first else size

    def flat(self, cost: Cost) -> int:
        return cost.flat(self.sizes, _no_argument) if cost.flat else 0

    def entries(self, cost: Cost) -> int:
        """The length of the longest list that one object has."""
        return cost.length(Group(), self.sizes, _no_argument).number if cost.length else 1


def _no_argument(name: str) -> None:
    return None


def _cost(weight: int) -> ast.ConstDirectiveNode:
    return _directive("cost", weight=weight)


def _directive(name: str, **arguments: object) -> ast.ConstDirectiveNode:
    # JSON of numbers, texts and lists of them is GraphQL, too.
    nodes = (
        ast.ConstArgumentNode(name=ast.NameNode(value=argument), value=graphql.parse_const_value(json.dumps(value)))
        for argument, value in arguments.items()
    )
    return ast.ConstDirectiveNode(name=ast.NameNode(value=name), arguments=tuple(nodes))


def _extend(node: D, *directives: ast.ConstDirectiveNode) -> D:
    return replace(node, directives=(*(node.directives or ()), *directives))
