"""The log: one entry for the load, or the whole log of the database that the files were written from."""

import datetime as dt
from collections.abc import Iterable, Iterator, Set

from db import changes, edits
from db.edits import Edits
from db.models import Change, ChangeNode, Commitment, Dataset, Discrepancy, Event, Fund, Strategy
from db.models.base import Record
from db.vocabulary import IMPORT_ACTOR, ChangeAction
from db.writing.ledger import append_change, next_instant
from seeds.folder import SeedFolder
from seeds.loading.context import LoadContext
from seeds.loading.rows import columns

# A change of what belongs to a row of these is about that row, too.
OWNERS = (Strategy, Commitment, Fund, Event, Discrepancy)


class LoadLog:
    """Writes the entries of one load."""

    def __init__(self, context: LoadContext, folder: SeedFolder, dataset: Dataset, now: dt.datetime) -> None:
        self.context = context
        self.folder = folder
        self.dataset = dataset
        self.now = now

    def record(self) -> None:
        """One entry for all that the load has changed, or the log of the files where the database has none."""
        if self.dataset.revision == 0 and self.folder.changes.rows:
            self._restore()
        elif self.context.report.has_changes:
            if self.dataset.revision == 0:
                self._mark_editors_rows(set(self.folder.dataset.edited))
            self._enter(f"Imported: {self.context.report.sentence}.", self._subjects(), self.context.report.edits)

    def _restore(self) -> None:
        session = self.context.session
        entries = [
            Change(
                **columns(self.context, row),
                subject_type=row.subject.type,
                subject_key=row.subject.key,
                edits=[edit.model_dump() for edit in row.edits],
            )
            for row in self.folder.changes
        ]
        session.add_all(entries)
        session.flush()
        for row in self.folder.changes:
            nodes = {(node.type, node.key) for node in [row.subject, *row.about]}
            session.add_all(ChangeNode(revision=row.revision, type=kind, key=key) for kind, key in nodes)
        self.dataset.revision, self.dataset.updated_at = entries[-1].revision, entries[-1].recorded_at
        self._mark_editors_rows(changes.records_by_editors(entries) | set(self.folder.dataset.edited))
        summary = f"Restored from files: this log is as they tell it, up to revision {self.dataset.revision:,}."
        self._enter(summary, [], Edits(session))

    def _enter(self, summary: str, subjects: Iterable[Record], values: Edits) -> None:
        session = self.context.session
        strategy = session.get_one(Strategy, self.context.id(Strategy, self.folder.strategy.slug))
        at = next_instant(self.dataset, self.now)
        append_change(
            session, self.dataset, at, IMPORT_ACTOR, ChangeAction.IMPORTED, summary, strategy, subjects, values
        )

    def _mark_editors_rows(self, records: Set[str]) -> None:
        """From now on, no load changes the rows of these names."""
        for row in self.context.report.rows:
            if edits.record(self.context.session, row) in records:
                row.seeded = False

    def _subjects(self) -> Iterator[Record]:
        for row in self.context.report.rows:
            if isinstance(row, changes.FOLLOWABLE):
                yield row
            for owner in OWNERS:
                id = getattr(row, f"{owner.__tablename__}_id", None)
                if id is not None:
                    yield self.context.session.get_one(owner, id)
