"""One state of the data at one moment: what every table of a file, and every file of a package, is read from."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlmodel import Session

from api.exports.registry import TABLES
from api.exports.table import ExportTable, Row
from api.moment import Moment
from db import dataset
from db.database import Database
from db.formatting import instant_text

# Told before each batch and behind the last one: the table, and how many of its rows have been made. It may raise.
Told: TypeAlias = Callable[[ExportTable, int], None]


@dataclass(frozen=True)
class Snapshot:
    session: Session
    moment: Moment
    revision: int
    updated_at: dt.datetime
    licence: str
    attribution: str
    title: str
    told: Told
    scratch: Path | None

    def rows(self, table: ExportTable) -> Iterator[list[Row]]:
        number = 0
        self.told(table, number)
        for batch in table.rows(self.session, self.moment):
            yield batch
            number += len(batch)
            self.told(table, number)

    @property
    def about(self) -> dict[str, Any]:
        """What a file says of itself."""
        known_at = self.moment.known_at
        return {
            "asOf": self.moment.as_of.isoformat(),
            "knownAt": instant_text(known_at) if known_at else None,
            "revision": self.revision,
            "updatedAt": instant_text(self.updated_at),
            "licence": self.licence,
            "attribution": self.attribution,
        }


@contextmanager
def open_snapshot(
    database: Database, moment: Moment, told: Told = lambda _table, _number: None, scratch: Path | None = None
) -> Iterator[Snapshot]:
    """`scratch` is a folder for what needs a name while it is made; any that the system has if left out."""
    with database.snapshot() as session:
        found, strategy = dataset.current(session), dataset.strategy(session)
        yield Snapshot(
            session,
            moment,
            found.revision,
            found.updated_at,
            found.licence,
            found.attribution,
            strategy.title,
            told,
            scratch,
        )


def lengths(session: Session) -> dict[str, int]:
    """About how many rows each table has: without regard to the day."""
    counted = {
        table.name: sa.select(sa.func.count()).select_from(table.model).scalar_subquery().label(table.name)
        for table in TABLES
        if table.model is not None
    }
    found = session.execute(sa.select(*counted.values())).one()
    return dict.fromkeys((table.name for table in TABLES), 1) | found._asdict()
