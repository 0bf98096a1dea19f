"""Loads status updates and searches: a recorded one is corrected by a later one, and never changed."""

from db.models import Commitment, StatusUpdate
from db.vocabulary import DatePrecision, Status, Voice
from seeds.loading.context import LoadContext
from seeds.loading.merge import Key, TableMerge, Values, entity_id
from seeds.loading.rows import columns, load_lists
from seeds.rows.statuses import SearchRow, StatusRow

SEARCH: Values = {"status": Status.NO_EVIDENCE, "precision": DatePrecision.DAY, "voice": Voice.TRACKER}


def load_statements(context: LoadContext) -> None:
    folder, table = context.folder, context.table(StatusUpdate, StatusRow.FILE)
    refs = {entity_id(row): key[0] for key, row in context.tables[Commitment].rows.items()}
    table.label = lambda row: f"{refs[row.commitment_id]} {row.status} {row.effective_on} {row.voice}"
    new: list[Values] = []
    for row in folder.statements:
        existing = table.rows.get((row.key,))
        commitment = context.tables[Commitment].rows[row.commitment,]
        if existing is None and not commitment.identified:
            # By an editor: in the files it is identified.
            name = f"status_update {row.commitment} {row.key}"
            context.report.withdrawn.append(f"{name}, because the commitment is not identified any more")
        elif existing is None:
            values: Values = {"key": row.key, "note": row.note} | (SEARCH if isinstance(row, SearchRow) else {})
            recorded_at = row.recorded_at or folder.dataset.recorded_at
            new.append({**values, "recorded_at": recorded_at, **columns(context, row)})
        elif existing.note != row.note:
            table.report_differing(existing)
    table.put(new)
    table.present |= {(row.key,) for row in folder.statements}
    table.report_absent()
    load_lists(context, table, StatusRow, {(row.key,): row for row in folder.statuses})
    for row in folder.statements:
        if row.corrected and {(row.key,), (row.corrected.by,)} <= table.rows.keys():
            by = entity_id(table.rows[row.corrected.by,])
            _correct(table, (row.key,), {"corrected_by_id": by, "correction_reason": row.corrected.reason})
    table.flush()


def _correct(table: TableMerge[StatusUpdate], key: Key, values: Values) -> None:
    """A correction is set once."""
    row = table.rows[key]
    existing = {name: getattr(row, name) for name in values}
    if row.seeded and not any(existing.values()):
        table.update(row, values)
    elif existing != values:
        table.report_differing(row)
