"""The three questions that every relation is made of. Each asks once for many rows, however many ask for it."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from db.rows import row_type

Row = TypeVar("Row")
IDS: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)


def by_id(session: Session, ids: Sequence[Any], model: Any, column: Any = None) -> dict[Any, Any]:
    """Rows by their primary key, or by another unique column."""
    make = row_type(model).make
    return {key: make(row) for key, *row in session.connection().execute(_by_id(model, column), {"ids": ids})}


class Relation(Generic[Row]):
    """The rows of `model` that belong to each of many others, in an order. They point to these by the column `owner`;
    with `target`, a table of links does, and points on to the rows by it."""

    def __init__(
        self, model: type[Row], owner: Any, *order: Any, target: Any = None, where: Sequence[Any] = ()
    ) -> None:
        self.model = model
        self.owner = owner
        self.order = order
        self.target = target
        self.where = where

    def __call__(self, session: Session, ids: Sequence[int]) -> dict[int, list[Row]]:
        return fetch_lists(session, ids, self.model, self.statement, {"ids": ids})

    @cached_property
    def statement(self) -> sa.Select[Any]:
        table: sa.Table = self.model.__table__  # type: ignore[attr-defined]
        owner = self.owner.class_.__table__.c[self.owner.key]
        query = (
            select_with_key(owner, self.model).where(owner.in_(IDS), *self.where).order_by(*self.order, _last(table))
        )
        if self.target is None:
            return query
        target = self.target.class_.__table__.c[self.target.key]
        return query.select_from(owner.table.join(table, target == table.c.id))


def select_with_key(owner: Any, model: Any) -> sa.Select[Any]:
    """The rows of `model`, each behind the value of the column `owner`: what `listed` reads."""
    return sa.select(owner.label("key_"), *row_type(model).columns)


def fetch_lists(
    session: Session, ids: Sequence[int], model: Any, query: sa.Select[Any], asked: dict[str, Any]
) -> dict[int, list[Any]]:
    """The rows that a query finds for each id; it begins with `keyed`."""
    make = row_type(model).make
    found: dict[int, list[Any]] = {key: [] for key in ids}
    for key, *row in session.connection().execute(query, asked):
        found[key].append(make(row))
    return found


# A statement is put together once, and from then on asked with other ids: putting it together takes longer than asking.


@lru_cache(maxsize=256)
def _by_id(model: Any, column: Any) -> sa.Select[Any]:
    unique = model.__table__.c.id if column is None else model.__table__.c[column.key]
    return select_with_key(unique, model).where(unique.in_(IDS))


def _last(table: sa.Table) -> Any:
    """What decides between equals: a name, where there is one. Numbers differ from database to database."""
    return next((table.c[column] for column in ("slug", "ref") if column in table.c), table.c.id)
