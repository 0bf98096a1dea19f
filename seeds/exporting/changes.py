"""The log, oldest entry first."""

from sqlmodel import select

from db import edits, natural_keys
from db.changes import records_by_editors
from db.formatting import instant_text
from db.models import Change, ChangeNode
from db.models.base import Record
from seeds.dump import Line
from seeds.exporting.tables import Row, Tables, given


def changes(tables: Tables) -> list[Row]:
    nodes = tables.by(ChangeNode, "revision", ChangeNode.type, ChangeNode.key)
    return [
        given(
            {
                "revision": row.revision,
                "recorded_at": instant_text(row.recorded_at),
                "actor": row.actor,
                "action": row.action.value,
                "summary": row.summary,
                "subject": Line(type=row.subject_type, key=row.subject_key),
                "about": [
                    Line(type=node.type, key=node.key)
                    for node in nodes[row.revision]
                    if (node.type, node.key) != (row.subject_type, row.subject_key)
                ],
                "edits": [Line(given(edit)) for edit in row.edits],
            }
        )
        for row in tables.all(Change, Change.revision)
    ]


def unlogged(tables: Tables) -> list[str]:
    """The rows that are an editor's word though no entry says so: they were written before the log began."""
    log = tables.all(Change, Change.revision)
    if log and log[0].revision == 1:
        return []
    session = tables.session
    kinds = [model for model in natural_keys.MODELS.values() if issubclass(model, Record)]
    # Held here, because what a row is called depends on others, which would each be asked for anew.
    held = {kind: session.exec(select(kind)).all() for kind in kinds}
    theirs = {edits.record(session, row) for rows in held.values() for row in rows if not row.seeded}
    return sorted(theirs - records_by_editors(log))
