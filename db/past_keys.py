"""The natural keys that rows had at any revision, for what names rows of the past."""

from collections import defaultdict
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import VERSION_TABLES
from db.models.base import Base
from db.natural_keys import KEY_COLUMN, key_columns, target

# A row of a table of versions.
Version = Any


class PastKeys:
    """Reads the keys of a table when the first of them is asked for."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._keys = cache(self._read)

    def record(self, model: type[Base], version: Version) -> str:
        """The name of a record as the log has it: `Commitment SVS-19`."""
        key = "/".join(str(self.value(model, column, version)) for column in key_columns(model))
        return f"{model.__name__} {key}".rstrip()

    def value(self, model: type[Base], column: str, version: Version) -> Any:
        """The value of a column; of a foreign key, the natural key of the row that it points to."""
        value, other = getattr(version, column), target(model, column)
        return value if value is None or other is None else self.key(other, value, version.since)

    def key(self, model: type[Base], id: int, revision: int) -> str:
        # A database may give an id again that is free.
        return next(key for since, until, key in self._keys(model)[id] if since <= revision < until)

    def _read(self, model: type[Base]) -> dict[int, list[tuple[int, int, str]]]:
        table = VERSION_TABLES[model]
        columns = (table.c.id, table.c.since, table.c.until, table.c[KEY_COLUMN[model]])
        keys: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for id, since, until, key in self.session.connection().execute(sa.select(*columns)):
            keys[id].append((since, until, key))
        return keys
