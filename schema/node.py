"""Nodes: the objects with a global id."""

import datetime as dt
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

import strawberry
from strawberry.relay import GlobalID, GlobalIDValueError
from strawberry.relay.utils import to_base64

from db import places, relations
from db.models.base import Base
from db.natural_keys import KEY_COLUMN
from schema.batch import Batch, RowMember
from schema.context import Context
from schema.cost import STATEMENT, FlatCost
from schema.errors import InvalidId
from schema.keys import KEY
from schema.loads import then
from schema.moment import Moment
from schema.row_types import Reader, shows

NUMBER = re.compile("[1-9][0-9]{0,8}", re.ASCII)
# The first part of an id: the type, and what of its moment was stated.
NAME = re.compile("([A-Za-z]+)(?:@([0-9-]*)@(0|[1-9][0-9]{0,8}|))?", re.ASCII)
# The natural keys that are fields of their own.
NAMES = ("ref", "slug")
N = TypeVar("N", bound="Node")
# The parts of an id: the type, the day and the revision that it names, and the natural key.
Name: TypeAlias = tuple[str, dt.date | None, int | None, str]
# From natural keys to the objects that have them at a moment; a key of nothing is left out.
Find: TypeAlias = Callable[[Context, Moment, Sequence[str]], Awaitable[Mapping[str, "Node"]]]
# The natural key of a type of which there is one object at each moment.
ONLY = "1"
ID_DESCRIPTION = (
    "The global id. Under `record`, it names the day and the revision, too, where the query states them: the same row"
    " of two moments is two objects to a client's cache."
)


@strawberry.interface(
    description="Anything with a global id. Ids are opaque, and survive re-seeding and a change of database."
)
class Node(RowMember):
    id: strawberry.ID = strawberry.field(description=ID_DESCRIPTION)

    # The natural key, where it is known and no column holds it.
    key: strawberry.Private[str] = ""

    @property
    def natural_key(self) -> str:
        """Of a row with a name of its own."""
        return str(getattr(self.row, _columns[type(self).__name__]))

    def name_moment(self, name: str) -> None:
        kind = type(self).__name__
        if kind in _columns:
            self.id = global_id(kind + name, self.natural_key)


@dataclass(frozen=True)
class Lookup:
    """How the objects of a type are found by the keys in their ids. `cost` is that of all keys, or of `each`."""

    kind: "type[Node]"
    find: Find
    cost: FlatCost
    each: bool = False


# The types of nodes, by name; and of those whose keys are in a column, the table and the column.
lookups: dict[str, Lookup] = {}
_models: dict[str, type[Base]] = {}
_columns: dict[str, str] = {}


def node_of(model: type[Base], key: str = "", **readers: Reader) -> Callable[[type[N]], type[N]]:
    """Registers the GraphQL type of the rows of a table, whose ids are made of their natural keys."""
    column = key or KEY_COLUMN[model]

    def register(cls: type[N]) -> type[N]:
        kind = cls.__name__
        _columns[kind], _models[kind] = column, model
        node_by(_find_rows(model, column))(cls)
        return shows(model, id=lambda row: global_id(kind, str(getattr(row, column))), **readers)(cls)

    return register


def node_at_place(model: type[Base]) -> Callable[[type[N]], type[N]]:
    """The same for rows that have no name but their place among those of another row."""

    async def find(context: Context, moment: Moment, keys: Sequence[str]) -> Mapping[str, Node]:
        rows = await context.read(moment, places.by_key, keys, model)
        batch = Batch(context, moment)
        nodes = {key: batch.to_graphql(Node, row) for key, row in rows.items()}
        for key, node in nodes.items():
            node.key = key
        return nodes

    def register(cls: type[N]) -> type[N]:
        _models[cls.__name__] = model
        return shows(model)(node_by(find)(cls))

    return register


def id_at_place(model: type[Base]) -> Any:
    """The id of such a row."""

    def resolve(self: Node) -> strawberry.ID:
        key = self.key or self.load(places.keys, KEY, model)
        return then(key, lambda key: id_at(self.moment, type(self), key))

    description = f"{ID_DESCRIPTION} The row has no name but its place: a correction of the list may put another there."
    return strawberry.field(resolver=resolve, description=description)


def node_by(find: Find, cost: FlatCost | None = None, *, each: bool = False) -> Callable[[type[N]], type[N]]:
    """Registers a type of objects that a function finds by their keys: with one statement, unless a cost is given."""

    def register(cls: type[N]) -> type[N]:
        lookups[cls.__name__] = Lookup(cls, find, cost or (lambda _sizes, _arguments: STATEMENT), each)
        return cls

    return register


def _find_rows(model: type[Base], column: str) -> Find:
    is_numbered = model.__table__.c[column].type.python_type is int

    async def find(context: Context, moment: Moment, keys: Sequence[str]) -> Mapping[str, Node]:
        names: Sequence[str | int] = keys
        if is_numbered:
            names = [int(key) for key in keys if NUMBER.fullmatch(key)]
        found = await Batch(context, moment).ask(relations.by_id, names, model, getattr(model, column))
        return {str(key): node for key, node in found.items()}

    return find


def model_of(kind: type[Node]) -> type[Base]:
    """The table whose rows are nodes of this type."""
    return _models[kind.__name__]


def key_fields(kind: str) -> tuple[str, ...]:
    """The fields by each of which an object of this type is found."""
    column = _columns.get(kind)
    return ("id", column) if column in NAMES else ("id",)


def id_column(kind: type) -> str | None:
    """The column that the ids of a type are made of; None where no column holds the key."""
    return _columns.get(kind.__name__)


def is_node(model: type[Base]) -> bool:
    """Whether the rows of a table are nodes."""
    return model in _models.values()


def id_at(moment: Moment, kind: type[Node], key: str) -> strawberry.ID:
    """The id of an object of a moment, which must have been read if it is stated."""
    return global_id(kind.__name__ + (moment.name if moment.is_stated else ""), key)


def id_of(moment: Moment, kind: str, key: str) -> strawberry.ID | None:
    """The id of what the log names; None for the name of no node."""
    if kind not in lookups:
        return None
    return global_id(kind + (moment.name if moment.is_stated else ""), key or ONLY)


@lru_cache(maxsize=4096)
def global_id(kind: str, key: str) -> strawberry.ID:
    return strawberry.ID(to_base64(kind, key))


def parse_id(id: str) -> tuple[str, str]:
    """The type and the natural key in a global id, of whichever moment."""
    kind, _, _, key = parse_name(id)
    return kind, key


def parse_name(id: str) -> Name:
    """The type, the day and the revision that it names, and the natural key in a global id."""
    with suppress(GlobalIDValueError, ValueError):
        parts = GlobalID.from_id(id)
        name = NAME.fullmatch(parts.type_name)
        # No database takes a NUL.
        if name and name[1] in lookups and "\0" not in parts.node_id:
            kind, day, revision = name.groups()
            return kind, dt.date.fromisoformat(day) if day else None, int(revision) if revision else None, parts.node_id
    raise InvalidId(f"{id!r} is not an id of this API.")
