"""What a query may ask for. Its price is known before anything is executed, in time linear in its length."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    VariableNode,
    get_named_type,
    is_list_type,
    is_non_null_type,
)

from schema.errors import BadInput, TooMuch
from schema.paging import PAGE
from schema.progress import POINTS

OBJECT = GraphQLObjectType | GraphQLInterfaceType
IDS = 100
# What a list without pages counts for: more than nearly all of them hold.
LIST = 5
# What these cost beside what is selected in them, in the time that other fields take: they count, or are large.
FEES = {"__schema": 10_000, "__type": 1_000, "coverage": 1_000, "progressSeries": 3_000, "statusChanges": 500}
# The longest text that an argument takes. Each of its characters, and each entry of a list, is work for the database.
TEXT = 1_000
CHARACTER = 5
# What is written may be longer: how long, is for each field to say. It costs by the change, not by the character.
WRITTEN = 10_000
WRITE = 500
# Sums stop growing here: fragments can double them at every step, and a number of a thousand digits is not free.
ENDLESS = 10**9


@dataclass(frozen=True)
class Limits:
    """The most that one query may ask for."""

    tokens: int = 2_000
    depth: int = 20
    aliases: int = 100
    cost: int = 50_000


@dataclass(frozen=True)
class Weight:
    """What a selection asks for, fragments written out: levels, aliases, and fields to resolve.

    `each` is what a connection resolves for every item of its page; its size is only known one level up.
    `fees` are paid once, however many rows a field is asked for: rows are asked together.
    """

    depth: int = 0
    aliases: int = 0
    cost: int = 0
    each: int = 0
    fees: int = 0


class Scale:
    """Weighs one operation with its variables. Every fragment is weighed once and remembered."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> None:
        self.schema = schema
        self.fragments = fragments
        self.variables = variables
        self.writes = operation.operation is OperationType.MUTATION
        self.defaults = {d.variable.name.value: d.default_value for d in operation.variable_definitions or ()}
        self.known: dict[str, Weight] = {}
        self.lengths: dict[str, int] = {}
        self.weight = self.selections(operation.selection_set, schema.get_root_type(operation.operation))

    def selections(self, selections: SelectionSetNode, parent: GraphQLNamedType | None) -> Weight:
        depth = aliases = cost = each = fees = 0
        for selection in selections.selections:
            match selection:
                case FieldNode():
                    weight = self.field(selection, parent)
                case InlineFragmentNode(type_condition=condition):
                    kind = self.schema.get_type(condition.name.value) if condition else parent
                    weight = self.selections(selection.selection_set, kind)
                case FragmentSpreadNode():
                    weight = self.fragment(selection.name.value)
                case _:
                    continue
            depth = max(depth, weight.depth)
            aliases += weight.aliases
            cost += weight.cost
            each += weight.each
            fees += weight.fees
        return Weight(depth, min(aliases, ENDLESS), min(cost, ENDLESS), min(each, ENDLESS), min(fees, ENDLESS))

    def fragment(self, name: str) -> Weight:
        if name not in self.known:
            self.known[name] = Weight()  # a cycle weighs nothing; validation rejects it anyway
            if found := self.fragments.get(name):
                kind = self.schema.get_type(found.type_condition.name.value)
                self.known[name] = self.selections(found.selection_set, kind)
        return self.known[name]

    def field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Weight:
        field = parent.fields.get(node.name.value) if isinstance(parent, OBJECT) else None
        kind = get_named_type(field.type) if field else None
        inner = self.selections(node.selection_set, kind) if node.selection_set else Weight()
        depth, aliases = inner.depth + 1, inner.aliases + (node.alias is not None)
        cost = inner.cost
        fees = inner.fees + FEES.get(node.name.value, 0)
        length = sum(self.length(given.value) for given in node.arguments or ())
        if parent is self.schema.mutation_type:
            fees += WRITE
        elif not self.writes:
            fees += CHARACTER * length
        if field:
            if parent and parent.name.endswith("Connection") and _is_list(field):
                return Weight(depth, aliases, 1, inner.cost, fees)
            cost = inner.cost * self.times(node, field) + inner.each * self.page(node, field)
        return Weight(depth, aliases, min(1 + cost, ENDLESS), fees=fees)

    def times(self, node: FieldNode, field: GraphQLField) -> int:
        """How many objects the field can lead to."""
        if not _is_list(field):
            return 1
        if "ids" in field.args:
            return self.ids(node)
        return POINTS if "every" in field.args else LIST

    def page(self, node: FieldNode, field: GraphQLField) -> int:
        """How many items of its list the field wants."""
        first = self.value(node, "first") if "first" in field.args else PAGE
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

    def ids(self, node: FieldNode) -> int:
        ids = self.value(node, "ids")
        number = len(ids) if isinstance(ids, list | tuple) else 1
        if number > IDS:
            raise TooMuch("TOO_MANY_IDS", f"`ids` may hold {IDS} at most.", allowed=IDS, asked=number)
        return number

    def length(self, value: Any) -> int:
        """How many characters and entries an argument has, as written in the query or as given by variables.

        This is the one place that sees every text before a database does.
        """
        match value:
            case VariableNode():
                name = value.name.value
                if name not in self.lengths:
                    given = self.variables[name] if name in self.variables else self.defaults.get(name)
                    self.lengths[name] = self.length(given)
                return self.lengths[name]
            case StringValueNode(value=text) | str(text):
                longest = WRITTEN if self.writes else TEXT
                if len(text) > longest:
                    raise BadInput(f"A text may have {longest} characters.", allowed=longest, asked=len(text))
                if "\0" in text:
                    raise BadInput("A text may not hold the character NUL.")
                return len(text)
            case ListValueNode(values=entries) | list(entries):
                return sum(1 + self.length(entry) for entry in entries)
            case ObjectValueNode(fields=entries):
                return sum(self.length(entry.value) for entry in entries)
            case dict():
                return sum(self.length(entry) for entry in value.values())
            case _:
                return 0

    def value(self, node: FieldNode, name: str) -> Any:
        """An argument as far as a price needs it: a whole number or a list. None for anything else."""
        value: Any = next((argument.value for argument in node.arguments or () if argument.name.value == name), None)
        if isinstance(value, VariableNode):
            variable = value.name.value
            if variable in self.variables:
                return self.variables[variable]
            value = self.defaults.get(variable)
        if isinstance(value, IntValueNode):
            return int(value.value[:12])
        return value.values if isinstance(value, ListValueNode) else None


def check(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    limits: Limits,
) -> int:
    """The price. Raises when the operation asks for too much. The others of the document are not executed."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    try:
        weight = Scale(schema, fragments, operation, variables).weight
    except RecursionError:
        # A chain of fragments can be deeper than the stack, although each of them could be parsed.
        raise too_deep(limits) from None
    _most("QUERY_TOO_DEEP", "levels", weight.depth, limits.depth)
    _most("TOO_MANY_ALIASES", "aliases", weight.aliases, limits.aliases)
    price = weight.cost + weight.fees
    _most("QUERY_TOO_COSTLY", "fields to resolve", price, limits.cost)
    return price


def too_deep(limits: Limits) -> TooMuch:
    """For a query so deep that its levels were not even counted."""
    return TooMuch("QUERY_TOO_DEEP", f"A query may have {limits.depth} levels.", allowed=limits.depth)


def _most(code: str, what: str, asked: int, allowed: int) -> None:
    if asked > allowed:
        raise TooMuch(code, f"A query may have {allowed} {what}; this one has {asked}.", allowed=allowed, asked=asked)


def _is_list(field: GraphQLField) -> bool:
    return is_list_type(field.type.of_type if is_non_null_type(field.type) else field.type)
