"""Questions that one statement answers: they say what they ask of the database, and do not ask it.

So the caller decides how it is asked: in a session, by the driver, or beside others; and what becomes of the rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, update_wrapper
from typing import Any, Generic, ParamSpec, TypeAlias, TypeVar

from sqlalchemy.engine import Dialect
from sqlmodel import Session

from db.models.base import Base
from db.rows import Layout, row_type
from db.statements import Params, Part, RawRow, Statement

P = ParamSpec("P")
V = TypeVar("V")
Make: TypeAlias = Callable[[RawRow], Any]


@dataclass(slots=True)
class Query(Generic[V]):
    """A statement with its parameters, and how its rows make the answer.

    Rows of `model` have its columns first, as `RowType` has them, and what else the answer takes behind them. `collect`
    is given the rows, and what makes of a row what stands for it in the answer. The columns of a model are as the
    driver has them; all else are values.
    """

    statement: Statement
    params: Params
    model: type[Base] | None
    collect: Callable[[Sequence[RawRow], Make], V]
    # Where the columns of the model stand in the rows; None without a model.
    layout: Layout | None = None

    def __post_init__(self) -> None:
        if self.model and not self.layout:
            self.layout = row_type(self.model)

    def narrow(self, columns: frozenset[str]) -> "Query[V]":
        """The same with these columns of the model alone. `collect` reads none of them."""
        assert self.model
        statement, layout = _narrow(self.statement, self.model, columns)
        return Query(statement, self.params, self.model, self.collect, layout)

    def answer(self, session: Session) -> V:
        """The answer, in which rows are named tuples."""
        dialect = session.get_bind().dialect
        return self.read(self.statement.rows(session, self.params), dialect)

    def read(self, rows: Sequence[RawRow], dialect: Dialect) -> V:
        """The answer of these rows."""
        if self.layout is None:
            return self.collect(self.with_values(rows, dialect), tuple)
        read = self.layout.read
        return self.collect(self.with_values(rows, dialect), lambda row: read(row, dialect))

    def with_values(self, rows: Sequence[RawRow], dialect: Dialect) -> Sequence[RawRow]:
        """The rows as `collect` takes them."""
        width = len(self.layout.columns) if self.layout else 0
        readers = self.statement.text(dialect).readers[width:]
        if not any(readers):
            return rows
        return [
            (*row[:width], *(read(value) if read else value for read, value in zip(readers, row[width:], strict=True)))
            for row in rows
        ]


@lru_cache(maxsize=512)
def _narrow(statement: Statement, model: type[Base], columns: frozenset[str]) -> tuple[Statement, Layout]:
    whole = row_type(model).columns
    places = [place for place, column in enumerate(whole) if column.key in columns]
    return Part(statement, places, len(whole)), Layout(whole[place] for place in places)


class Question(Generic[P, V]):
    """A question: called with a session and with what `query` takes, it answers."""

    def __init__(self, query: Callable[P, Query[V]]) -> None:
        self.query = query
        update_wrapper(self, query)

    def __call__(self, session: Session, *args: P.args, **kwargs: P.kwargs) -> V:
        return self.query(*args, **kwargs).answer(session)


def list_by_last(keys: Sequence[Any]) -> Callable[[Sequence[RawRow], Make], dict[Any, list[Any]]]:
    """Collects the rows of each key, which is the last value of a row; an empty list for a key without rows."""

    def collect(rows: Sequence[RawRow], make: Make) -> dict[Any, list[Any]]:
        lists: dict[Any, list[Any]] = {key: [] for key in keys}
        for row in rows:
            lists[row[-1]].append(make(row))
        return lists

    return collect


def map_by_last(rows: Sequence[RawRow], make: Make) -> dict[Any, Any]:
    """Collects the one row of each key, which is the last value of a row."""
    return {row[-1]: make(row) for row in rows}
