"""The tables of a database, for an export of all of them."""

from collections import defaultdict
from collections.abc import Callable
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session

from db.models.base import Base
from db.natural_keys import KEY_COLUMN
from db.rows import row_type
from seeds.mapping import DatabaseRow

FileRow = dict[str, object]


class Snapshot:
    """The tables of a database, each read once, by the natural keys of its rows."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.rows: Callable[[type[Base]], list[DatabaseRow]] = cache(self._rows)
        self._keys = cache(self._keys_by_id)
        self._groups = cache(self._rows_by_column)

    def key(self, model: type[Base], id: int) -> str:
        """The natural key of a row."""
        return self._keys(model)[id]

    def rows_of(self, model: type[Base], column: str, id: int | None) -> list[DatabaseRow]:
        """The rows of a table that point to one row."""
        return self._groups(model, column).get(id, [])

    def _rows(self, model: type[Base]) -> list[DatabaseRow]:
        """All rows of a table, by primary key."""
        reader = row_type(model)
        query = sa.select(*reader.columns).order_by(*sa.inspect(model).primary_key)
        return [reader.make(row) for row in self.session.connection().execute(query)]

    def _keys_by_id(self, model: type[Base]) -> dict[int, str]:
        return {row.id: getattr(row, KEY_COLUMN[model]) for row in self.rows(model)}

    def _rows_by_column(self, model: type[Base], column: str) -> dict[int | None, list[DatabaseRow]]:
        groups: defaultdict[int | None, list[DatabaseRow]] = defaultdict(list)
        for row in self.rows(model):
            groups[getattr(row, column)].append(row)
        return groups
