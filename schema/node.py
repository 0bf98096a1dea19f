"""Nodes: the objects with a global id."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Annotated, TypeVar

import strawberry
from strawberry.relay import GlobalID, GlobalIDValueError
from strawberry.relay.utils import to_base64

from db import models, relations
from db.models.base import Base
from db.natural_keys import KEY_COLUMN
from db.sizes import Sizes
from schema.batch import Batch, Reader, RowMember, shows
from schema.context import Context, Info
from schema.cost import STATEMENT, Arguments, Group, costs
from schema.errors import InvalidId, TooMuch
from schema.limits import IDS
from schema.moment import Moment
from schema.record import find_moment, moment_of

REVISION = re.compile("[1-9][0-9]{0,8}", re.ASCII)
# The first part of an id: the type, and what of its moment was stated.
NAME = re.compile("([A-Za-z]+)(?:@([0-9-]*)@([1-9][0-9]{0,8}|))?", re.ASCII)
N = TypeVar("N", bound="Node")
# The table of a type of nodes, and the unique column that its ids are made of.
_nodes: dict[str, tuple[type[Base], str]] = {}


@strawberry.interface(
    description="Anything with a global id. Ids are opaque, and survive re-seeding and a change of database."
)
class Node(RowMember):
    id: strawberry.ID = strawberry.field(
        description="The global id. Under `record`, it names the day and the revision, too, where the query states"
        " them: the same row of two moments is two objects to a client's cache."
    )

    def name_moment(self, name: str) -> None:
        kind = type(self).__name__
        self.id = global_id(kind + name, str(getattr(self.row, _nodes[kind][1])))


def node_of(model: type[Base], key: str = "", **readers: Reader) -> Callable[[type[N]], type[N]]:
    """Registers the GraphQL type of the rows of a table, whose ids are made of their natural keys."""
    column = key or KEY_COLUMN[model]

    def register(cls: type[N]) -> type[N]:
        kind = cls.__name__
        _nodes[kind] = (model, column)
        return shows(model, id=lambda row: global_id(kind, str(getattr(row, column))), **readers)(cls)

    return register


def model_of(kind: type[Node]) -> type[Base]:
    """The table whose rows are nodes of this type."""
    return _nodes[kind.__name__][0]


def is_node(model: type[Base]) -> bool:
    """Whether the rows of a table are nodes."""
    return any(model is table for table, _ in _nodes.values())


@lru_cache(maxsize=4096)
def global_id(kind: str, key: str) -> strawberry.ID:
    return strawberry.ID(to_base64(kind, key))


def parse_id(id: str) -> tuple[str, str]:
    """The type and the natural key in a global id, of whichever moment."""
    kind, _, _, key = _parse(id)
    return kind, key


def _parse(id: str) -> tuple[str, dt.date | None, int | None, str]:
    """The type, the day and the revision that it names, and the natural key in a global id."""
    with suppress(GlobalIDValueError, ValueError):
        parts = GlobalID.from_id(id)
        name = NAME.fullmatch(parts.type_name)
        # No database takes a NUL.
        if name and name[1] in _nodes and "\0" not in parts.node_id:
            kind, day, revision = name.groups()
            return kind, dt.date.fromisoformat(day) if day else None, int(revision) if revision else None, parts.node_id
    raise InvalidId(f"{id!r} is not an id of this API.")


async def load_nodes(context: Context, moment: Moment, ids: Sequence[str]) -> list[Node | None]:
    """The nodes with these ids, None where there is none: one statement for each type and moment among them."""
    names = [_parse(id) for id in ids]
    nodes: dict[tuple[str, dt.date | None, int | None, str], Node] = {}
    for kind, day, revision in dict.fromkeys(name[:3] for name in names):
        at = await find_moment(context, moment, day, revision=revision)
        if at is None:
            continue
        model, column = _nodes[kind]
        keys: list[str | int] = [key for *group, key in names if group == [kind, day, revision]]
        if model is models.Change:
            # The only nodes that are numbered, by revision.
            keys = [int(key) for key in keys if REVISION.fullmatch(str(key))]
        batch = Batch(context, at)
        rows = await context.read(at, relations.by_id, keys, model, getattr(model, column))
        nodes.update(((kind, day, revision, str(key)), batch.to_graphql(Node, row)) for key, row in rows.items())
    return [nodes.get(name) for name in names]


def ids_length(group: Group, _sizes: Sizes, arguments: Arguments) -> Group:
    """As many objects as there are ids, which may all be the same."""
    number = len(arguments("ids") or ())
    if number > IDS:
        raise TooMuch("TOO_MANY_IDS", f"`ids` may hold {IDS} at most.", allowed=IDS, asked=number)
    return Group(group.number * number, group.number * number)


def ids_cost(sizes: Sizes, arguments: Arguments) -> int:
    """A statement for each type among them at each moment, and one to find the moment."""
    moments = _moments(Group(), sizes, arguments)
    return STATEMENT * (min(len(arguments("ids") or ()), len(_nodes) * moments) + moments - 1)


def _moments(_group: Group, _sizes: Sizes, arguments: Arguments) -> int:
    """How many moments the ids name; those without one name that of the query."""
    moments = set()
    for id in arguments("ids") or ():
        # Execution says which one is wrong.
        with suppress(InvalidId):
            moments.add(_parse(str(id))[1:3])
    return max(len(moments), 1)


@strawberry.type
class NodeQueries:
    @strawberry.field(description="The node with this id; null where there is none.")
    async def node(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="A global id.")]
    ) -> Node | None:
        return (await load_nodes(info.context, moment_of(self, info), [id]))[0]

    @strawberry.field(
        description="The nodes with these ids, in their order; null in the place of an unknown one.",
        metadata=costs(ids_length, ids_cost, moments=_moments),
    )
    async def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="At most 100 global ids.")],
    ) -> list[Node | None]:
        return await load_nodes(info.context, moment_of(self, info), ids)
