"""Intervals: for how long a commitment had each status."""

import datetime as dt
from operator import attrgetter

import strawberry

from db import intervals, models, relations
from db.vocabulary import Status
from schema.batch import RowMember
from schema.cost import costs, own
from schema.keys import KeyOf
from schema.row_types import shows_type
from schema.statuses import StatusUpdate

UPDATE: KeyOf[int] = attrgetter("row.update_id")


@shows_type(intervals.Interval, from_=attrgetter("start"), until=attrgetter("end"))
@strawberry.type(description="For how long a commitment had one status.")
class StatusInterval(RowMember):
    status: Status = strawberry.field(description="The status.")
    from_: dt.date = strawberry.field(name="from", description="The first day on which it had it.")
    until: dt.date | None = strawberry.field(
        description="The day on which the next status began; null while this one is in force on the given day."
    )

    @strawberry.field(
        description="The update that began it. Later ones may have said the same: see `statusHistory`.",
        metadata=costs(own),
    )
    def update(self) -> StatusUpdate:
        return self.load_as(StatusUpdate, relations.by_id, UPDATE, models.StatusUpdate)
