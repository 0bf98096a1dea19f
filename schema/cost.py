"""What a field costs beside its selection, stated where the field is: how long its list is, and what is paid once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Protocol

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema
from strawberry.types.field import StrawberryField

from db.sizes import Lengths, Sizes

# A unit is the time of one field that is read from a row. A statement of SQL takes as long as this many.
STATEMENT = 50
# One that is put together anew each time takes longer, and so does a field with arguments.
BUILT = 200
RESOLVER = 5
# And an object, before its fields, as long as this many.
OBJECT = 2
COST = "cost"


@dataclass(frozen=True)
class Group:
    """The objects that one place in a query leads to: how many, and how often one of them can be among them."""

    number: int = 1
    repeats: int = 1

    def within(self, lists: Lengths, shared: int = 1) -> "Group":
        """The entries of a list of each; `shared` is in how many lists one entry can be."""
        # Those with the longest lists, each as often as any can be there.
        number = self.repeats * lists.longest(ceil(self.number / max(self.repeats, 1)))
        return Group(number, min(self.repeats * shared, number))


class Arguments(Protocol):
    def __call__(self, name: str) -> Any:
        """An argument as JSON has it. None where it was left out."""


# The objects that a field of each object of a group leads to, together.
Length = Callable[[Group, Sizes, Arguments], Group]
Fee = Callable[[Sizes, Arguments], int]


@dataclass(frozen=True)
class Cost:
    length: Length | None = None
    fee: Fee | None = None
    each: int = 1


def costs(length: Length | None = None, fee: Fee | int | None = None) -> dict[object, object]:
    """Metadata of a field. A field with a resolver pays for a statement if no fee is given, any other nothing."""
    paid = (lambda _sizes, _arguments: fee) if isinstance(fee, int) else fee
    return {COST: Cost(length, paid)}


def cost_of(field: GraphQLField) -> Cost:
    """What is stated of a field of the schema."""
    found: Cost | None = field.extensions.get(COST)
    if found is None:
        found = field.extensions[COST] = _stated(field)
    return found


def _stated(field: GraphQLField) -> Cost:
    definition = field.extensions.get("strawberry-definition")
    if not isinstance(definition, StrawberryField):
        return Cost()
    stated: Cost | None = definition.metadata.get(COST)
    if definition.base_resolver is None:
        return stated or Cost()
    each = RESOLVER if definition.arguments else 1
    if stated is None:
        return Cost(fee=_statement, each=each)
    return Cost(stated.length, stated.fee or _statement, each)


def columns(schema: GraphQLSchema) -> list[Any]:
    """The columns whose lists any field of a schema goes through."""
    kinds = [kind for kind in schema.type_map.values() if isinstance(kind, GraphQLObjectType)]
    stated = [cost_of(field).length for kind in kinds for field in kind.fields.values()]
    return list(dict.fromkeys(column for length in stated if isinstance(length, Through) for column in length.columns))


def same(group: Group, _sizes: Sizes, _arguments: Arguments) -> Group:
    """One object for each, which may be the same one for all."""
    return Group(group.number, group.number)


def own(group: Group, _sizes: Sizes, _arguments: Arguments) -> Group:
    """One object for each, which belongs to no other."""
    return group


def fixed(number: int) -> Length:
    """A list of this length for each."""

    def length(group: Group, _sizes: Sizes, _arguments: Arguments) -> Group:
        return Group(group.number * number, group.number * number)

    return length


def every(*models: Any, more: int = 0) -> Length:
    """All rows of these tables for each, and a few more."""

    def length(group: Group, sizes: Sizes, _arguments: Arguments) -> Group:
        return Group(group.number * (sizes.rows(*models) + more), group.number)

    return length


@dataclass(frozen=True)
class Through:
    """The rows that point to each by the column `owner`. In a table of links, `target` points on to the objects."""

    owner: Any
    target: Any = None

    def __call__(self, group: Group, sizes: Sizes, _arguments: Arguments) -> Group:
        shared = 1 if self.target is None else sizes.lengths(self.target).most
        return group.within(sizes.lengths(self.owner), shared)

    @property
    def columns(self) -> list[Any]:
        return [column for column in (self.owner, self.target) if column is not None]


def scan(*models: Any, work: float, base: int = STATEMENT) -> Fee:
    """What goes through all rows of these tables, with this much work on each."""

    def fee(sizes: Sizes, _arguments: Arguments) -> int:
        return base + ceil(sizes.rows(*models) * work)

    return fee


@dataclass(frozen=True)
class Scan:
    """The rows of a table that a list goes through, and the work on each, by the entries of filter and order."""

    model: Any
    work: Mapping[str, float]

    def __call__(self, sizes: Sizes, arguments: Arguments) -> int:
        return BUILT + ceil(sizes.rows(self.model) * self.each(arguments))

    def each(self, arguments: Arguments) -> float:
        given, order = arguments("filter") or {}, arguments("orderBy") or {}
        entries = [name for name, value in given.items() if value is not None]
        return sum(self.work.get(name, LOOK) for name in [*entries, order.get("by", "")])


# What it takes to look at a row in a condition that needs nothing but the row.
LOOK = 0.02


def _statement(_sizes: Sizes, _arguments: Arguments) -> int:
    return STATEMENT
