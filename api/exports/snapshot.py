"""One state of the data at one moment, from which all tables of a file and all files of a package are read."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from api.exports.table import Cells, ExportTable
from api.moment import Moment
from db import dataset
from db.database import Database
from db.formatting import instant_text


@dataclass(frozen=True)
class Snapshot:
    """`folder` is for temporary files; None for the system's own."""

    session: Session
    moment: Moment
    revision: int
    updated_at: dt.datetime
    licence: str
    attribution: str
    title: str
    # Called before each batch of rows. May raise, to stop.
    on_batch: Callable[[], None]
    # Called behind the last row of a table, with the number of its rows.
    on_table: Callable[[ExportTable, int], None]
    folder: Path | None

    def rows(self, table: ExportTable) -> Iterator[list[Cells]]:
        number = 0
        self.on_batch()
        for batch in table.rows(self.session, self.moment):
            yield batch
            number += len(batch)
            self.on_batch()
        self.on_table(table, number)

    @property
    def about(self) -> dict[str, str | int | None]:
        """What a file states about itself."""
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
    database: Database,
    moment: Moment,
    *,
    on_batch: Callable[[], None] = lambda: None,
    on_table: Callable[[ExportTable, int], None] = lambda _table, _rows: None,
    folder: Path | None = None,
) -> Iterator[Snapshot]:
    with database.snapshot() as session:
        facts, strategy = dataset.current(session), dataset.strategy(session)
        yield Snapshot(
            session,
            moment,
            facts.revision,
            facts.updated_at,
            facts.licence,
            facts.attribution,
            strategy.title,
            on_batch,
            on_table,
            folder,
        )
