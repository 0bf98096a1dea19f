import datetime as dt
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.columns import Instant


class Dataset(SQLModel, table=True):
    """One row: which edition of the data this is. Every write bumps `revision` in its own transaction."""

    __tablename__: ClassVar[str] = "dataset"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int
    updated_at: dt.datetime = Field(sa_type=Instant)
    licence: str
    attribution: str
