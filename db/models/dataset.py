import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from db.columns import Instant
from db.models.base import Base


class Dataset(Base, table=True):
    """One row of facts about the data. Every write bumps `revision` in its own transaction."""

    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int
    # The `recorded_at` of the rows of the reviewed files that have none of their own.
    recorded_at: dt.datetime = Field(sa_type=Instant)
    updated_at: dt.datetime = Field(sa_type=Instant)
    licence: str
    attribution: str
