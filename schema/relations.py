"""The fields that lead from one object to others."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast

import strawberry
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from db import relations
from db.columns import Column
from db.models.base import Base
from db.natural_keys import SUBJECT_COLUMNS, subject_of
from db.relations import Relation
from schema.batch import BatchMember, RowMember, Values
from schema.context import Info
from schema.cost import Length, Through, costs, own, same
from schema.keys import KEY, ColumnKey, KeyOf
from schema.loads import Load
from schema.node import Node
from schema.row_types import graphql_type_of

M = TypeVar("M", bound=Base)
# Marks a resolver without arguments, which `schema.build` calls without Strawberry's handling of arguments.
DIRECT = "direct"


@dataclass(frozen=True)
class LazyRowType(strawberry.LazyType[Any, Any]):
    """The GraphQL type of the rows of a table, looked up when the schema is built: types refer to each other."""

    model: type[Base] = Base

    def resolve_type(self) -> type[Any]:
        return graphql_type_of(self.model)


def type_of(model: type[Base]) -> Any:
    """The type of a field that shows a row of this table."""
    return LazyRowType(model.__name__, "", model=model)


def many(relation: Relation[M], description: str) -> StrawberryField:
    """A field that lists the rows related to this one."""
    kind = list[type_of(relation.model)]  # type: ignore[misc, valid-type]
    return _field(kind, relation, KEY, description, (), Through(relation.owner, relation.target))


def one(model: type[Base], question: Callable[..., Values], description: str, *args: object) -> StrawberryField:
    """A field that is the one row that belongs to this one alone; null without one."""
    return _field(type_of(model) | None, question, KEY, description, args, own)


def row_of(model: type[Base], column: Column, description: str) -> StrawberryField:
    """A field that is the row to which a foreign key points; null if the column can be."""
    kind = type_of(model)
    nullable = column.property.columns[0].nullable
    key_of = foreign_key(column.key)
    return _field(kind | None if nullable else kind, relations.by_id, key_of, description, (model,), same)


def load_subject(member: RowMember, model: type[Base]) -> Node:
    """What a row of `model`, a citation or a discrepancy, is about."""
    kind, _ = subject_of(model, member.row)
    return member.load_as(Node, relations.by_id, foreign_key(SUBJECT_COLUMNS[model][kind]), kind)


@lru_cache
def foreign_key(column: str) -> KeyOf[int]:
    """How a foreign key is read, the same every time: what one field has loaded by it, others share."""
    return ColumnKey(column)


def _field(
    kind: object,
    question: Callable[..., Values],
    key_of: KeyOf[object],
    description: str,
    args: tuple[object, ...],
    length: Length,
) -> StrawberryField:
    load = Load(question, key_of, args)
    field = strawberry.field(
        resolver=RESOLVER, description=description, graphql_type=kind, metadata={DIRECT: load, **costs(length)}
    )
    return cast(StrawberryField, field)


def _load(self: BatchMember, info: Info) -> object:
    return info._field.metadata[DIRECT](self)


# One for all, because Strawberry reads the signature of each.
RESOLVER: Any = StrawberryResolver(_load)
