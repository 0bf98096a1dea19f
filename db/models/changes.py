"""The dataset as a whole, the log of every write to it, and who may write."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from db.columns import Instant, enum_column, foreign_key, since_column
from db.models.base import Base
from db.vocabulary import ChangeAction, Role


class Dataset(Base, table=True):
    """One row of facts about the data. Every writer takes the next `revision` when its transaction begins."""

    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int
    # The `recorded_at` of the rows of the reviewed files that have none of their own.
    recorded_at: dt.datetime = Field(sa_type=Instant)
    updated_at: dt.datetime = Field(sa_type=Instant)
    licence: str
    attribution: str
    # Who keeps the record, and who pays for that; None where it is not said.
    maintainer: str | None = None
    funding: str | None = None
    since: int = since_column()


class LastLoad(Base, table=True):
    """Of which files a load was that left the data as they are at `revision`, for a start that reads no rows."""

    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    # Of the files and of the program that read them.
    digest: str
    revision: int
    loaded_at: dt.datetime = Field(sa_type=Instant)
    # What the same load reports at that revision.
    report: str


class Change(Base, table=True):
    """One row for each write, in its transaction. The database refuses to update or delete one."""

    # Without gaps: a writer takes the next one from the dataset while it holds the lock on that.
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    recorded_at: dt.datetime = Field(sa_type=Instant, index=True)
    actor: str
    action: ChangeAction = Field(sa_type=enum_column(ChangeAction), index=True)
    summary: str
    # Why, where the change put something right, took it away or linked it.
    reason: str | None = None
    # The model and the natural key of the row that the change is chiefly about.
    subject_type: str
    subject_key: str
    # The values that were written: `record`, `field`, `before` and `after` of each, see `db.edits`.
    edits: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON, nullable=False)


class ChangeNode(Base, table=True):
    """A row that a change affects and a reader can follow: its subject, and others."""

    __table_args__ = (sa.Index("ix_change_node_followed", "type", "key", "revision"),)

    revision: int = Field(foreign_key="change.revision", primary_key=True)
    type: str = Field(primary_key=True)
    key: str = Field(primary_key=True)


class Token(Base, table=True):
    """The digest of a token, and the rights of its holder."""

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
    # To the hour; None for one that was never used.
    last_used_at: dt.datetime | None = Field(default=None, sa_type=Instant, nullable=True)
