"""What must hold of a log that comes by file: nobody can mend an entry once it is in a database."""

from collections.abc import Container, Iterator
from itertools import pairwise

from seeds.errors import SeedProblem
from seeds.folder import SeedFolder


def check(folder: SeedFolder) -> Iterator[SeedProblem]:
    yield from _order(folder)
    known = _known(folder)
    statements = _statements(folder)
    for row in folder.changes:
        for node in [row.subject, *row.about]:
            names = known[node.type]
            if names is not None and node.key not in names:
                yield row.problem(f"there is no {node.type} {node.key[:80]!r}")
        for edit in row.edits:
            kind, _, key = edit.record.partition(" ")
            # A feed tells what such an entry recorded, in the words of the statement. No statement is ever taken away.
            if kind == "StatusUpdate" and statements is not None and key not in statements:
                yield row.problem(f"there is no {edit.record[:80]}")


def _order(folder: SeedFolder) -> Iterator[SeedProblem]:
    for before, row in pairwise(folder.changes):
        if row.revision != before.revision + 1:
            yield row.problem(f"revision {row.revision} follows {before.revision}: the log has a gap")
        elif row.recorded_at <= before.recorded_at:
            yield row.problem("is not recorded after the one before it")


def _known(folder: SeedFolder) -> dict[str, Container[object] | None]:
    """By kind the names of what may be followed; None where a file could not be read, and may hold any."""
    themes = {theme.slug for strategy in folder.strategies for theme in strategy.themes}
    return {
        "Strategy": folder.strategies,
        "Theme": themes if folder.strategies.whole else None,
        "Commitment": folder.commitments,
        "Fund": folder.funds,
        "Event": folder.events,
        "Organisation": folder.organisations,
        "Document": folder.documents,
        "Discrepancy": folder.discrepancies,
    }


def _statements(folder: SeedFolder) -> set[str] | None:
    if not folder.statuses.whole or not folder.searches.whole:
        return None
    return {row.key for row in [*folder.statuses, *folder.searches]}
