"""Exports the files that are more than the rows of one table: the dataset, funds, statements and the log."""

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa

from db import edits, models, natural_keys
from db.changes import records_by_editors
from db.models.base import Record
from db.vocabulary import Status, Voice
from seeds.dump import Line
from seeds.exporting.keys import stated_key
from seeds.exporting.rows import export_part, to_yaml
from seeds.exporting.snapshot import FileRow, Snapshot
from seeds.mapping import DatabaseRow
from seeds.rows.dataset import ChangeRow, DatasetRow
from seeds.rows.funds import FundRow
from seeds.rows.statuses import SEARCH_NOTE, SearchRow, StatusRow

BEFORE, AFTER = SEARCH_NOTE.split("{}")


def dataset(snapshot: Snapshot) -> list[FileRow]:
    [row] = snapshot.rows(models.Dataset)
    return [export_part(snapshot, DatasetRow, row, {"edited": _editors_rows_before_the_log(snapshot)})]


def funds(snapshot: Snapshot) -> list[FileRow]:
    """By slug, and each fund before its parts."""

    def subtree(parent: int | None) -> Iterator[FileRow]:
        for row in sorted(snapshot.rows_of(models.Fund, "parent_id", parent), key=FundRow.sort_key):
            yield export_part(snapshot, FundRow, row)
            yield from subtree(row.id)

    return list(subtree(None))


def statuses(snapshot: Snapshot) -> list[FileRow]:
    rows = (row for row in _statements(snapshot) if not _is_search(row))
    return [export_part(snapshot, StatusRow, row, _custom(snapshot, row)) for row in rows]


def searches(snapshot: Snapshot) -> list[FileRow]:
    rows = (row for row in _statements(snapshot) if _is_search(row))
    return [export_part(snapshot, SearchRow, row, _custom(snapshot, row)) for row in rows]


def changes(snapshot: Snapshot) -> list[FileRow]:
    """Oldest entry first."""
    entries: list[FileRow] = []
    for row in snapshot.rows(models.Change):
        subject = Line(type=row.subject_type, key=row.subject_key)
        nodes = snapshot.rows_of(models.ChangeNode, "revision", row.revision)
        custom = {
            "subject": subject,
            "about": [node for node in (Line(type=node.type, key=node.key) for node in nodes) if node != subject],
            "edits": [Line({name: each for name, each in edit.items() if each is not None}) for edit in row.edits],
        }
        entries.append(export_part(snapshot, ChangeRow, row, custom))
    return entries


def _editors_rows_before_the_log(snapshot: Snapshot) -> list[str]:
    """The rows that editors wrote although no entry says so."""
    log = snapshot.rows(models.Change)
    if log and log[0].revision == 1:
        return []
    session = snapshot.session
    kinds = [model for model in natural_keys.MODELS.values() if issubclass(model, Record)]
    # The session holds them all, because the name of a row depends on other rows.
    rows = [row for model in kinds for row in session.scalars(sa.select(model))]
    return sorted({edits.record(session, row) for row in rows if not row.seeded} - records_by_editors(log))


def _statements(snapshot: Snapshot) -> list[DatabaseRow]:
    def sort_key(row: DatabaseRow) -> tuple[str | dt.date, ...]:
        return snapshot.key(models.Commitment, row.commitment_id), row.effective_on, row.recorded_at, row.key

    return sorted(snapshot.rows(models.StatusUpdate), key=sort_key)


def _is_search(row: DatabaseRow) -> bool:
    return row.status is Status.NO_EVIDENCE and row.voice is Voice.TRACKER


def _custom(snapshot: Snapshot, row: DatabaseRow) -> FileRow:
    """The fields of a statement that are no column of theirs."""
    [dataset] = snapshot.rows(models.Dataset)
    places = row.note.removeprefix(BEFORE).removesuffix(AFTER)
    is_usual = SEARCH_NOTE.format(places) == row.note and places == places.strip() != ""
    corrects = snapshot.rows_of(models.StatusUpdate, "corrected_by_id", row.id)
    by = row.corrected_by_id and snapshot.key(models.StatusUpdate, row.corrected_by_id)
    return {
        # The usual values are left out, but for a key that the row of another statement states.
        "recorded_at": None if row.recorded_at == dataset.recorded_at else to_yaml(row.recorded_at),
        "places": places if is_usual else None,
        "other_note": None if is_usual else row.note,
        "stated_key": row.key if corrects else stated_key(snapshot, models.StatusUpdate, row),
        "corrected": by and {"by": by, "reason": row.correction_reason},
    }
