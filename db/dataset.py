"""The one row of facts about the data: its revision, its dates, its licence."""

import datetime as dt
from typing import TypeAlias

import sqlalchemy as sa
from sqlmodel import Session, col

from db.models import Dataset, Strategy

STATE = sa.select(col(Dataset.revision), col(Dataset.updated_at))
# The revision and the instant of its making. A backup that is put back, or a standby that lost the last commits, has
# other instants for the same numbers.
State: TypeAlias = tuple[int, dt.datetime]
# In `Session.info`: when a writer got the lock on the row, on the monotonic clock.
LOCKED_AT = "locked_at"


def current(session: Session) -> Dataset:
    return session.scalars(sa.select(Dataset)).one()


def strategy(session: Session) -> Strategy:
    return session.scalars(sa.select(Strategy)).one()


def state(session: Session) -> State | None:
    """None before the first load, when `current` and `strategy` fail."""
    # Nearly every request reads it, so without what the session does for rows that become objects.
    row = session.connection().execute(STATE).one_or_none()
    return None if row is None else (row[0], row[1])
