"""The log: one entry for the load, or the whole log of the database that the files were written from."""

import datetime as dt
from collections.abc import Iterable, Iterator, Set

from db import changes, edits
from db.edits import Edits
from db.models import Area, Change, ChangeNode, Commitment, Dataset, Discrepancy, Event, Fund, Strategy
from db.models.base import Record
from db.vocabulary import IMPORT_ACTOR, ChangeAction
from db.writing.ledger import append_change, next_instant, take_revision
from seeds.loading.context import LoadContext
from seeds.loading.rows import columns

# A change of what belongs to a row of these is about that row, too.
OWNERS = (Strategy, Commitment, Fund, Event, Area, Discrepancy)


def record(context: LoadContext, dataset: Dataset, summary: str) -> None:
    """One entry for all that the load has changed, or the log of the files where the database had no data."""
    is_first = context.report.inserts["dataset"] > 0
    if is_first and context.folder.changes.rows:
        _restore(context, dataset)
    else:
        at = next_instant(dataset, context.now)
        if is_first:
            _mark_editors_rows(context, set(context.folder.dataset.edited))
            # No entry is before this one.
            at = max(context.now, dataset.recorded_at)
        sentence = f"{summary}: {context.report.sentence}."
        _append(context, dataset, at, sentence, _subjects(context), context.report.edits)


def _restore(context: LoadContext, dataset: Dataset) -> None:
    entries = [
        Change(
            **columns(context, row),
            subject_type=row.subject.type,
            subject_key=row.subject.key,
            edits=[edit.model_dump() for edit in row.edits],
        )
        for row in context.folder.changes
    ]
    context.session.add_all(entries)
    context.session.flush()
    for row in context.folder.changes:
        nodes = {(node.type, node.key) for node in [row.subject, *row.about]}
        context.session.add_all(ChangeNode(revision=row.revision, type=kind, key=key) for kind, key in nodes)
    context.session.flush()
    dataset.revision, dataset.updated_at = entries[-1].revision, entries[-1].recorded_at
    _mark_editors_rows(context, changes.records_by_editors(entries) | set(context.folder.dataset.edited))
    summary = f"Restored from files. The entries up to revision {dataset.revision:,} are those of the files."
    take_revision(context.session, dataset)
    _append(context, dataset, next_instant(dataset, context.now), summary, [], Edits(context.session))


def _append(
    context: LoadContext, dataset: Dataset, at: dt.datetime, summary: str, subjects: Iterable[Record], values: Edits
) -> None:
    strategy = context.session.get_one(Strategy, context.id(Strategy, context.folder.strategy.slug))
    append_change(
        context.session, dataset, at, IMPORT_ACTOR, ChangeAction.IMPORTED, summary, strategy, subjects, values
    )


def _mark_editors_rows(context: LoadContext, records: Set[str]) -> None:
    """From now on, no load changes the rows of these names."""
    for row in context.report.rows:
        if edits.record(context.session, row) in records:
            row.seeded = False


def _subjects(context: LoadContext) -> Iterator[Record]:
    for row in context.report.rows:
        if isinstance(row, changes.FOLLOWABLE):
            yield row
        for owner in OWNERS:
            id = getattr(row, f"{owner.__tablename__}_id", None)
            if id is not None:
                yield context.session.get_one(owner, id)
