"""The strategy, its themes and its commitments."""

from operator import attrgetter
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from db import models
from db.fields import Count, Ref, Slug, Slugs, Text
from db.vocabulary import CommitmentOrigin, Confidence
from seeds.fields import Day, Flag, Items
from seeds.mapping import Links, Reference, SeedPart
from seeds.rows.base import CitationPart, SeedRow, Unique


class ThemePart(SeedPart):
    MODEL = models.Theme

    slug: Slug
    title: Text
    position: Count


class StrategyRow(SeedRow):
    FILE = "strategy.yaml"
    SINGLE = True
    MODEL = models.Strategy

    slug: Slug
    title: Text
    publisher: Annotated[Slug, Reference(models.Organisation)]
    published_on: Day
    stated_commitments: Count
    citations: Items[CitationPart] = Field(default_factory=list)
    themes: Items[ThemePart] = Field(min_length=1)


class CommitmentRow(SeedRow):
    FILE = "commitments.yaml"
    NAME = "ref"
    MODEL = models.Commitment
    SORT_COLUMN = "ref"
    UNIQUE: ClassVar[Unique] = {"ref": attrgetter("ref"), "slug": attrgetter("slug")}

    ref: Ref
    slug: Slug | None = None
    origin: CommitmentOrigin
    theme: Annotated[Slug | None, Reference(models.Theme)] = None
    identified: Flag
    title: Text | None = None
    summary: Text | None = None
    leads: Annotated[Slugs, Links(models.CommitmentLead, models.Organisation)] = Field(default_factory=list)
    confidence: Confidence | None = None
    citations: Items[CitationPart] = Field(default_factory=list)

    @model_validator(mode="after")
    def all_or_nothing(self) -> Self:
        says = {name: getattr(self, name) for name in ("slug", "theme", "title", "summary", "confidence")}
        if self.identified and (silent := [name for name, value in says.items() if value is None]):
            raise ValueError(f"identified, but without {', '.join(silent)}")
        if self.identified and not self.citations:
            raise ValueError("identified, but without a source")
        if not self.identified and (any(says.values()) or self.leads or self.citations):
            raise ValueError("unidentified, so it can say nothing")
        return self
