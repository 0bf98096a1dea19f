"""The log: an entry for the load, or the whole log of the database that the files were written from."""

import datetime as dt
from collections.abc import Iterator, Set

from db import changes, edits
from db.edits import Edits
from db.models import Change, ChangeNode, Commitment, Dataset, Discrepancy, Event, Fund, Strategy
from db.models.base import Record
from db.vocabulary import IMPORT_ACTOR, ChangeAction
from db.writing.ledger import append_change, next_instant
from seeds.loading.work import Work

# What is written of something that belongs to one of these bears on that one, too.
OWNERS = (Strategy, Commitment, Fund, Event, Discrepancy)


def note(work: Work, dataset: Dataset, now: dt.datetime) -> None:
    """One entry for all that the load has changed."""
    strategy = work.session.get_one(Strategy, work.strategies[work.folder.strategy.slug])
    summary = f"Imported: {work.report.sentence}."
    append_change(
        work.session,
        dataset,
        next_instant(dataset, now),
        IMPORT_ACTOR,
        ChangeAction.IMPORTED,
        summary,
        strategy,
        _about(work),
        work.report.edits,
    )


def restore(work: Work, dataset: Dataset, now: dt.datetime) -> None:
    """Takes the log over as it was, and with it which rows are an editor's word; and says that it came by file."""
    made = [
        Change(
            revision=row.revision,
            recorded_at=row.recorded_at,
            actor=row.actor,
            action=row.action,
            summary=row.summary,
            subject_type=row.subject.type,
            subject_key=row.subject.key,
            edits=[edit.model_dump() for edit in row.edits],
        )
        for row in work.folder.changes
    ]
    work.session.add_all(made)
    work.session.flush()
    for row in work.folder.changes:
        nodes = {(node.type, node.key) for node in [row.subject, *row.about]}
        work.session.add_all(ChangeNode(revision=row.revision, type=kind, key=key) for kind, key in nodes)
    dataset.revision, dataset.updated_at = made[-1].revision, made[-1].recorded_at
    theirs(work, changes.records_by_editors(made) | set(work.folder.dataset.edited))
    strategy = work.session.get_one(Strategy, work.strategies[work.folder.strategy.slug])
    summary = f"Restored from files: this log is as they tell it, up to revision {dataset.revision:,}."
    at, nothing = next_instant(dataset, now), Edits(work.session)
    append_change(work.session, dataset, at, IMPORT_ACTOR, ChangeAction.IMPORTED, summary, strategy, [], nothing)


def theirs(work: Work, edited: Set[str]) -> None:
    """From now on the rows of these names are an editor's word."""
    for row in work.report.touched:
        if edits.record(work.session, row) in edited:
            row.seeded = False


def _about(work: Work) -> Iterator[Record]:
    for row in work.report.touched:
        if isinstance(row, changes.FOLLOWABLE):
            yield row
        for owner in OWNERS:
            id = getattr(row, f"{owner.__tablename__}_id", None)
            if id is not None:
                yield work.session.get_one(owner, id)
