"""One state of the data at one moment, from which all tables of a file and all files of a package are read."""

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
from db.models import Dataset


@dataclass(frozen=True)
class Snapshot:
    """`facts` is the row of facts of the dataset, `title` the Strategy's.

    `on_batch` is called before each batch of rows, and may raise to stop; `on_table` behind the last row of a table,
    with the number of its rows. `folder` is for temporary files; None for the system's own.
    """

    session: Session
    moment: Moment
    facts: Dataset
    title: str
    on_batch: Callable[[], None]
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
            "revision": self.facts.revision,
            "updatedAt": instant_text(self.facts.updated_at),
            "licence": self.facts.licence,
            "attribution": self.facts.attribution,
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
    with database.snapshot(moment.state and moment.state[0]) as session:
        facts, title = dataset.current(session), dataset.strategy(session).title
        yield Snapshot(session, moment, facts, title, on_batch, on_table, folder)
