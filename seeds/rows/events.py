"""What happened on a day, who held it and who was there."""

from typing import Self

from pydantic import Field, model_validator

from db.fields import Count, Refs, Slug, Slugs, Text, Texts
from db.vocabulary import EventKind
from seeds.fields import Items, When
from seeds.rows.base import Citation, Part, Row


class Participant(Part):
    name: Text
    role: Text | None = None
    organisation: Slug | None = None


class Event(Row):
    FILE = "events.yaml"

    slug: Slug
    title: Text
    kind: EventKind
    date: When | None = None
    date_note: Text | None = None
    venue: Text | None = None
    place: Text | None = None
    region: Text | None = None
    series: Slug | None = None
    attendance_at_least: Count | None = None
    hosts: Slugs = Field(default_factory=list)
    participants: Items[Participant] = Field(default_factory=list)
    sectors: Texts = Field(default_factory=list)
    topics: Texts = Field(default_factory=list)
    commitments: Refs = Field(default_factory=list)
    funds: Slugs = Field(default_factory=list)
    citations: Items[Citation] = Field(min_length=1)

    @model_validator(mode="after")
    def dated(self) -> Self:
        if self.date is None and self.date_note is None:
            raise ValueError("has no date, and no date_note that says why")
        return self
