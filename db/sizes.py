"""The lengths of the lists in the data, from which the cost of a query is estimated before it is executed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import Session

from db import dataset
from db.columns import Column
from db.models import LastLoad, metadata
from db.models.base import Base


@dataclass(frozen=True)
class Lengths:
    """The lists that a column divides a table into: each length with the number of lists, the longest first."""

    counts: tuple[tuple[int, int], ...] = ()

    @property
    def most(self) -> int:
        return self.counts[0][0] if self.counts else 0

    @property
    def total(self) -> int:
        return sum(length * lists for length, lists in self.counts)

    def longest(self, number: int) -> int:
        """How many rows the longest lists have together, so many of them."""
        rows = 0
        for length, lists in self.counts:
            rows += length * min(number, lists)
            number -= min(number, lists)
        return rows


@dataclass(frozen=True)
class Sizes:
    """The sizes in one state of the data. A table or column that is absent is empty."""

    state: dataset.State | None = None
    tables: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[Column, Lengths] = field(default_factory=dict)

    def rows(self, *models: type[Base]) -> int:
        return sum(self.tables.get(model.__tablename__, 0) for model in models)

    def lengths(self, column: Column) -> Lengths:
        return self.columns.get(column, Lengths())


def measure(session: Session, columns: Sequence[Column]) -> Sizes:
    """The sizes of all tables, and of the lists that these columns make; a column with JSON holds lists itself."""
    state = dataset.state(session)
    lists, tables = _statements(tuple(columns), type(session.get_bind().dialect))  # type: ignore[arg-type]
    counts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, length, number in session.connection().exec_driver_sql(lists):
        counts[place].append((length, number))
    return Sizes(
        state=state,
        tables={name: number for name, number in session.connection().exec_driver_sql(tables)},  # noqa: C416  (mypy)
        columns={column: Lengths(tuple(sorted(counts[place], reverse=True))) for place, column in enumerate(columns)},
    )


@lru_cache
def _statements(columns: tuple[Column, ...], dialect: type[sa.Dialect]) -> tuple[str, str]:
    """The statements for lists and for tables, as text: the engine of each application would compile them anew."""
    lists = sa.union_all(*(_lengths(place, column) for place, column in enumerate(columns)))
    tables: sa.CompoundSelect[str, int] = sa.union_all(
        *(
            sa.select(sa.literal_column(f"'{table.name}'"), sa.func.count()).select_from(table)
            for table in metadata.sorted_tables
            # Of no answer, and a replica need not be granted it.
            if table is not LastLoad.__table__
        )
    )
    return str(lists.compile(dialect=dialect())), str(tables.compile(dialect=dialect()))


def _lengths(place: int, column: Column) -> sa.Select[int, int, int]:
    if isinstance(column.type, sa.JSON):
        each = sa.select(sa.func.json_array_length(column).label("length"))
    else:
        each = sa.select(sa.func.count().label("length")).where(column.is_not(None)).group_by(column)
    lists = each.subquery()
    number: sa.ColumnElement[int] = sa.func.count()
    return sa.select(sa.literal_column(str(place)), lists.c.length, number).group_by(lists.c.length)
