"""The three questions that every relation is made of. Each asks once for many rows, however many ask for it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.rows import row_type

IDS: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)


def by_id(session: Session, ids: Sequence[Any], model: Any, column: Any = None) -> dict[Any, Any]:
    """Rows by their primary key, or by another unique column."""
    make = row_type(model).make
    return {key: make(row) for key, *row in session.connection().execute(_by_id(model, column), {"ids": ids})}


def children(session: Session, ids: Sequence[int], parent: Any, *order: Any) -> dict[int, list[Any]]:
    """The rows that point to each of the ids through the column `parent`."""
    return fetch_lists(session, ids, parent.class_, _children(parent, order), {"ids": ids})


def through(
    session: Session, ids: Sequence[int], owner: Any, target: Any, model: Any, *order: Any
) -> dict[int, list[Any]]:
    """The rows of `model` at the far end of a link table, from its column `owner` through its column `target`."""
    return fetch_lists(session, ids, model, _linked(owner, target, model, order), {"ids": ids})


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


@lru_cache(maxsize=256)
def _children(parent: Any, order: tuple[Any, ...]) -> sa.Select[Any]:
    table = parent.class_.__table__
    owner = table.c[parent.key]
    return select_with_key(owner, parent.class_).where(owner.in_(IDS)).order_by(*order, _last(table))


@lru_cache(maxsize=256)
def _linked(owner: Any, target: Any, model: Any, order: tuple[Any, ...]) -> sa.Select[Any]:
    link, table = owner.class_.__table__, model.__table__
    joined = select_with_key(link.c[owner.key], model).select_from(link.join(table, link.c[target.key] == table.c.id))
    return joined.where(link.c[owner.key].in_(IDS)).order_by(*order, _last(table))


def _last(table: sa.Table) -> Any:
    """What decides between equals: a name, where there is one. Numbers differ from database to database."""
    return next((table.c[column] for column in ("slug", "ref") if column in table.c), table.c.id)
