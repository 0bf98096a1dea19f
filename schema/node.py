"""Global ids, and the step from a row to its GraphQL type."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import strawberry
from strawberry.relay import GlobalID, GlobalIDValueError
from strawberry.relay.utils import to_base64

from db import relations
from schema.context import Context, Info
from schema.errors import InvalidId


@strawberry.interface(
    description="Anything with a global id. Ids are opaque, and survive re-seeding and a change of database."
)
class Node:
    id: strawberry.ID = strawberry.field(description="The global id.")


Shape = TypeVar("Shape", bound=type[Any])
_shapes: dict[type[Any], type[Any]] = {}
_keys: dict[str, tuple[type[Any], Any]] = {}


def shapes(model: type[Any], *, key: Any = None) -> Callable[[Shape], Shape]:
    """Names the GraphQL type of a table's rows and, for a node, the unique column that its ids are made of."""

    def register(cls: Shape) -> Shape:
        _shapes[model] = cls
        if key is not None:
            _keys[cls.__name__] = (model, key)
        return cls

    return register


def shape(row: Any) -> Any:
    """The row as its GraphQL type; None stays None."""
    return None if row is None else _shapes[type(row)].from_row(row)


def global_id(kind: str, key: str) -> strawberry.ID:
    return strawberry.ID(to_base64(kind, key))


async def node(context: Context, id: str) -> Any:
    """The node with this id, None where there is none (any more)."""
    try:
        parsed = GlobalID.from_id(id)
    except GlobalIDValueError:
        raise InvalidId(f"{id!r} is not an id of this API.") from None
    # No database takes a NUL.
    if parsed.type_name not in _keys or "\0" in parsed.node_id:
        raise InvalidId(f"{id!r} is not an id of this API.")
    return shape(await context.load(relations.by_id, parsed.node_id, *_keys[parsed.type_name]))


def many(question: Callable[..., dict[Any, Any]], description: str, *args: Any) -> Any:
    """A field that lists the rows related to this one."""

    async def resolve(self: Any, info: Info) -> Any:
        return [shape(row) for row in await info.context.load(question, self.key, *args)]

    return strawberry.field(resolver=resolve, description=description)


def one(question: Callable[..., dict[Any, Any]], key: str, description: str, *args: Any) -> Any:
    """A field that is the row found with the value of the attribute `key`; null where that is null."""

    async def resolve(self: Any, info: Info) -> Any:
        value = getattr(self, key)
        return None if value is None else shape(await info.context.load(question, value, *args))

    return strawberry.field(resolver=resolve, description=description)


def row_of(model: type[Any], key: str, description: str) -> Any:
    """A field that is the row to which the foreign key in the attribute `key` points."""
    return one(relations.by_id, key, description, model)


async def owner(context: Context, row: Any, columns: Iterable[tuple[str, type[Any]]]) -> Any:
    """The one row that `row` belongs to: the first of its foreign keys that is set."""
    for column, model in columns:
        if (value := getattr(row, column)) is not None:
            return shape(await context.load(relations.by_id, value, model))
    return None
