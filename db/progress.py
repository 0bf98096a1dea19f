"""How many commitments have each status: on one day, and at the ends of many periods."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from db import statuses
from db.answer_cache import cache_answers
from db.columns import Condition
from db.commitments import OWN
from db.forms import statement_of
from db.models import Commitment, StatusUpdate, Theme
from db.queries import Query, Question
from db.rows import row_type
from db.statements import Statement, among, keys
from db.vocabulary import Status

# How many commitments of a theme (None: not identified yet) have a status.
Tally = Counter[tuple[int | None, Status]]


@cache_answers
def tally(session: Session, where: Sequence[Condition], as_of: dt.date) -> Tally:
    """The commitments that meet the conditions, by theme and status."""
    statement, params = statement_of(_tally, where)
    rows = statement.ask(session, {**params, "as_of": as_of})
    return Counter({(theme, Status(value)): number for theme, value, number in rows})


@cache_answers
def of_themes(session: Session, ids: Sequence[int], as_of: dt.date) -> dict[int, Tally]:
    """The tally of the Strategy's own commitments of each theme."""
    numbers = tally(session, [among(col(Commitment.theme_id), keys(ids)), OWN], as_of)
    return {id: Counter({group: number for group, number in numbers.items() if group[0] == id}) for id in ids}


@cache_answers
def series(session: Session, where: Sequence[Condition], days: Sequence[dt.date]) -> list[Tally]:
    """The tally at the end of each day, days ascending.

    Each update is a step from the status before it to its own, but for searches that follow evidence. SQL adds up the
    steps of a day, and they are walked once, so the cost does not grow with the number of days.
    """
    statement, params = statement_of(_steps, where)
    steps = statement.ask(session, {**params, "as_of": days[-1]})
    statement, params = statement_of(_totals, where)
    start = statement.ask(session, params)
    current: Tally = Counter({(theme, Status.NOT_ASSESSED): number for theme, number in start})
    tallies: list[Tally] = []
    position = 0
    for day in days:
        while position < len(steps) and steps[position][1] <= day:
            theme, _, old, new, number = steps[position]
            current[theme, Status(old)] -= number
            current[theme, Status(new)] += number
            position += 1
        tallies.append(current.copy())
    return tallies


@Question
def themes() -> Query[list[Theme]]:
    return Query(_themes(), {}, Theme, lambda rows, make: [make(row) for row in rows])


def _tally(where: Sequence[Condition]) -> sa.Select[*tuple[Any, ...]]:
    status = statuses.status(statuses.AS_OF).label("status")
    each = sa.select(col(Commitment.theme_id), status).where(*where).subquery()
    return sa.select(each.c.theme_id, each.c.status, sa.func.count()).group_by(each.c.theme_id, each.c.status)


def _totals(where: Sequence[Condition]) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(col(Commitment.theme_id), sa.func.count()).where(*where).group_by(col(Commitment.theme_id))


@lru_cache
def _themes() -> Statement:
    return Statement(sa.select(*row_type(Theme).columns).order_by(col(Theme.position)))


def _steps(where: Sequence[Condition]) -> sa.Select[*tuple[Any, ...]]:
    """How many commitments of a theme went from one status to another on each day, by day."""
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
        .where(*where, *statuses.in_force(statuses.AS_OF), statuses.gives_status())
        .subquery()
    )
    columns = (step.c.theme_id, step.c.effective_on, step.c.before, step.c.after)
    return sa.select(*columns, sa.func.count()).group_by(*columns).order_by(step.c.effective_on)
