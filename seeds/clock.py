"""What files say to have been recorded was recorded by now: what is still to come would hold up every later write."""

import datetime as dt
from collections.abc import Iterator

from db.writing.ledger import TOLERANCE
from seeds import rows
from seeds.errors import SeedProblem
from seeds.folder import SeedFolder


def check(folder: SeedFolder, now: dt.datetime) -> Iterator[SeedProblem]:
    told: list[tuple[rows.Row, dt.datetime | None]] = []
    told += [(row, row.recorded_at) for row in folder.datasets]
    told += [(row, row.recorded_at) for row in [*folder.statuses, *folder.searches]]
    told += [(row, row.recorded_at) for row in folder.changes]
    for row, at in told:
        if at is not None and at > now + TOLERANCE:
            yield row.problem(f"recorded_at: {at:%Y-%m-%dT%H:%M:%SZ} is still to come, by the clock of this machine")
