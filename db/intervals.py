"""For how long commitments had each status. Computed, never stored."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from sqlmodel import Session

from db.models import StatusUpdate
from db.relations import Relation
from db.statuses import AS_OF, OLDEST_FIRST, in_force
from db.vocabulary import Side, Status, Voice


@dataclass(frozen=True)
class Interval:
    """From the day `start` until the day `end`, which is not part of it; None while the status is in force."""

    status: Status
    start: dt.date
    end: dt.date | None
    # The id of the update that began it.
    update_id: int


def of_commitments(
    session: Session,
    ids: Sequence[int],
    as_of: dt.date,
    voices: tuple[Voice, ...] | None = None,
    sides: tuple[Side, ...] | None = None,
) -> dict[int, list[Interval]]:
    """When each commitment had which status, oldest first, up to `as_of`; before the first it was not assessed."""
    updates = _until(voices, sides)(session, ids, {"as_of": as_of})
    return {id: _intervals(rows) for id, rows in updates.items()}


def _intervals(updates: Sequence[StatusUpdate]) -> list[Interval]:
    first = next((one.effective_on for one in updates if one.status is not Status.NO_EVIDENCE), dt.date.max)
    # The last update of a day gives its status; a search only before there is evidence.
    steps = {
        update.effective_on: update
        for update in updates
        if update.status is not Status.NO_EVIDENCE or update.effective_on < first
    }
    begins: list[StatusUpdate] = []
    for update in steps.values():
        if not begins or update.status is not begins[-1].status:
            begins.append(update)
    following = zip_longest(begins, (update.effective_on for update in begins[1:]))
    return [Interval(update.status, update.effective_on, end, update.id) for update, end in following]


@lru_cache(maxsize=256)
def _until(voices: tuple[Voice, ...] | None, sides: tuple[Side, ...] | None) -> Relation[StatusUpdate]:
    return Relation(StatusUpdate, StatusUpdate.commitment_id, *OLDEST_FIRST, where=in_force(AS_OF, voices, sides))
