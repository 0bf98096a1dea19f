"""Rows that are only read, as plain tuples with names: an object of the ORM takes several times as long to make."""

from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from db.models.base import SEARCH_COLUMNS

# For mypy, which follows only named tuples whose names stand in the code.
named: Callable[[str, Sequence[str]], Any] = namedtuple


class RowType:
    """How the rows of a table are read: its columns, but for those of folded text, and the type of a row.

    A row has the attributes of the model.
    """

    def __init__(self, model: Any) -> None:
        self.columns = tuple(column for column in model.__table__.c if column.key not in SEARCH_COLUMNS)
        self.type = named(model.__name__, [column.key for column in self.columns])
        self.make: Callable[[Sequence[Any]], Any] = self.type._make


def row_type(model: Any) -> RowType:
    """The same for a table every time, so that the type of a row tells its table."""
    return _made(model)


_made = cache(RowType)


def detach(row: Any) -> Any:
    """A row of the ORM as a plain one, which outlives its session, rolled back or not. None stays None."""
    if row is None:
        return None
    made = row_type(type(row))
    return made.make([getattr(row, column.key) for column in made.columns])
