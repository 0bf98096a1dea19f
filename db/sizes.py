"""How long the lists in the data are: what a query can lead to is reckoned from it before anything is executed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db import dataset
from db.models import metadata

DIALECTS: dict[str, Any] = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}


@dataclass(frozen=True)
class Lengths:
    """The lengths of the lists that a column divides a table into: each length, and how many lists have it."""

    counts: tuple[tuple[int, int], ...] = ()

    @property
    def most(self) -> int:
        return self.counts[0][0] if self.counts else 0

    def longest(self, number: int) -> int:
        """How many rows the longest lists have together, so many of them."""
        rows = 0
        for length, lists in self.counts:
            taken = min(number, lists)
            rows += length * taken
            number -= taken
            if not number:
                break
        return rows


@dataclass(frozen=True)
class Sizes:
    """The sizes in one state of the data. Tables and columns that are not here are empty."""

    state: dataset.State | None = None
    tables: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[Any, Lengths] = field(default_factory=dict)

    def rows(self, *models: Any) -> int:
        return sum(self.tables.get(model.__tablename__, 0) for model in models)

    def lengths(self, column: Any) -> Lengths:
        return self.columns.get(column, Lengths())


def measure(session: Session, columns: Sequence[Any]) -> Sizes:
    """The sizes of all tables, and of the lists that these columns make; of a column with JSON, of the lists in it."""
    state = dataset.state(session)
    lists, tables = _statements(tuple(columns), session.get_bind().dialect.name)
    found: dict[int, list[tuple[int, int]]] = {place: [] for place in range(len(columns))}
    for place, length, number in session.connection().exec_driver_sql(lists):
        found[place].append((length, number))
    return Sizes(
        state=state,
        tables={name: number for name, number in session.connection().exec_driver_sql(tables)},  # noqa: C416  (mypy)
        columns={columns[place]: Lengths(tuple(sorted(counts, reverse=True))) for place, counts in found.items()},
    )


@lru_cache
def _statements(columns: tuple[Any, ...], dialect: str) -> tuple[str, str]:
    # As text, because each application has an engine of its own, which would have to put them together anew.
    lists = sa.union_all(*(_lengths(place, column) for place, column in enumerate(columns)))
    tables: Any = sa.union_all(
        *(
            sa.select(sa.literal_column(f"'{table.name}'"), sa.func.count()).select_from(table)
            for table in metadata.sorted_tables
        )
    )
    return str(lists.compile(dialect=DIALECTS[dialect]())), str(tables.compile(dialect=DIALECTS[dialect]()))


def _lengths(place: int, column: Any) -> sa.Select[Any]:
    if isinstance(column.type, sa.JSON):
        each = sa.select(sa.func.json_array_length(column).label("length"))
    else:
        each = sa.select(sa.func.count().label("length")).where(column.is_not(None)).group_by(column)
    lists = each.subquery()
    number: sa.ColumnElement[int] = sa.func.count()
    return sa.select(sa.literal_column(str(place)), lists.c.length, number).group_by(lists.c.length)
