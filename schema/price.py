"""What a query costs at most, reckoned from its text, its variables and the sizes of the data before it is executed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SchemaMetaFieldDef,
    SelectionSetNode,
    TypeMetaFieldDef,
    get_named_type,
    is_list_type,
    is_non_null_type,
)

from db.sizes import Sizes
from schema.cost import LOOK, OBJECT, Cost, Group, cost_of, same
from schema.errors import BadInput, TooMuch
from schema.introspection import lengths
from schema.paging import PAGE
from schema.values import Values

META = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}
COMPOSITE = GraphQLObjectType | GraphQLInterfaceType
# The longest text that an argument takes; what is written may be longer, and each field says how long.
TEXT, WRITTEN = 1_000, 10_000
# Of each character in a text that an argument holds, and each entry of a list: it is work for the database.
CHARACTER = 5
# What is written costs by the change, not by the character.
WRITE = 500
# Sums stop growing here: fragments can double them at every step, and a number of a thousand digits is not free.
ENDLESS = 10**9
# The type of a field is at most a list that is never null, of what is never null.
WRAPPERS = 3
# So many fields are looked at, fragments written out: a query of 2,000 tokens that needs more is no honest one.
VISITS = 10_000


@dataclass(frozen=True)
class Weight:
    """What a selection asks for, fragments written out: levels, aliases, and cost."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0


@dataclass(frozen=True)
class Place:
    """Where a selection stands: on which objects; in a connection also the items of its page and the fee of a count."""

    group: Group
    page: Group | None = None
    fee: int = 0
    # How many lists and marks of what is never null have been taken off a type here.
    wrappers: int = 0


class Scale:
    """Weighs one operation with its variables. A fragment is weighed once for each place where it stands."""

    def __init__(
        self,
        schema: GraphQLSchema,
        sizes: Sizes,
        fragments: Mapping[str, FragmentDefinitionNode],
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> None:
        self.schema = schema
        self.sizes = sizes
        self.fragments = fragments
        self.writes = operation.operation is OperationType.MUTATION
        self.values = Values(operation, variables, WRITTEN if self.writes else TEXT)
        self.weights: dict[tuple[str, Place], Weight] = {}
        self.visits = 0
        self.introspection = lengths(schema)
        root = schema.get_root_type(operation.operation)
        weight = self.selections(operation.selection_set, root, Place(Group()))
        self.weight = replace(weight, cost=min(OBJECT + weight.cost, ENDLESS))

    def selections(self, selections: SelectionSetNode, parent: GraphQLNamedType | None, place: Place) -> Weight:
        depth = aliases = cost = 0
        for selection in selections.selections:
            match selection:
                case FieldNode():
                    weight = self.field(selection, parent, place)
                case InlineFragmentNode(type_condition=condition):
                    kind = self.schema.get_type(condition.name.value) if condition else parent
                    weight = self.selections(selection.selection_set, kind, place)
                case FragmentSpreadNode():
                    weight = self.fragment(selection.name.value, place)
                case _:
                    continue
            depth = max(depth, weight.depth)
            aliases += weight.aliases
            cost += weight.cost
        return Weight(depth, min(aliases, ENDLESS), min(cost, ENDLESS))

    def fragment(self, name: str, place: Place) -> Weight:
        if (name, place) not in self.weights:
            self.weights[name, place] = Weight()  # a cycle weighs nothing; validation rejects it anyway
            if found := self.fragments.get(name):
                kind = self.schema.get_type(found.type_condition.name.value)
                self.weights[name, place] = self.selections(found.selection_set, kind, place)
        return self.weights[name, place]

    def field(self, node: FieldNode, parent: GraphQLNamedType | None, place: Place) -> Weight:
        self.visits += 1
        if self.visits > VISITS:
            message = f"With its fragments written out a query may have {VISITS} fields; this one has more."
            raise TooMuch("QUERY_TOO_COSTLY", message, allowed=VISITS)
        argument = partial(self.values.argument, node)
        definition = self.definition(node, parent)
        stated = cost_of(definition) if definition else Cost()
        fee = self.given(node, parent) + (stated.fee(self.sizes, argument) if stated.fee else 0)
        if place.page and node.name.value == "totalCount":
            fee = place.fee
        cost = place.group.number * stated.each + fee
        inner = Weight()
        if node.selection_set:
            there = self.objects(node, parent, definition, stated, place, fee)
            inner = self.selections(node.selection_set, get_named_type(definition.type) if definition else None, there)
            cost += OBJECT * there.group.number
        return Weight(inner.depth + 1, inner.aliases + (node.alias is not None), min(cost + inner.cost, ENDLESS))

    def definition(self, node: FieldNode, parent: GraphQLNamedType | None) -> GraphQLField | None:
        if parent is self.schema.query_type and node.name.value in META:
            return META[node.name.value]
        return parent.fields.get(node.name.value) if isinstance(parent, COMPOSITE) else None

    def objects(
        self, node: FieldNode, parent: GraphQLNamedType | None, definition: GraphQLField | None, stated: Cost,
        place: Place, fee: int,
    ) -> Place:  # fmt: skip
        """Where the selection of a field stands."""
        group = place.group
        if definition is None or parent is None:
            return Place(group)
        if place.page and is_list(definition):
            return Place(place.page)
        if node.name.value == "ofType":
            return Place(group if place.wrappers < WRAPPERS else Group(0, 0), wrappers=place.wrappers + 1)
        length = stated.length or self.introspection.get((parent.name, node.name.value), same)
        found = length(group, self.sizes, partial(self.values.argument, node))
        if not get_named_type(definition.type).name.endswith("Connection"):
            return Place(found)
        number = min(found.number, group.number * self.page(node, definition))
        return Place(group, Group(number, min(found.repeats, number)), fee + ceil(found.number * LOOK))

    def page(self, node: FieldNode, field: GraphQLField) -> int:
        """How many items of its list the field wants."""
        first = self.values.argument(node, "first")
        # JSON knows no whole numbers: GraphQL takes 101.0 for an Int, too. Larger ones than an Int it refuses itself.
        if isinstance(first, float) and first.is_integer() and abs(first) < 2**31:
            first = int(first)
        if type(first) is not int:
            return PAGE
        if first < 1:
            raise BadInput(f"`first` must be between 1 and {PAGE}.", allowed=PAGE, asked=first)
        if first > PAGE:
            raise TooMuch("PAGE_TOO_LARGE", f"`first` must be between 1 and {PAGE}.", allowed=PAGE, asked=first)
        return first

    def given(self, node: FieldNode, parent: GraphQLNamedType | None) -> int:
        """What the arguments of a field cost, whose texts and lists are looked at here, before a database sees them."""
        length = sum(self.values.length(argument.value) for argument in node.arguments or ())
        if self.writes:
            return WRITE if parent is self.schema.mutation_type else 0
        return CHARACTER * length


def is_list(field: GraphQLField) -> bool:
    return is_list_type(field.type.of_type if is_non_null_type(field.type) else field.type)
