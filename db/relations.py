"""The three questions that every relation is made of. Each asks once for many rows, however many ask for it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

IDS: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)


def by_id(session: Session, ids: Sequence[Any], model: Any, column: Any = None) -> dict[Any, Any]:
    """Rows by their primary key, or by another unique column."""
    return dict(session.execute(_by_id(model, column), {"ids": ids}).all())


def children(session: Session, ids: Sequence[int], parent: Any, *order: Any) -> dict[int, list[Any]]:
    """The rows that point to each of the ids through the column `parent`."""
    found: dict[int, list[Any]] = {key: [] for key in ids}
    for row in session.scalars(_children(parent, order), {"ids": ids}):
        found[getattr(row, parent.key)].append(row)
    return found


def linked(
    session: Session, ids: Sequence[int], owner: Any, target: Any, model: Any, *order: Any
) -> dict[int, list[Any]]:
    """The rows of `model` at the far end of a link table, from its column `owner` through its column `target`."""
    found: dict[int, list[Any]] = {key: [] for key in ids}
    for key, row in session.execute(_linked(owner, target, model, order), {"ids": ids}):
        found[key].append(row)
    return found


# A statement is put together once, and from then on asked with other ids: putting it together takes longer than asking.


@lru_cache(maxsize=256)
def _by_id(model: Any, column: Any) -> sa.Select[Any]:
    unique = model.id if column is None else column
    return sa.select(unique, model).where(unique.in_(IDS))


@lru_cache(maxsize=256)
def _children(parent: Any, order: tuple[Any, ...]) -> sa.Select[Any]:
    return sa.select(parent.class_).where(parent.in_(IDS)).order_by(*order, parent.class_.id)


@lru_cache(maxsize=256)
def _linked(owner: Any, target: Any, model: Any, order: tuple[Any, ...]) -> sa.Select[Any]:
    joined = sa.select(owner, model).join(model, target == model.id)
    return joined.where(owner.in_(IDS)).order_by(*order, model.id)
