"""Events, their hosts and their participants, and the people among these."""

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, model_validator

from db import models
from db.fields import Count, Refs, Slug, Slugs, Text, Texts
from db.vocabulary import EventKind
from seeds.fields import Items, When
from seeds.mapping import DatabaseRow, Links, PeriodColumns, Reference, SeedPart
from seeds.rows.base import CitationPart, SeedRow


class PersonRow(SeedRow):
    FILE = "people.yaml"
    MODEL = models.Person
    OPTIONAL = True

    slug: Slug
    name: Text


class ParticipantPart(SeedPart):
    MODEL = models.Participant

    name: Text
    role: Text | None = None
    person: Annotated[Slug | None, Reference(models.Person)] = None
    organisation: Annotated[Slug | None, Reference(models.Organisation)] = None


class EventRow(SeedRow):
    FILE = "events.yaml"
    MODEL = models.Event

    slug: Slug
    title: Text
    kind: EventKind
    date: Annotated[When | None, PeriodColumns("held_on")] = None
    date_note: Text | None = None
    venue: Text | None = None
    place: Text | None = None
    region: Text | None = None
    area: Annotated[Slug | None, Reference(models.Area)] = None
    series: Slug | None = None
    attendance_at_least: Count | None = None
    hosts: Annotated[Slugs, Links(models.EventHost, models.Organisation)] = Field(default_factory=list)
    participants: Items[ParticipantPart] = Field(default_factory=list)
    sectors: Texts = Field(default_factory=list)
    topics: Texts = Field(default_factory=list)
    commitments: Annotated[Refs, Links(models.CommitmentEvent, models.Commitment)] = Field(default_factory=list)
    funds: Annotated[Slugs, Links(models.EventFund, models.Fund)] = Field(default_factory=list)
    citations: Items[CitationPart] = Field(min_length=1)

    @model_validator(mode="after")
    def date_or_reason(self) -> Self:
        if self.date is None and self.date_note is None:
            raise ValueError("has no date, and no date_note that says why")
        return self

    @classmethod
    def sort_key(cls, row: DatabaseRow) -> tuple[str | dt.date, ...]:
        """By date, the undated last."""
        return row.held_on or dt.date.max, row.slug
