"""Events, their hosts and participants, and the people among these."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from db.columns import enum_column, foreign_key
from db.models.base import Record, Searchable, all_or_none
from db.vocabulary import DatePrecision, EventKind


class Event(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("title", "venue", "place", "region")
    __table_args__ = (
        all_or_none("held_on", "precision", name="dated"),
        sa.CheckConstraint("held_on IS NOT NULL OR date_note IS NOT NULL", name="date_or_reason"),
        sa.CheckConstraint("attendance_at_least > 0", name="attendance_at_least"),
    )

    slug: str = Field(unique=True)
    title: str
    kind: EventKind = Field(sa_type=enum_column(EventKind))
    held_on: dt.date | None = Field(default=None, index=True)
    precision: DatePrecision | None = Field(default=None, sa_type=enum_column(DatePrecision), nullable=True)
    date_note: str | None = None
    series: str | None = None
    venue: str | None = None
    place: str | None = None
    region: str | None = None
    area_id: int | None = foreign_key("area.id", nullable=True)
    attendance_at_least: int | None = None
    sectors: list[str] = Field(default_factory=list, sa_type=sa.JSON, nullable=False)
    topics: list[str] = Field(default_factory=list, sa_type=sa.JSON, nullable=False)


class EventHost(Record, table=True):
    event_id: int = Field(foreign_key="event.id", primary_key=True)
    organisation_id: int = foreign_key("organisation.id", primary_key=True)
    position: int


class Person(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("name",)

    slug: str = Field(unique=True)
    name: str


class Participant(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("name", "role")
    __table_args__ = (sa.UniqueConstraint("event_id", "position"),)

    event_id: int = Field(foreign_key="event.id")
    position: int
    name: str
    role: str | None = None
    person_id: int | None = foreign_key("person.id", nullable=True)
    organisation_id: int | None = foreign_key("organisation.id", nullable=True)


class CommitmentEvent(Record, table=True):
    commitment_id: int = Field(foreign_key="commitment.id", primary_key=True)
    event_id: int = foreign_key("event.id", primary_key=True)
