"""The three questions that every relation is made of. Each asks once for many rows, however many ask for it."""

from collections.abc import Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, select

Row = TypeVar("Row")


def by_id(session: Session, ids: Sequence[Any], model: type[Row], column: Any = None) -> dict[Any, Row]:
    """Rows by their primary key, or by another unique column."""
    unique = model.id if column is None else column  # type: ignore[attr-defined]
    found = session.execute(sa.select(unique, model).where(unique.in_(ids)))
    return dict(found.all())


def children(session: Session, ids: Sequence[int], parent: Any, *order: Any) -> dict[int, list[Any]]:
    """The rows that point to each of the ids through the column `parent`."""
    query = select(parent.class_).where(parent.in_(ids)).order_by(*order, parent.class_.id)
    found: dict[int, list[Any]] = {key: [] for key in ids}
    for row in session.exec(query):
        found[getattr(row, parent.key)].append(row)
    return found


def linked(
    session: Session, ids: Sequence[int], owner: Any, target: Any, model: type[Any], *order: Any
) -> dict[int, list[Any]]:
    """The rows of `model` at the far end of a link table, from its column `owner` through its column `target`."""
    query = sa.select(owner, model).join(model, target == model.id).where(owner.in_(ids)).order_by(*order, model.id)
    found: dict[int, list[Any]] = {key: [] for key in ids}
    for key, row in session.execute(query):
        found[key].append(row)
    return found
