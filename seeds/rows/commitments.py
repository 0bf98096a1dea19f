"""The strategy, its themes, its commitments and where each was said to stand."""

from typing import Self

from pydantic import Field, model_validator

from db import natural_keys
from db.fields import Count, Ref, Slug, Slugs, Text
from db.vocabulary import CommitmentOrigin, Confidence, DatePrecision, Status, Voice
from seeds.fields import Day, Flag, Instant, Items, Key, When
from seeds.rows.base import Citation, Part, Row

SEARCHED = "Searched: {}. Nothing found, which does not say that nothing was done."


class Theme(Part):
    slug: Slug
    title: Text
    position: Count


class Strategy(Row):
    FILE = "strategy.yaml"

    slug: Slug
    title: Text
    publisher: Slug
    published_on: Day
    stated_commitments: Count
    citations: Items[Citation] = Field(default_factory=list)
    themes: Items[Theme] = Field(min_length=1)


class Commitment(Row):
    FILE = "commitments.yaml"
    NAME = "ref"

    ref: Ref
    slug: Slug | None = None
    origin: CommitmentOrigin
    theme: Slug | None = None
    identified: Flag
    title: Text | None = None
    summary: Text | None = None
    leads: Slugs = Field(default_factory=list)
    confidence: Confidence | None = None
    citations: Items[Citation] = Field(default_factory=list)

    @model_validator(mode="after")
    def identified_or_silent(self) -> Self:
        says = {name: getattr(self, name) for name in ("slug", "theme", "title", "summary", "confidence")}
        if self.identified and (silent := [name for name, value in says.items() if value is None]):
            raise ValueError(f"identified, but without {', '.join(silent)}")
        if self.identified and not self.citations:
            raise ValueError("identified, but without a source")
        if not self.identified and (any(says.values()) or self.leads or self.citations):
            raise ValueError("unidentified, so it can say nothing")
        return self


class Correction(Part):
    # The key of the statement that took the place of this one.
    by: Key
    reason: Text


class StatusUpdate(Row):
    FILE = "statuses.yaml"
    NAME = "commitment"

    commitment: Ref
    status: Status
    effective_on: When
    recorded_at: Instant | None = None
    voice: Voice
    note: Text
    citation: Citation
    stated_key: Key | None = Field(default=None, alias="key")
    corrected: Correction | None = None

    @property
    def key(self) -> str:
        if self.stated_key:
            return self.stated_key
        on, source = self.effective_on, self.citation
        return natural_keys.status_update(
            self.commitment, on.on, on.precision, self.voice, self.status, source.document, source.paragraph
        )

    @model_validator(mode="after")
    def assessed(self) -> Self:
        if self.status is Status.NOT_ASSESSED:
            raise ValueError("NOT_ASSESSED is the absence of a row, and never a row")
        if self.status is Status.NO_EVIDENCE:
            raise ValueError("a search that found nothing stands in no_evidence.yaml")
        return self


class Search(Row):
    FILE = "no_evidence.yaml"
    NAME = "commitment"

    commitment: Ref
    searched_on: Day
    recorded_at: Instant | None = None
    # Where it looked; or the whole of what is to be said of it.
    places: Text | None = None
    said: Text | None = Field(default=None, alias="note")
    stated_key: Key | None = Field(default=None, alias="key")
    corrected: Correction | None = None

    @property
    def note(self) -> str:
        return self.said or SEARCHED.format(self.places)

    @property
    def key(self) -> str:
        if self.stated_key:
            return self.stated_key
        day, nothing = DatePrecision.DAY, Status.NO_EVIDENCE
        return natural_keys.status_update(self.commitment, self.searched_on, day, Voice.TRACKER, nothing, None, None)

    @model_validator(mode="after")
    def looked(self) -> Self:
        if (self.places is None) == (self.said is None):
            raise ValueError("says where it looked in `places`, or all of it in `note`")
        return self
