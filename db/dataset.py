"""Which edition of the data this is, and whether there is any."""

import sqlalchemy as sa
from sqlmodel import Session, col

from db.models import Dataset, Strategy

REVISION = sa.select(col(Dataset.revision))


def edition(session: Session) -> Dataset | None:
    """None before the first load."""
    return session.get(Dataset, 1)


def revision(session: Session) -> int | None:
    """None before the first load."""
    # Asked with nearly every request, and so without what the session does for rows that become objects.
    return session.connection().execute(REVISION).scalar_one_or_none()


def strategy(session: Session) -> Strategy | None:
    return session.scalars(sa.select(Strategy).order_by(col(Strategy.id)).limit(1)).first()
