"""The log, oldest entry first."""

from db.models import Change, ChangeNode
from seeds.dump import Line
from seeds.exporting.tables import Row, Tables, given, instant


def changes(tables: Tables) -> list[Row]:
    nodes = tables.by(ChangeNode, "revision", ChangeNode.type, ChangeNode.key)
    return [
        given(
            {
                "revision": row.revision,
                "recorded_at": instant(row.recorded_at),
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
