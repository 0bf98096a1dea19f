"""Which edition of the data this is, and whether there is any."""

import sqlalchemy as sa
from sqlmodel import Session, col

from db.models import Dataset, Strategy

REVISION = sa.select(col(Dataset.revision))


def loaded(session: Session) -> bool:
    """Whether there is any data. Until there is, the other questions of this file but the revision fail."""
    return revision(session) is not None


def edition(session: Session) -> Dataset:
    return session.scalars(sa.select(Dataset)).one()


def revision(session: Session) -> int | None:
    """None before the first load."""
    # Asked with nearly every request, and so without what the session does for rows that become objects.
    return session.connection().execute(REVISION).scalar_one_or_none()


def strategy(session: Session) -> Strategy:
    return session.scalars(sa.select(Strategy)).one()
