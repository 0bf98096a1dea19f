"""The price of an operation: the most that it can cost, by its text, its variables and the sizes of the data."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from math import ceil

import graphql
from graphql.language import ast

from db.sizes import Sizes
from schema.cost import OBJECT, ROW_CONDITION_COST, Arguments, Cost, Group, cost_of, page_count, page_items, same
from schema.days import check_days
from schema.errors import BadInput, ClientError, TooMuch
from schema.introspection import REFERENCES, WRAPPED, WRAPPERS, lengths, reference_counts
from schema.limits import PAGE, Limits
from schema.values import Values

META = {"__schema": graphql.SchemaMetaFieldDef, "__type": graphql.TypeMetaFieldDef}
COMPOSITE = graphql.GraphQLObjectType | graphql.GraphQLInterfaceType
# In characters: the longest text in an argument of a query, and of a mutation, whose inputs have bounds of their own.
QUERY_TEXT, MUTATION_TEXT = 1_000, 10_000
# The cost of each character of a text in an argument, and of each entry of a list: it is work for the database.
CHARACTER = 5
# The cost of each field of a mutation, in place of that of its texts.
WRITE = 500
# Sums stop growing here: fragments can double them at every step, and a number of a thousand digits is not free.
ENDLESS = 10**9
FIRST = "first"
# The most fields that are visited, with fragments expanded. No useful query of 2,000 tokens has more.
VISITS = 10_000


@dataclass(frozen=True)
class Price:
    """What a selection asks for, with fragments expanded: levels, aliases, and the most that it can cost."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0


@dataclass(frozen=True)
class Parents:
    """The objects that a selection is made on; in a connection also the items of its page, and the cost of a count."""

    group: Group
    page: Group | None = None
    count_cost: int = 0
    # How many levels of `ofType` lead here, and how often the same reference to a type can be among them.
    wrappers: int = 0
    references: int = 0
    # How many batches they come in at most: what is asked of them is loaded for each apart.
    batches: int = 1


@dataclass
class PriceEstimator:
    """Computes the price of one operation with its variables: of a fragment, once for each place that spreads it."""

    schema: graphql.GraphQLSchema
    sizes: Sizes
    fragments: Mapping[str, ast.FragmentDefinitionNode]
    operation: ast.OperationDefinitionNode
    variables: Mapping[str, object]
    # The latest day that can be asked about.
    latest: dt.date
    visits: int = 0
    prices: dict[tuple[str, Parents], Price] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.writes = self.operation.operation is ast.OperationType.MUTATION
        self.values = Values(self.operation, self.variables, MUTATION_TEXT if self.writes else QUERY_TEXT)
        self.introspection = lengths(self.schema)
        root = self.schema.get_root_type(self.operation.operation)
        price = self.selections(self.operation.selection_set, root, Parents(Group()))
        self.price = replace(price, cost=min(OBJECT + price.cost, ENDLESS))

    def selections(
        self, selections: ast.SelectionSetNode, parent: graphql.GraphQLNamedType | None, parents: Parents
    ) -> Price:
        depth = aliases = cost = 0
        for selection in selections.selections:
            match selection:
                case ast.FieldNode():
                    price = self.field(selection, parent, parents)
                case ast.InlineFragmentNode(type_condition=condition):
                    kind = self.schema.get_type(condition.name.value) if condition else parent
                    price = self.selections(selection.selection_set, kind, parents)
                case ast.FragmentSpreadNode():
                    price = self.fragment(selection.name.value, parents)
                case _:
                    continue
            depth = max(depth, price.depth)
            aliases += price.aliases
            cost += price.cost
        return Price(depth, min(aliases, ENDLESS), min(cost, ENDLESS))

    def fragment(self, name: str, parents: Parents) -> Price:
        if (name, parents) not in self.prices:
            self.prices[name, parents] = Price()  # a cycle adds nothing, and validation rejects it
            if fragment := self.fragments.get(name):
                kind = self.schema.get_type(fragment.type_condition.name.value)
                self.prices[name, parents] = self.selections(fragment.selection_set, kind, parents)
        return self.prices[name, parents]

    def field(self, node: ast.FieldNode, parent: graphql.GraphQLNamedType | None, parents: Parents) -> Price:
        try:
            return self._field(node, parent, parents)
        except ClientError as error:
            error.locate(node)
            raise

    def _field(self, node: ast.FieldNode, parent: graphql.GraphQLNamedType | None, parents: Parents) -> Price:
        self.visits += 1
        if self.visits > VISITS:
            message = f"With its fragments expanded a query may have {VISITS} fields; this one has more."
            raise TooMuch("QUERY_TOO_COSTLY", message, allowed=VISITS)
        definition = self.definition(node, parent)
        argument = partial(self.values.argument, node, definition)
        cost = cost_of(definition) if definition else Cost()
        batches = self.batches(parent, parents)
        flat = self.arguments_cost(node, parent) + (batches * cost.flat(self.sizes, argument) if cost.flat else 0)
        if cost.flat is page_count:
            flat = parents.count_cost
        if definition and FIRST in definition.args:
            # Of every list, also where it is no connection: a number below zero would take from the price.
            self.page(argument)
        total = parents.group.number * cost.each + flat
        if node.arguments:
            check_days(argument, self.latest)
        inner = Price()
        if node.selection_set:
            objects = self.objects(node, parent, definition, cost, replace(parents, batches=batches), flat)
            kind = graphql.get_named_type(definition.type) if definition else None
            inner = self.selections(node.selection_set, kind, objects)
            total += OBJECT * objects.group.number
        return Price(inner.depth + 1, inner.aliases + (node.alias is not None), min(total + inner.cost, ENDLESS))

    def batches(self, parent: graphql.GraphQLNamedType | None, parents: Parents) -> int:
        """In how many batches a field is loaded: those of an interface for each type apart."""
        kinds = 1
        if isinstance(parent, graphql.GraphQLInterfaceType):
            kinds = len(self.schema.get_possible_types(parent))
        return max(min(parents.batches * kinds, parents.group.number), 1)

    def definition(self, node: ast.FieldNode, parent: graphql.GraphQLNamedType | None) -> graphql.GraphQLField | None:
        if parent is self.schema.query_type and node.name.value in META:
            return META[node.name.value]
        return parent.fields.get(node.name.value) if isinstance(parent, COMPOSITE) else None

    def objects(
        self, node: ast.FieldNode, parent: graphql.GraphQLNamedType | None, definition: graphql.GraphQLField | None,
        cost: Cost, parents: Parents, flat: int,
    ) -> Parents:  # fmt: skip
        """The objects that a field leads to."""
        group, batches = parents.group, parents.batches
        if definition is None or parent is None:
            return Parents(group)
        if cost.length is page_items and parents.page:
            return Parents(parents.page, batches=batches)
        name = (parent.name, node.name.value)
        if name == WRAPPED:
            most = reference_counts(self.schema)[parents.wrappers] if parents.wrappers < WRAPPERS else 0
            number = min(group.number, most * parents.references)
            group = Group(number, min(group.repeats, number))
            return Parents(group, wrappers=parents.wrappers + 1, references=parents.references)
        length = cost.length or self.introspection.get(name, same)
        argument = partial(self.values.argument, node, definition)
        entries = length(group, self.sizes, argument)
        if cost.moments:
            batches *= cost.moments(entries, self.sizes, argument)
        if not cost.paged:
            return Parents(entries, batches=batches, references=group.repeats if name in REFERENCES else 0)
        number = min(entries.number, group.number * self.page(argument))
        page = Group(number, min(entries.repeats, number))
        return Parents(group, page, count_cost(flat, entries.number), batches=batches)

    def page(self, argument: Arguments) -> int:
        """How many items of its list a field has on a page."""
        first = argument(FIRST)
        # JSON has no whole numbers: GraphQL takes 101.0 for an Int, too. It refuses numbers beyond an Int itself.
        if isinstance(first, float) and first.is_integer() and abs(first) < 2**31:
            first = int(first)
        if type(first) is not int:
            return PAGE
        if first < 1:
            raise BadInput(f"`first` must be between 1 and {PAGE}.", allowed=PAGE, asked=first)
        if first > PAGE:
            raise TooMuch("PAGE_TOO_LARGE", f"`first` must be between 1 and {PAGE}.", allowed=PAGE, asked=first)
        return first

    def arguments_cost(self, node: ast.FieldNode, parent: graphql.GraphQLNamedType | None) -> int:
        """The cost of the texts and lists in the arguments of a field; raises when one is too long."""
        length = sum(self.values.length(argument.value) for argument in node.arguments or ())
        if self.writes:
            return WRITE if parent is self.schema.mutation_type else 0
        return CHARACTER * length


