"""What the log of changes tells of each row: what was written, and when the row came."""

import datetime as dt
import re
from bisect import bisect_left
from collections import defaultdict

import sqlalchemy as sa

# By field, the value before and the value after.
Edits = dict[str, tuple[str | None, str | None]]


class Log:
    """What the log tells of each row, by its table and its natural key."""

    def __init__(self, connection: sa.Connection, change: sa.Table, node: sa.Table) -> None:
        query = sa.select(change.c.revision, change.c.recorded_at, change.c.action, change.c.edits)
        changes = connection.execute(query.order_by(change.c.revision)).all()
        self.revisions: list[int] = [row.revision for row in changes]
        self.instants: list[dt.datetime] = [row.recorded_at for row in changes]
        self.imports: list[int] = [row.revision for row in changes if row.action == "IMPORTED"]
        self.edits: dict[str, dict[str, dict[int, Edits]]] = {}
        for row in changes:
            for edit in row.edits:
                kind, _, key = edit["record"].partition(" ")
                fields = self.edits.setdefault(snake_case(kind), {}).setdefault(key, {}).setdefault(row.revision, {})
                before, _ = fields.get(edit["field"], (edit["before"], None))
                fields[edit["field"]] = before, edit["after"]
        named = sa.select(node.c.type, node.c.key, sa.func.min(node.c.revision).label("first"))
        nodes = connection.execute(named.group_by(node.c.type, node.c.key)).all()
        # Where the first entry names rows of a kind, it names all that there were: the others came later.
        complete = {kind for kind, _, first in nodes if first in self.revisions[:1]}
        self.begins: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for kind, key, first in nodes:
            if kind in complete:
                self.begins[snake_case(kind)][key] = first

    def import_after(self, revision: int) -> int:
        return next((each for each in self.imports if each > revision), revision)

    def revision_of(self, instant: dt.datetime) -> int:
        """The first revision that can have written what was recorded at an instant."""
        return self.revisions[min(bisect_left(self.instants, instant), len(self.revisions) - 1)]


def snake_case(name: str) -> str:
    return re.sub("(?<!^)(?=[A-Z])", "_", name).lower()
