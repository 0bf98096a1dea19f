"""What files say to have been recorded was recorded by now: what is still to come would hold up every later write."""

import datetime as dt
from collections.abc import Iterator

from db.writing.ledger import TOLERANCE
from seeds import rows
from seeds.edition import Edition
from seeds.errors import Problem


def check(edition: Edition, now: dt.datetime) -> Iterator[Problem]:
    told: list[tuple[rows.Row, dt.datetime | None]] = []
    told += [(row, row.recorded_at) for row in edition.datasets]
    told += [(row, row.recorded_at) for row in [*edition.statuses, *edition.searches]]
    told += [(row, row.recorded_at) for row in edition.changes]
    for row, at in told:
        if at is not None and at > now + TOLERANCE:
            yield row.problem(f"recorded_at: {at:%Y-%m-%dT%H:%M:%SZ} is still to come, by the clock of this machine")
