"""Keyset paging: a page starts after a row, not at a number, so it does not shift while rows are added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from db.columns import Column, Condition
from db.kept import kept
from db.models.base import Base
from db.rows import row_type

Row = TypeVar("Row")
M = TypeVar("M", bound=Base)
# The values of a row by which a list is sorted: integers, text and days.
Position: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True)
class Order:
    """What a list is sorted by; the last column is unique. No column is ever null."""

    columns: tuple[Column, ...]
    descending: bool = False

    @property
    def types(self) -> list[type[Any]]:
        """The Python type of each value. SQLModel's own text type says `object`."""
        return [str if column.type.python_type is object else column.type.python_type for column in self.columns]

    def clauses(self) -> list[Column]:
        return [column.desc() if self.descending else column.asc() for column in self.columns]

    def after(self, position: Sequence[object]) -> Condition:
        values = [sa.literal(value, column.type) for column, value in zip(self.columns, position, strict=True)]
        row, start = sa.tuple_(*self.columns), sa.tuple_(*values)
        return row < start if self.descending else row > start


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows, each with its position, and whether there are more behind them."""

    rows: list[tuple[Row, Position]]
    has_next: bool


@kept
def page(
    session: Session,
    model: type[M],
    where: Sequence[Condition],
    order: Order,
    first: int,
    after: Sequence[object] | None,
) -> Page[M]:
    """At most `first` rows that meet every condition, from the one behind the position `after`."""
    rows = row_type(model)
    positions = [column.label(f"position_{place}") for place, column in enumerate(order.columns)]
    query = sa.select(*rows.columns, *positions).where(*where).order_by(*order.clauses()).limit(first + 1)
    if after is not None:
        query = query.where(order.after(after))
    width = len(rows.columns)
    items = [(rows.make(row[:width]), tuple(row[width:])) for row in session.connection().execute(query)]
    return Page(rows=items[:first], has_next=len(items) > first)


@kept
def count(session: Session, model: type[Base], where: Sequence[Condition]) -> int:
    query: sa.Select[int] = sa.select(sa.func.count()).select_from(model).where(*where)
    return session.scalars(query).one()
