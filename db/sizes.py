"""The lengths of the lists in the data, from which the cost of a query is estimated before it is executed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session

from db import dataset
from db.columns import Column
from db.models import LastLoad, metadata, past_metadata
from db.models.base import Base
from db.models.past import ENDED


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
    """The sizes of all tables, and of the lists that these columns make. A column with JSON holds lists itself, and one
    of versions makes lists of those that have ended."""
    state = dataset.state(session)
    connection = session.connection()
    counts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, length, number in connection.exec_driver_sql(_lists(columns)):
        counts[place].append((length, number))
    return Sizes(
        state=state,
        tables={name: number for name, number in connection.exec_driver_sql(_tables())},  # noqa: C416  (mypy)
        columns={column: Lengths(tuple(sorted(counts[place], reverse=True))) for place, column in enumerate(columns)},
    )


def _lists(columns: Sequence[Column]) -> str:
    """As text: SQLAlchemy takes a thirtieth of the time of a start to put it together."""
    return " UNION ALL ".join(
        f"SELECT {place}, length, count(*) FROM ({_lengths(column)}) AS lists GROUP BY length"  # noqa: S608
        for place, column in enumerate(columns)
    )


def _lengths(column: Column) -> str:
    table, name = column.table, column.name
    if isinstance(column.type, sa.JSON):
        return f'SELECT json_array_length("{name}") AS length FROM "{table.name}"'  # noqa: S608
    ended = f" AND {ENDED}" if table.metadata is past_metadata else ""
    return f'SELECT count(*) AS length FROM "{table.name}" WHERE "{name}" IS NOT NULL{ended} GROUP BY "{name}"'  # noqa: S608


def _tables() -> str:
    # The last load is of no answer, and a replica need not be granted it.
    names = sorted(metadata.tables.keys() - {LastLoad.__tablename__})
    return " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names)  # noqa: S608
