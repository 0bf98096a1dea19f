"""Which edition of the data this is, and whether there is any."""

import datetime as dt
from typing import TypeAlias

import sqlalchemy as sa
from sqlmodel import Session, col

from db.models import Dataset, Strategy

REVISION = sa.select(col(Dataset.revision))
STATE = sa.select(col(Dataset.revision), col(Dataset.updated_at))
# The revision and when it was made. A backup that is put back, or a standby that lost the last commits, has others of
# the same number.
State: TypeAlias = tuple[int, dt.datetime]


def has_data(session: Session) -> bool:
    """Whether there is any data. Until there is, the other questions of this file but the revision fail."""
    return revision(session) is not None


def current(session: Session) -> Dataset:
    return session.scalars(sa.select(Dataset)).one()


def revision(session: Session) -> int | None:
    """None before the first load."""
    return session.connection().execute(REVISION).scalar_one_or_none()


def state(session: Session) -> State | None:
    """None before the first load."""
    # Asked with nearly every request, and so without what the session does for rows that become objects.
    found = session.connection().execute(STATE).one_or_none()
    return None if found is None else (found[0], found[1])


def strategy(session: Session) -> Strategy:
    return session.scalars(sa.select(Strategy)).one()
