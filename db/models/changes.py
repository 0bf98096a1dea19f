"""The log of every write, and who may write."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from db.columns import Instant, enum_column, foreign_key
from db.models.base import Base
from db.vocabulary import ChangeAction, Role


class Change(Base, table=True):
    """One row for each write, in its transaction. The database refuses to edit one, or to take one away."""

    # Without a gap, because whoever writes holds the lock on the dataset from which the next one is taken.
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    recorded_at: dt.datetime = Field(sa_type=Instant, index=True)
    actor: str
    action: ChangeAction = Field(sa_type=enum_column(ChangeAction), index=True)
    summary: str
    # The model and the natural key of the row that it is chiefly about.
    subject_type: str
    subject_key: str
    # What was written, a value each: `record` and `field`, `before` and `after`. See `db.writing.ledger`.
    edits: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON, nullable=False)


class ChangeNode(Base, table=True):
    """What a change bears on: its subject, and whatever else a reader may follow."""

    __table_args__ = (sa.Index("ix_change_node_followed", "type", "key", "revision"),)

    revision: int = Field(foreign_key="change.revision", primary_key=True)
    type: str = Field(primary_key=True)
    key: str = Field(primary_key=True)


class Token(Base, table=True):
    """What lets somebody write. The token itself is not here, only what it can be recognised by."""

    __table_args__ = (sa.CheckConstraint("name <> ''", name="name"),)

    id: int = Field(default=None, primary_key=True)
    digest: str = Field(unique=True, repr=False)
    name: str
    organisation_id: int | None = foreign_key("organisation.id", nullable=True)
    role: Role = Field(sa_type=enum_column(Role))
    voices: list[str] = Field(default_factory=list, sa_type=sa.JSON, nullable=False)
    created_at: dt.datetime = Field(sa_type=Instant)
    expires_at: dt.datetime | None = Field(default=None, sa_type=Instant, nullable=True)
    revoked_at: dt.datetime | None = Field(default=None, sa_type=Instant, nullable=True)
