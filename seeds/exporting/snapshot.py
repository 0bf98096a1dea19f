"""The tables of a database as an export reads them: each once, by the natural keys of its rows."""

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session

from db import natural_keys
from db.models.base import Base
from db.rows import row_type
from seeds.mapping import DatabaseRow


class Snapshot:
    def __init__(self, session: Session) -> None:
        self.session = session
        self._rows: dict[type[Base], list[DatabaseRow]] = {}
        self._keys: dict[type[Base], dict[int, str]] = {}
        self._groups: dict[tuple[type[Base], str], dict[object, list[DatabaseRow]]] = {}

    def rows(self, model: type[Base]) -> list[DatabaseRow]:
        if model not in self._rows:
            reader = row_type(model)
            query = sa.select(*reader.columns).order_by(*sa.inspect(model).primary_key)
            self._rows[model] = [reader.make(row) for row in self.session.connection().execute(query)]
        return self._rows[model]

    def key(self, model: type[Base], id: int) -> str:
        """The natural key of a row."""
        if model not in self._keys:
            self._keys[model] = {row.id: getattr(row, natural_keys.KEY_COLUMN[model]) for row in self.rows(model)}
        return self._keys[model][id]

    def rows_of(self, model: type[Base], column: str, id: object) -> Sequence[DatabaseRow]:
        """The rows of a table that point to one row, in the order of their primary keys."""
        if (model, column) not in self._groups:
            groups: defaultdict[object, list[DatabaseRow]] = defaultdict(list)
            for row in self.rows(model):
                groups[getattr(row, column)].append(row)
            self._groups[model, column] = dict(groups)
        return self._groups[model, column].get(id, ())
