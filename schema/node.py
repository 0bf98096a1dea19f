"""Global ids, and the fields that lead from one object to others."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

import strawberry
from strawberry.relay import GlobalID, GlobalIDValueError
from strawberry.relay.utils import to_base64

from db import models, relations
from db.sizes import Sizes
from schema.cohort import Cohort, Member, Question, shapes
from schema.context import Context, Info
from schema.cost import STATEMENT, Arguments, Group, Length, Through, costs, own, same
from schema.errors import InvalidId, TooMuch

# Marks a resolver that takes no arguments and so needs none of Strawberry's handling of them, see `schema.build`.
DIRECT = "direct"
# The number of a row in the database: what most relations are asked by.
KEY = attrgetter("key")
IDS = 100
REVISION = re.compile("[1-9][0-9]{0,8}", re.ASCII)
# The table of a type, and the unique column that its ids are made of.
_named: dict[str, tuple[type[Any], Any]] = {}


@strawberry.interface(
    description="Anything with a global id. Ids are opaque, and survive re-seeding and a change of database."
)
class Node(Member):
    id: strawberry.ID = strawberry.field(description="The global id.")


def node_of(model: type[Any], key: Any) -> Callable[[type[Any]], type[Any]]:
    """Names the GraphQL type of a table's rows, and the unique column that its ids are made of."""

    def register(cls: type[Any]) -> type[Any]:
        _named[cls.__name__] = (model, key)
        return shapes(model)(cls)

    return register


@lru_cache(maxsize=4096)
def global_id(kind: str, key: str) -> strawberry.ID:
    return strawberry.ID(to_base64(kind, key))


async def nodes(context: Context, ids: Sequence[str]) -> list[Any]:
    """The nodes with these ids, None where there is none (any more): one statement for each type among them."""
    wanted = [parsed(id) for id in ids]
    found: dict[tuple[str, str], Any] = {}
    for kind in dict.fromkeys(kind for kind, _ in wanted):
        model, column = _named[kind]
        keys: list[str | int] = [key for other, key in wanted if other == kind]
        if model is models.Change:
            # The only ones that are numbered, by revision.
            keys = [int(key) for other, key in wanted if other == kind and REVISION.fullmatch(key)]
        cohort = Cohort(context)
        rows = await context.read(relations.by_id, keys, model, column)
        found.update(((kind, str(key)), cohort.shape(row)) for key, row in rows.items())
    return [found.get(id) for id in wanted]


def ids(group: Group, _sizes: Sizes, arguments: Arguments) -> Group:
    """As many objects as there are ids, which may all be the same."""
    number = _number(arguments)
    if number > IDS:
        raise TooMuch("TOO_MANY_IDS", f"`ids` may hold {IDS} at most.", allowed=IDS, asked=number)
    return Group(group.number * number, group.number * number)


def ids_fee(_sizes: Sizes, arguments: Arguments) -> int:
    """A statement for each type among them."""
    return STATEMENT * min(_number(arguments), len(_named))


def parsed(id: str) -> tuple[str, str]:
    """The type and the natural key in a global id."""
    try:
        found = GlobalID.from_id(id)
    except GlobalIDValueError:
        raise InvalidId(f"{id!r} is not an id of this API.") from None
    # No database takes a NUL.
    if found.type_name not in _named or "\0" in found.node_id:
        raise InvalidId(f"{id!r} is not an id of this API.")
    return found.type_name, found.node_id


def _number(arguments: Arguments) -> int:
    given = arguments("ids")
    return len(given) if isinstance(given, list) else 1


def many(question: Question, description: str, *args: Any, owner: Any = None, target: Any = None) -> Any:
    """A field that lists the rows related to this one. They point to it by the column `owner`, which is the first that
    the question is asked with if left out; or a table of links does, and points on to them by `target`."""
    return _relation(question, KEY, description, args, Through(args[0] if owner is None else owner, target))


def one(question: Question, key: str, description: str, *args: Any) -> Any:
    """A field that is the one row that belongs to this one alone, found by the attribute `key`; null without one."""
    return _relation(question, attrgetter(key), description, args, own)


def row_of(model: type[Any], key: str, description: str) -> Any:
    """A field that is the row to which the foreign key in the attribute `key` points."""
    return _relation(relations.by_id, attrgetter(key), description, (model,), same)


def owner(row: Member, columns: Sequence[tuple[Callable[[Any], Any], type[Any]]]) -> Any:
    """The one row that this one belongs to: that of the foreign key that is set, as the database makes sure."""
    key, model = next((key, model) for key, model in columns if key(row) is not None)
    return row.asked(relations.by_id, key, model)


def _relation(
    question: Question, of: Callable[[Any], Any], description: str, args: tuple[Any, ...], length: Length
) -> Any:
    def resolve(self: Any, info: Info) -> Any:
        return self.asked(question, of, *args)

    return strawberry.field(resolver=resolve, description=description, metadata={DIRECT: resolve, **costs(length)})
