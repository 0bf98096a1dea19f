"""Nodes: the objects with a global id."""

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

REVISION = re.compile("[1-9][0-9]{0,8}", re.ASCII)
N = TypeVar("N", bound="Node")
# The table of a type of nodes, and the unique column that its ids are made of.
_nodes: dict[str, tuple[type[Base], str]] = {}


@strawberry.interface(
    description="Anything with a global id. Ids are opaque, and survive re-seeding and a change of database."
)
class Node(RowMember):
    id: strawberry.ID = strawberry.field(description="The global id.")


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


@lru_cache(maxsize=4096)
def global_id(kind: str, key: str) -> strawberry.ID:
    return strawberry.ID(to_base64(kind, key))


def parse_id(id: str) -> tuple[str, str]:
    """The type and the natural key in a global id."""
    with suppress(GlobalIDValueError):
        parts = GlobalID.from_id(id)
        # No database takes a NUL.
        if parts.type_name in _nodes and "\0" not in parts.node_id:
            return parts.type_name, parts.node_id
    raise InvalidId(f"{id!r} is not an id of this API.")


async def load_nodes(context: Context, ids: Sequence[str]) -> list[Node | None]:
    """The nodes with these ids, None where there is none: one statement for each type among them."""
    names = [parse_id(id) for id in ids]
    nodes: dict[tuple[str, str], Node] = {}
    for kind in dict.fromkeys(kind for kind, _ in names):
        model, column = _nodes[kind]
        keys: list[str | int] = [key for other, key in names if other == kind]
        if model is models.Change:
            # The only nodes that are numbered, by revision.
            keys = [int(key) for other, key in names if other == kind and REVISION.fullmatch(key)]
        batch = Batch(context)
        rows = await context.read(relations.by_id, keys, model, getattr(model, column))
        nodes.update(((kind, str(key)), batch.to_graphql(Node, row)) for key, row in rows.items())
    return [nodes.get(name) for name in names]


def ids_length(group: Group, _sizes: Sizes, arguments: Arguments) -> Group:
    """As many objects as there are ids, which may all be the same."""
    number = _number(arguments)
    if number > IDS:
        raise TooMuch("TOO_MANY_IDS", f"`ids` may hold {IDS} at most.", allowed=IDS, asked=number)
    return Group(group.number * number, group.number * number)


def ids_cost(_sizes: Sizes, arguments: Arguments) -> int:
    """A statement for each type among them."""
    return STATEMENT * min(_number(arguments), len(_nodes))


def _number(arguments: Arguments) -> int:
    ids = arguments("ids")
    return len(ids) if isinstance(ids, list) else 1


@strawberry.type
class NodeQueries:
    @strawberry.field(description="The node with this id; null where there is none.")
    async def node(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="A global id.")]
    ) -> Node | None:
        return (await load_nodes(info.context, [id]))[0]

    @strawberry.field(
        description="The nodes with these ids, in their order; null in the place of an unknown one.",
        metadata=costs(ids_length, ids_cost),
    )
    async def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="At most 100 global ids.")],
    ) -> list[Node | None]:
        return await load_nodes(info.context, ids)
