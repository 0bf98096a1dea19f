"""Rules for status updates and searches."""

import datetime as dt
from collections.abc import Iterator

from db.vocabulary import Voice
from seeds.errors import SeedProblem
from seeds.folder import SeedFolder


def unidentified(folder: SeedFolder) -> Iterator[SeedProblem]:
    refs = {row.ref for row in folder.commitments if not row.identified}
    for row in folder.statements:
        if row.commitment in refs:
            yield row.problem(f"{row.commitment} is not identified, so nothing is known of its status")


def searches(folder: SeedFolder) -> Iterator[SeedProblem]:
    """A search finds nothing only where no evidence is of its day or of an earlier one."""
    first_evidence: dict[str, dt.date] = {}
    for row in folder.statuses:
        if row.corrected is None and row.voice is not Voice.TRACKER:
            on = row.effective_on.on
            first_evidence[row.commitment] = min(on, first_evidence.get(row.commitment, on))
    for search in folder.searches:
        first = first_evidence.get(search.commitment)
        if search.corrected is None and first and first <= search.searched_on:
            yield search.problem(f"{search.commitment} has a status, so the search did not find nothing")


def corrections(folder: SeedFolder) -> Iterator[SeedProblem]:
    usual = folder.dataset.recorded_at if folder.datasets.rows else dt.datetime.min.replace(tzinfo=dt.UTC)
    statements = {row.key: row for row in folder.statements}
    for row in statements.values():
        if row.corrected is None:
            continue
        correction = statements.get(row.corrected.by)
        if correction is None:
            yield row.problem(f"is corrected by {row.corrected.by}, which is not here")
        elif correction.commitment != row.commitment:
            yield row.problem(f"is corrected by a statement about {correction.commitment}")
        elif (correction.recorded_at or usual) <= (row.recorded_at or usual):
            yield row.problem("is corrected by a statement that was not recorded later")


RULES = (unidentified, searches, corrections)
