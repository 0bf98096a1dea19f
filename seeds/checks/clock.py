"""What files say to have been recorded was recorded by now: an instant to come would hold up every later write."""

import datetime as dt
from collections.abc import Iterator

from db.writing.ledger import TOLERANCE
from seeds.errors import SeedProblem
from seeds.folder import SeedFolder


def check(folder: SeedFolder, now: dt.datetime) -> Iterator[SeedProblem]:
    for row in [*folder.datasets, *folder.statements, *folder.changes]:
        at = row.recorded_at
        if at is not None and at > now + TOLERANCE:
            yield row.problem(f"recorded_at: {at:%Y-%m-%dT%H:%M:%SZ} is still to come, by the clock of this machine")
