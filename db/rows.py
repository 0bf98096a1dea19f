"""Rows that are only read, as named tuples."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from db.models.base import SEARCH_COLUMNS, Base
from db.statements import RawRow, Reader, readers

M = TypeVar("M", bound=Base)
UNREAD = {"since", *SEARCH_COLUMNS}
# An alias, because mypy follows only named tuples whose fields stand in the code.
_named_tuple: Callable[[str, Sequence[str]], Any] = namedtuple
_row_types: Callable[[Any], Any] = cache(lambda model: RowType(model))


class Unread(LookupError):
    """A column was asked for that was not read from the database."""


class Places(dict[str, int]):
    """The places of columns in a row, by their names."""

    def __missing__(self, column: str) -> int:
        raise Unread(column)


class Layout:
    """Where columns of a table stand in rows as a driver has them."""

    def __init__(self, columns: Iterable[sa.Column[Any]]) -> None:
        self.columns = tuple(columns)
        self.places = Places({column.key: place for place, column in enumerate(self.columns)})
        self._readers: dict[str, tuple[Reader, ...]] = {}

    def readers(self, dialect: Dialect) -> tuple[Reader, ...]:
        """Those of the columns, in their order."""
        found = self._readers.get(dialect.name)
        if found is None:
            found = self._readers[dialect.name] = readers(self.columns, dialect)
        return found

    def read_column(self, raw: RawRow, column: str, dialect: Dialect) -> Any:
        place = self.places[column]
        reader = self.readers(dialect)[place]
        return reader(raw[place]) if reader else raw[place]

    def read(self, raw: RawRow, dialect: Dialect) -> Any:
        """A row from that of the driver, which may be longer."""
        raise Unread("the whole row")


class RowType(Layout, Generic[M]):
    """How the rows of a table are read: its columns but for `since` and the search columns, and a named tuple of these.

    A named tuple has the attributes of the model, and so mypy takes it for the model; it belongs to no session and
    cannot be changed. Per row, to read it and ten of its attributes takes 5 µs, of SQLAlchemy's own `Row` 7 µs, and of
    an object of the ORM 15 µs.
    """

    def __init__(self, model: type[M]) -> None:
        super().__init__(column for column in model.__table__.c if column.key not in UNREAD)
        self.type: type = _named_tuple(model.__name__, [column.key for column in self.columns])
        self.make: Callable[[Sequence[object]], M] = self.type._make

    def read(self, raw: RawRow, dialect: Dialect) -> M:
        values = zip(self.readers(dialect), raw, strict=False)
        return self.make([reader(value) if reader else value for reader, value in values])


def row_type(model: type[M]) -> RowType[M]:
    """The same for a model every time, so that the type of a row identifies its table."""
    result: RowType[M] = _row_types(model)
    return result


def detach(row: M) -> M:
    """A row of the ORM as a named tuple, which outlives its session, rolled back or not."""
    rows = row_type(type(row))
    return rows.make([getattr(row, column.key) for column in rows.columns])
