"""Keyset paging: a page starts after a row, not at a number, so it does not shift while rows are added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

import sqlalchemy as sa

from db.columns import Column, Condition
from db.forms import statement_of
from db.models.base import Base
from db.queries import Make, Query, Question
from db.rows import row_type
from db.statements import RawRow

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
        return self._behind(
            [sa.literal(value, column.type) for column, value in zip(self.columns, position, strict=True)]
        )

    def after_start(self) -> Condition:
        """`after`, of the position in the parameters that `start` returns."""
        return self._behind(
            [sa.bindparam(name, type_=column.type) for name, column in zip(self._names(), self.columns, strict=True)]
        )

    def start(self, position: Sequence[object] | None) -> Mapping[str, object]:
        return {} if position is None else dict(zip(self._names(), position, strict=True))

    def _names(self) -> list[str]:
        return [f"after_{place}" for place, _ in enumerate(self.columns)]

    def _behind(self, values: Sequence[sa.BindParameter[Any]]) -> Condition:
        row, start = sa.tuple_(*self.columns), sa.tuple_(*values)
        return row < start if self.descending else row > start


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows, each with its position, and whether there are more behind them."""

    rows: list[tuple[Row, Position]]
    has_next: bool


@Question
def page(
    model: type[M], where: Sequence[Condition], order: Order, first: int, after: Sequence[object] | None
) -> Query[Page[M]]:
    """At most `first` rows that meet every condition, from the one behind the position `after`."""
    args = (model, order.descending, after is not None)
    statement, params = statement_of(_page, where, order.columns, args=args, is_cacheable=True)
    width = len(row_type(model).columns)

    def collect(rows: Sequence[RawRow], make: Make) -> Page[M]:
        return Page([(make(row), tuple(row[width:])) for row in rows[:first]], has_next=len(rows) > first)

    return Query(statement, {**params, "limit": first + 1, **order.start(after)}, model, collect)


@Question
def count(model: type[Base], where: Sequence[Condition]) -> Query[int]:
    statement, params = statement_of(_count, where, args=(model,), is_cacheable=True)
    return Query(statement, params, None, lambda rows, _: int(rows[0][0]))


def _page(
    where: Sequence[Condition], columns: Sequence[Column], model: type[Base], descending: bool, follows: bool
) -> sa.Select[Any]:
    order = Order(tuple(columns), descending)
    positions = [column.label(f"position_{place}") for place, column in enumerate(columns)]
    if follows:
        where = [*where, order.after_start()]
    query = sa.select(*row_type(model).columns, *positions).where(*where).order_by(*order.clauses())
    return query.limit(sa.bindparam("limit", type_=sa.Integer))


def _count(where: Sequence[Condition], model: type[Base]) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(model).where(*where)
