"""What must hold of a log that comes by file: nobody can mend an entry once it is in a database."""

from collections.abc import Container, Iterator
from itertools import pairwise

from seeds.edition import Edition
from seeds.errors import Problem


def check(edition: Edition) -> Iterator[Problem]:
    yield from _order(edition)
    known = _known(edition)
    statements = _statements(edition)
    for row in edition.changes:
        for node in [row.subject, *row.about]:
            names = known[node.type]
            if names is not None and node.key not in names:
                yield row.problem(f"there is no {node.type} {node.key[:80]!r}")
        for edit in row.edits:
            kind, _, key = edit.record.partition(" ")
            # A feed tells what such an entry recorded, in the words of the statement. No statement is ever taken away.
            if kind == "StatusUpdate" and statements is not None and key not in statements:
                yield row.problem(f"there is no {edit.record[:80]}")


def _order(edition: Edition) -> Iterator[Problem]:
    for before, row in pairwise(edition.changes):
        if row.revision != before.revision + 1:
            yield row.problem(f"revision {row.revision} follows {before.revision}: the log has a gap")
        elif row.recorded_at <= before.recorded_at:
            yield row.problem("is not recorded after the one before it")


def _known(edition: Edition) -> dict[str, Container[object] | None]:
    """By kind the names of what may be followed; None where a file could not be read, and may hold any."""
    themes = {theme.slug for strategy in edition.strategies for theme in strategy.themes}
    return {
        "Strategy": edition.strategies,
        "Theme": themes if edition.strategies.whole else None,
        "Commitment": edition.commitments,
        "Fund": edition.funds,
        "Event": edition.events,
        "Organisation": edition.organisations,
        "Document": edition.documents,
        "Discrepancy": edition.discrepancies,
    }


def _statements(edition: Edition) -> set[str] | None:
    if not edition.statuses.whole or not edition.searches.whole:
        return None
    return {row.key for row in [*edition.statuses, *edition.searches]}
