"""The Strategy, its themes, its commitments and their status."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from db.columns import Instant, enum_column, foreign_key
from db.models.base import Entity, Record, Searchable, all_or_none
from db.vocabulary import CommitmentOrigin, Confidence, DatePrecision, Status, Voice


class Strategy(Entity, table=True):
    __table_args__ = (sa.CheckConstraint("stated_commitments > 0", name="stated_commitments"),)

    slug: str = Field(unique=True)
    title: str
    publisher_id: int = foreign_key("organisation.id")
    published_on: dt.date
    stated_commitments: int


class Theme(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("title",)
    __table_args__ = (sa.UniqueConstraint("strategy_id", "position"),)

    slug: str = Field(unique=True)
    title: str
    position: int
    strategy_id: int = foreign_key("strategy.id")


class Commitment(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("title", "summary", "ref")
    __table_args__ = (
        sa.CheckConstraint(
            "(identified AND slug IS NOT NULL AND theme_id IS NOT NULL AND title IS NOT NULL"
            " AND summary IS NOT NULL AND confidence IS NOT NULL)"
            " OR (NOT identified AND slug IS NULL AND theme_id IS NULL AND title IS NULL"
            " AND summary IS NULL AND confidence IS NULL)",
            name="identified_or_silent",
        ),
        # Serves the list in its usual order, and its count, without a look at the rows.
        sa.Index("ix_commitment_origin_ref", "origin", "ref"),
        # Serves the first page by title: to sort the rows of a large record for it takes as long as twenty pages.
        sa.Index("ix_commitment_origin_sort_text", "origin", "sort_text", "ref"),
    )

    ref: str = Field(unique=True)
    origin: CommitmentOrigin = Field(sa_type=enum_column(CommitmentOrigin))
    identified: bool
    slug: str | None = Field(default=None, unique=True)
    title: str | None = None
    summary: str | None = None
    theme_id: int | None = foreign_key("theme.id", nullable=True)
    confidence: Confidence | None = Field(default=None, sa_type=enum_column(Confidence), nullable=True)


class CommitmentLead(Record, table=True):
    commitment_id: int = Field(foreign_key="commitment.id", primary_key=True)
    organisation_id: int = foreign_key("organisation.id", primary_key=True)
    position: int


class StatusUpdate(Searchable, table=True):
    """A statement is never changed. `corrected_by_id` points to the update that took its place."""

    TEXTS: ClassVar[Sequence[str]] = ("note",)
    __table_args__ = (
        all_or_none("corrected_by_id", "correction_reason", name="correction"),
        # NOT_ASSESSED is the absence of an update.
        sa.CheckConstraint("status <> 'NOT_ASSESSED'", name="assessed"),
        sa.Index("ix_status_update_latest", "commitment_id", "effective_on", "recorded_at", "key"),
        # Serves the list of all updates, which is in the order of recording.
        sa.Index("ix_status_update_recorded", "recorded_at", "effective_on", "key"),
        # Another one, of `corrected_by_id`, is in `indexes`.
    )

    # See `natural_keys.status_update`: the same statement has the same key in every database.
    key: str = Field(unique=True)
    commitment_id: int = Field(foreign_key="commitment.id")
    status: Status = Field(sa_type=enum_column(Status))
    effective_on: dt.date
    precision: DatePrecision = Field(sa_type=enum_column(DatePrecision))
    recorded_at: dt.datetime = Field(sa_type=Instant)
    voice: Voice = Field(sa_type=enum_column(Voice))
    note: str
    corrected_by_id: int | None = Field(default=None, foreign_key="status_update.id")
    correction_reason: str | None = None