def count_cost(flat: int, entries: int) -> int:
    """The cost of counting a list: what its page costs, and a look at each entry."""
    return flat + ceil(entries * ROW_CONDITION_COST)


def check_price(
    schema: graphql.GraphQLSchema,
    document: ast.DocumentNode,
    operation: ast.OperationDefinitionNode,
    variables: Mapping[str, object],
    limits: Limits,
    sizes: Sizes,
    latest: dt.date = dt.date.max,
) -> int:
    """The price of the operation, which alone is executed; raises when it asks for too much, or of a day to come."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, ast.FragmentDefinitionNode)}
    try:
        price = PriceEstimator(schema, sizes, fragments, operation, variables, latest).price
    except RecursionError:
        # A chain of fragments can be deeper than the stack, although each of them could be parsed.
        raise too_deep(limits) from None
    try:
        _check("QUERY_TOO_DEEP", "levels", price.depth, limits.depth)
        _check("TOO_MANY_ALIASES", "aliases", price.aliases, limits.aliases)
        highest = highest_price(operation, limits)
        if price.cost > highest:
            message = f"A {operation.operation.value} may cost {highest}; this one could cost {price.cost}."
            raise TooMuch("QUERY_TOO_COSTLY", message, allowed=highest, asked=price.cost)
    except TooMuch as error:
        error.locate(operation)
        raise
    return price.cost


def highest_price(operation: ast.OperationDefinitionNode, limits: Limits) -> int:
    """What an operation may cost: of a subscription, each event."""
    return limits.cost if operation.operation is ast.OperationType.QUERY else min(limits.cost, limits.large)


def too_deep(limits: Limits) -> TooMuch:
    """For a query so deep that its levels were not even counted."""
    return TooMuch("QUERY_TOO_DEEP", f"A query may have {limits.depth} levels.", allowed=limits.depth)


def _check(code: str, what: str, asked: int, allowed: int) -> None:
    if asked > allowed:
        raise TooMuch(code, f"A query may have {allowed} {what}; this one has {asked}.", allowed=allowed, asked=asked)
