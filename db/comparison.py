"""What changed after one day and up to another: statuses, the stated sizes of funds, and events."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from db import statuses
from db.columns import Column, Condition
from db.models import AmountStatement, Commitment, Event, StatusUpdate
from db.paging import Order
from db.relations import Relation

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
    return list(session.scalars(sa.select(Commitment).where(*where).order_by(col(Commitment.ref))))


def stated(start: dt.date, end: dt.date) -> list[Condition]:
    """Statements of the size of a fund that were made between the two days."""
    return [_between(col(AmountStatement.stated_on), start, end)]


def held(start: dt.date, end: dt.date) -> list[Condition]:
    """Events between the two days."""
    return [_between(col(Event.held_on), start, end)]


def updates(session: Session, ids: Sequence[int], start: dt.date, end: dt.date) -> dict[int, list[StatusUpdate]]:
    """The updates of each commitment between the two days, oldest first."""
    between = [col(StatusUpdate.effective_on) > start, *statuses.in_force(end)]
    return Relation(StatusUpdate, StatusUpdate.commitment_id, *statuses.OLDEST_FIRST, where=between)(session, ids)


def statements(session: Session, ids: Sequence[int], start: dt.date, end: dt.date) -> dict[int, list[AmountStatement]]:
    """The statements of the size of each fund between the two days, oldest first."""
    return Relation(AmountStatement, AmountStatement.fund_id, *BY_DATE.columns, where=stated(start, end))(session, ids)


def _between(day: Column, start: dt.date, end: dt.date) -> Condition:
    """After the first day, and up to the second."""
    return sa.and_(day > start, day <= end)
