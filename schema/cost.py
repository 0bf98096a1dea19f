"""What a field costs beside its selection, stated where the field is: the length of its list, and a flat cost."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any, Protocol

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema
from strawberry.types.field import StrawberryField

from db.columns import Column
from db.models.base import Base
from db.sizes import Lengths, Sizes

# The unit is the time of one field that is read from a row. An SQL statement takes as long as this many.
STATEMENT = 50
# A statement that is compiled anew each time takes longer.
BUILT = 200
# A field with arguments.
RESOLVER = 5
# An object, without its fields.
OBJECT = 2
# A condition on a row that reads nothing but the row.
ROW_CONDITION_COST = 0.02
# A row of another table that is searched for words.
RELATED_ROW_COST = 0.2
# Where the metadata of a field has its cost.
COST = "cost"


@dataclass(frozen=True)
class Group:
    """The objects that one place in a query leads to: how many, and how often the same one can be among them."""

    number: int = 1
    repeats: int = 1

    def within(self, lists: Lengths, shared: int = 1) -> "Group":
        """The entries of the lists of all; one entry can be in `shared` lists."""
        # The most entries: the objects have the longest lists, and each object repeats as often as it can.
        number = self.repeats * lists.longest(ceil(self.number / max(self.repeats, 1)))
        return Group(number, min(self.repeats * shared, number))


class Arguments(Protocol):
    def __call__(self, name: str) -> Any:
        """An argument as JSON; None if it is left out."""


# From the objects that have a field to the objects that it leads to, all together.
Length = Callable[[Group, Sizes, Arguments], Group]
# From the objects that a field leads to, to the moments that they are of.
Moments = Callable[[Group, Sizes, Arguments], int]
FlatCost = Callable[[Sizes, Arguments], int]


@dataclass(frozen=True)
class Cost:
    length: Length | None = None
    # Once, however many objects have the field.
    flat: FlatCost | None = None
    # For each object that has the field.
    each: int = 1
    # Whether the list is a connection, of which a page is read.
    paged: bool = False
    # Objects of other moments load apart: what is asked of them costs its flat cost for each moment.
    moments: Moments | None = None


def costs(
    length: Length | None = None,
    flat: FlatCost | int | None = None,
    *,
    paged: bool = False,
    moments: Moments | None = None,
) -> dict[object, object]:
    """Metadata of a field. Without a flat cost, a field with a resolver costs one statement, any other nothing."""
    cost = (lambda _sizes, _arguments: flat) if isinstance(flat, int) else flat
    return {COST: Cost(length, cost, paged=paged, moments=moments)}


def cost_of(field: GraphQLField) -> Cost:
    """The cost of a field of the schema."""
    cost: Cost | None = field.extensions.get(COST)
    if cost is None:
        cost = field.extensions[COST] = _read_cost(field)
    return cost


def _read_cost(field: GraphQLField) -> Cost:
    definition = field.extensions.get("strawberry-definition")
    if not isinstance(definition, StrawberryField):
        return Cost()
    cost: Cost | None = definition.metadata.get(COST)
    if definition.base_resolver is None:
        return cost or Cost()
    each = RESOLVER if definition.arguments else 1
    if cost is None:
        return Cost(flat=_statement, each=each)
    return replace(cost, flat=cost.flat or _statement, each=each)


def columns(schema: GraphQLSchema) -> list[Column]:
    """The columns behind the lists of all fields of a schema, which `db.sizes` measures."""
    kinds = [kind for kind in schema.type_map.values() if isinstance(kind, GraphQLObjectType)]
    lengths = [cost_of(field).length for kind in kinds for field in kind.fields.values()]
    lists = [length.columns for length in lengths if isinstance(length, Through | Lists)]
    return list(dict.fromkeys(column for columns in lists for column in columns if column is not None))


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


def every(*models: type[Base], more: int = 0) -> Length:
    """All rows of these tables for each, and a few more."""

    def length(group: Group, sizes: Sizes, _arguments: Arguments) -> Group:
        return Group(group.number * (sizes.rows(*models) + more), group.number)

    return length


@dataclass(frozen=True)
class Through:
    """The rows that point to each by the column `owner`. In a table of links, `target` points on to the objects."""

    owner: Column
    target: Column | None = None

    def __call__(self, group: Group, sizes: Sizes, _arguments: Arguments) -> Group:
        shared = 1 if self.target is None else sizes.lengths(self.target).most
        return group.within(sizes.lengths(self.owner), shared)

    @property
    def columns(self) -> tuple[Column, ...]:
        return (self.owner, self.target)


@dataclass(frozen=True)
class Lists:
    """For each object at most `number` lists of those that any of the columns makes, and `more` entries.

    An entry belongs to one object.
    """

    columns: tuple[Column, ...]
    number: int = 1
    more: int = 0

    def __call__(self, group: Group, sizes: Sizes, _arguments: Arguments) -> Group:
        counts = Counter[int]()
        for column in self.columns:
            counts.update(dict(sizes.lengths(column).counts))
        lists = Lengths(tuple(sorted(counts.items(), reverse=True)))
        entries = Group(group.number * self.number, group.repeats).within(lists)
        return Group(entries.number + group.number * self.more, group.repeats)

    def scan(self, *, work: float, base: int) -> FlatCost:
        """For a statement that reads all entries, with this much work on each."""

        def flat(sizes: Sizes, _arguments: Arguments) -> int:
            lengths = [sizes.lengths(column) for column in self.columns]
            return base + ceil(sum(each.total for each in lengths) * work)

        return flat


def page_items(group: Group, _sizes: Sizes, _arguments: Arguments) -> Group:
    """The items of a page of a connection, which `schema.price` knows from the field that leads to it."""
    return group


def page_count(_sizes: Sizes, _arguments: Arguments) -> int:
    """The count of all items of a connection, which `schema.price` knows likewise."""
    return STATEMENT


def scan(*models: type[Base], work: float, base: int = STATEMENT) -> FlatCost:
    """For a statement that reads all rows of these tables, with this much work on each."""

    def flat(sizes: Sizes, _arguments: Arguments) -> int:
        return base + ceil(sizes.rows(*models) * work)

    return flat


@dataclass(frozen=True)
class Scan:
    """For a list of the rows of a table: the work on each row, by the entries of its filter and its order."""

    model: type[Base]
    work: Mapping[str, float]
    # By entry, other tables whose rows it looks at.
    related: Mapping[str, Collection[type[Base]]] = field(default_factory=dict)

    def __call__(self, sizes: Sizes, arguments: Arguments) -> int:
        filter, order = arguments("filter") or {}, arguments("orderBy") or {}
        entries = [*(name for name, value in filter.items() if value is not None), order.get("by", "")]
        work = sum(self.work.get(name, ROW_CONDITION_COST) for name in entries)
        others = sum(sizes.rows(*self.related.get(name, ())) for name in entries)
        return BUILT + ceil(sizes.rows(self.model) * work + others * RELATED_ROW_COST)


def _statement(_sizes: Sizes, _arguments: Arguments) -> int:
    return STATEMENT
