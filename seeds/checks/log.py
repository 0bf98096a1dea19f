"""Rules for a log that comes by file: an entry cannot be mended once it is in a database."""

from collections.abc import Iterator
from itertools import pairwise

from db.models import StatusUpdate
from seeds.errors import SeedProblem
from seeds.folder import SeedFolder
from seeds.rows.changes import FOLLOWABLE


def order(folder: SeedFolder) -> Iterator[SeedProblem]:
    for before, row in pairwise(folder.changes):
        if row.revision != before.revision + 1:
            yield row.problem(f"revision {row.revision} follows {before.revision}: the log has a gap")
        elif row.recorded_at <= before.recorded_at:
            yield row.problem("is not recorded after the one before it")


def subjects(folder: SeedFolder) -> Iterator[SeedProblem]:
    for row in folder.changes:
        for node in [row.subject, *row.about]:
            if node.key not in folder.names[FOLLOWABLE[node.type]]:
                yield row.problem(f"there is no {node.type} {node.key[:80]!r}")
        for edit in row.edits:
            kind, _, key = edit.record.partition(" ")
            # A feed shows the words of the statement, and no statement is ever removed.
            if kind == StatusUpdate.__name__ and key not in folder.names[StatusUpdate]:
                yield row.problem(f"there is no {edit.record[:80]}")


RULES = (order, subjects)
