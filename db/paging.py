"""Keyset paging: a page starts after a row, not at a number, so it does not shift while rows are added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from db.columns import Condition
from db.rows import row_type

Row = TypeVar("Row")


@dataclass(frozen=True)
class Order:
    """What a list is sorted by; the last column is unique. No column is ever null."""

    columns: tuple[Any, ...]
    descending: bool = False

    @property
    def types(self) -> list[type[Any]]:
        """The type of each value. SQLModel's own text type does not tell."""
        return [str if column.type.python_type is object else column.type.python_type for column in self.columns]

    def clauses(self) -> list[Any]:
        return [column.desc() if self.descending else column.asc() for column in self.columns]

    def after(self, position: Sequence[Any]) -> Condition:
        bound = [sa.literal(value, column.type) for column, value in zip(self.columns, position, strict=True)]
        row, start = sa.tuple_(*self.columns), sa.tuple_(*bound)
        return row < start if self.descending else row > start


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Each row with its position: the values that it is sorted by."""

    rows: list[tuple[Row, tuple[Any, ...]]]
    has_next: bool


def page(
    session: Session, model: type[Row], where: Sequence[Any], order: Order, first: int, after: Sequence[Any] | None
) -> Page[Row]:
    """At most `first` rows that meet every condition, from the one behind `after`."""
    rows = row_type(model)
    positions = [column.label(f"position_{place}") for place, column in enumerate(order.columns)]
    query = sa.select(*rows.columns, *positions).where(*where).order_by(*order.clauses()).limit(first + 1)
    if after is not None:
        query = query.where(order.after(after))
    width = len(rows.columns)
    found = [(rows.make(row[:width]), tuple(row[width:])) for row in session.connection().execute(query)]
    return Page(rows=found[:first], has_next=len(found) > first)


def count(session: Session, model: type[Any], where: Sequence[Any]) -> int:
    number: int = session.execute(sa.select(sa.func.count()).select_from(model).where(*where)).scalar_one()
    return number
