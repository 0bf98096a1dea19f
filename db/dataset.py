"""Which edition of the data this is, and whether there is any."""

import sqlalchemy as sa
from sqlmodel import Session, col

from db.models import Dataset, Strategy


def edition(session: Session) -> Dataset | None:
    """None before the first load."""
    return session.get(Dataset, 1)


def strategy(session: Session) -> Strategy | None:
    return session.scalars(sa.select(Strategy).order_by(col(Strategy.id)).limit(1)).first()
