"""Which moment a field is asked at: that of the record that it stands under, or that of the request."""

import datetime as dt

from db import changes
from schema.batch import BatchMember
from schema.context import Context, Info
from schema.moment import Moment


def moment_of(root: object, info: Info) -> Moment:
    """The moment of a field of Query, or of a record within it."""
    return root.moment if isinstance(root, BatchMember) else info.context.moment


async def find_moment(
    context: Context,
    moment: Moment,
    as_of: dt.date | None = None,
    *,
    known_at: dt.datetime | None = None,
    revision: int | None = None,
) -> Moment | None:
    """The moment with another day, and another revision or that of an instant; None where nothing was on record, and
    of a day to come."""
    if as_of is None and known_at is None and revision is None:
        return moment
    if as_of is not None and as_of > context.latest_day:
        return None
    day, states_day = (as_of, True) if as_of else (moment.as_of, moment.states_day)
    if known_at is None and revision is None:
        return Moment(day, moment.today, moment.reader, states_day, moment.states_revision)
    if known_at is not None:
        revision = await context.read(moment, changes.revision_at, known_at)
    assert revision is not None
    state = await context.read(moment, changes.state_at, revision)
    if state is None:
        return None
    known_on = context.clock.day(known_at or state[1])
    reader = moment.reader.at(revision=revision)
    return Moment(day, min(moment.today, known_on), reader, states_day, states_revision=True)
