"""How many commitments have each status: on one day, and at the ends of many periods."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from db import statuses
from db.columns import Condition
from db.commitments import OWN
from db.kept import kept
from db.models import Commitment, StatusUpdate, Theme
from db.vocabulary import Status

# How many commitments of a theme (None: not identified yet) have a status.
Tally = Counter[tuple[int | None, Status]]


@kept
def tally(session: Session, where: Sequence[Condition], as_of: dt.date) -> Tally:
    """The commitments that meet the conditions, by theme and status."""
    status = statuses.status(as_of).label("status")
    each = sa.select(col(Commitment.theme_id), status).where(*where).subquery()
    query = sa.select(each.c.theme_id, each.c.status, sa.func.count()).group_by(each.c.theme_id, each.c.status)
    return Counter({(theme, Status(value)): number for theme, value, number in session.execute(query)})


@kept
def of_themes(session: Session, ids: Sequence[int], as_of: dt.date) -> dict[int, Tally]:
    """The tally of the Strategy's own commitments of each theme."""
    numbers = tally(session, [col(Commitment.theme_id).in_(ids), OWN], as_of)
    return {id: Counter({group: number for group, number in numbers.items() if group[0] == id}) for id in ids}


@kept
def series(session: Session, where: Sequence[Condition], days: Sequence[dt.date]) -> list[Tally]:
    """The tally at the end of each day, days ascending.

    Each update is a step from the status before it to its own, but for searches that follow evidence. SQL adds up the
    steps of a day, and they are walked once, so the cost does not grow with the number of days.
    """
    window = {"partition_by": col(StatusUpdate.commitment_id), "order_by": statuses.OLDEST_FIRST}
    before = sa.func.lag(sa.cast(col(StatusUpdate.status), sa.String)).over(**window)  # type: ignore[arg-type]
    step = (
        sa.select(
            col(Commitment.theme_id),
            col(StatusUpdate.effective_on),
            sa.cast(col(StatusUpdate.status), sa.String).label("after"),
            sa.func.coalesce(before, Status.NOT_ASSESSED.value).label("before"),
        )
        .join(Commitment, col(Commitment.id) == col(StatusUpdate.commitment_id))
        .where(*where, *statuses.in_force(days[-1]), statuses.gives_status())
        .subquery()
    )
    columns = (step.c.theme_id, step.c.effective_on, step.c.before, step.c.after)
    steps = session.execute(sa.select(*columns, sa.func.count()).group_by(*columns).order_by(step.c.effective_on)).all()
    start = sa.select(col(Commitment.theme_id), sa.func.count()).where(*where).group_by(col(Commitment.theme_id))
    current: Tally = Counter({(theme, Status.NOT_ASSESSED): number for theme, number in session.execute(start)})
    tallies: list[Tally] = []
    position = 0
    for day in days:
        while position < len(steps) and steps[position].effective_on <= day:
            theme, _, old, new, number = steps[position]
            current[theme, Status(old)] -= number
            current[theme, Status(new)] += number
            position += 1
        tallies.append(current.copy())
    return tallies


def themes(session: Session) -> list[Theme]:
    return list(session.scalars(sa.select(Theme).order_by(col(Theme.position))))
