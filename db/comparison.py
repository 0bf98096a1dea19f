"""What changed after one day and up to another: statuses, the stated sizes of funds, and events."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from db import statuses
from db.columns import Column, Condition
from db.forms import statement_of
from db.models import AmountStatement, Commitment, Event, StatusUpdate
from db.paging import Order
from db.queries import Query, Question
from db.relations import Relation
from db.rows import row_type
from db.statuses import Day

# No statement between two days is without a date.
BY_DATE = Order((col(AmountStatement.stated_on), col(AmountStatement.key)))


def changed(start: dt.date, end: dt.date) -> list[Condition]:
    """Commitments whose status differs between the two days."""
    # A status can differ only where an update is between: the set is made once, and spares the others two subqueries.
    moved = sa.select(col(StatusUpdate.commitment_id)).where(
        _between(col(StatusUpdate.effective_on), start, end), statuses.UNCORRECTED
    )
    return [col(Commitment.id).in_(moved), statuses.status(start) != statuses.status(end)]


def commitments(session: Session, where: Sequence[Condition]) -> list[Commitment]:
    """All commitments that meet the conditions, by ref."""
    statement, params = statement_of(_commitments, where)
    return [row_type(Commitment).make(row) for row in statement.ask(session, params)]


def stated(start: Day, end: Day) -> list[Condition]:
    """Statements of the size of a fund that were made between the two days."""
    return [_between(col(AmountStatement.stated_on), start, end)]


def held(start: dt.date, end: dt.date) -> list[Condition]:
    """Events between the two days."""
    return [_between(col(Event.held_on), start, end)]


@Question
def updates(ids: Sequence[int], start: dt.date, end: dt.date) -> Query[dict[int, list[StatusUpdate]]]:
    """The updates of each commitment between the two days, oldest first."""
    return UPDATES.query(ids, {"start": start, "end": end})


@Question
def statements(ids: Sequence[int], start: dt.date, end: dt.date) -> Query[dict[int, list[AmountStatement]]]:
    """The statements of the size of each fund between the two days, oldest first."""
    return STATEMENTS.query(ids, {"start": start, "end": end})


def _commitments(where: Sequence[Condition]) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(*row_type(Commitment).columns).where(*where).order_by(col(Commitment.ref))


def _between(day: Column, start: Day, end: Day) -> Condition:
    """After the first day, and up to the second."""
    return sa.and_(day > start, day <= end)


START, END = (sa.bindparam(name, type_=sa.Date) for name in ("start", "end"))
UPDATES = Relation(
    StatusUpdate,
    StatusUpdate.commitment_id,
    *statuses.OLDEST_FIRST,
    where=[col(StatusUpdate.effective_on) > START, *statuses.in_force(END)],
)
STATEMENTS = Relation(AmountStatement, AmountStatement.fund_id, *BY_DATE.columns, where=stated(START, END))
