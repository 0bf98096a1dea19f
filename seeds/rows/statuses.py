"""Status updates, and searches that found none. Both are statements in one table, and correct each other."""

from operator import attrgetter
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from db import models, natural_keys
from db.fields import Ref, Text
from db.vocabulary import DatePrecision, Status, Voice
from seeds.fields import Day, Instant, Key, When
from seeds.mapping import Column, Custom, PeriodColumns, Reference, SeedPart
from seeds.rows.base import CitationPart, SeedRow, Unique

SEARCH_NOTE = "Searched: {}. Nothing found, which does not say that nothing was done."


class CorrectionPart(SeedPart):
    # The key of the statement that took the place of this one.
    by: Key
    reason: Text


class StatusRow(SeedRow):
    FILE = "statuses.yaml"
    NAME = "commitment"
    MODEL = models.StatusUpdate
    UNIQUE: ClassVar[Unique] = {"statement": attrgetter("key")}

    commitment: Annotated[Ref, Reference(models.Commitment)]
    status: Status
    effective_on: Annotated[When, PeriodColumns("effective_on")]
    recorded_at: Annotated[Instant | None, Custom()] = None
    voice: Voice
    note: Text
    citation: CitationPart
    stated_key: Annotated[Key | None, Custom()] = Field(default=None, alias="key")
    corrected: Annotated[CorrectionPart | None, Custom()] = None

    @property
    def natural_key(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        if self.stated_key:
            return self.stated_key
        on, source = self.effective_on, self.citation
        return natural_keys.status_update(
            self.commitment, on.on, on.precision, self.voice, self.status, source.document, source.paragraph
        )

    @model_validator(mode="after")
    def no_other_kind_of_status(self) -> Self:
        if self.status is Status.NOT_ASSESSED:
            raise ValueError("NOT_ASSESSED is the absence of a row, and never a row")
        if self.status is Status.NO_EVIDENCE:
            raise ValueError("a search that found nothing stands in no_evidence.yaml")
        return self


class SearchRow(SeedRow):
    FILE = "no_evidence.yaml"
    NAME = "commitment"
    MODEL = models.StatusUpdate
    UNIQUE: ClassVar[Unique] = {"search": attrgetter("key")}

    commitment: Annotated[Ref, Reference(models.Commitment)]
    searched_on: Annotated[Day, Column("effective_on")]
    recorded_at: Annotated[Instant | None, Custom()] = None
    # Where the search looked; or a note that says it in other words than `SEARCH_NOTE`.
    places: Annotated[Text | None, Custom()] = None
    other_note: Annotated[Text | None, Custom()] = Field(default=None, alias="note")
    stated_key: Annotated[Key | None, Custom()] = Field(default=None, alias="key")
    corrected: Annotated[CorrectionPart | None, Custom()] = None

    @property
    def note(self) -> str:
        return self.other_note or SEARCH_NOTE.format(self.places)

    @property
    def natural_key(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        if self.stated_key:
            return self.stated_key
        day, nothing = DatePrecision.DAY, Status.NO_EVIDENCE
        return natural_keys.status_update(self.commitment, self.searched_on, day, Voice.TRACKER, nothing, None, None)

    @model_validator(mode="after")
    def places_or_note(self) -> Self:
        if (self.places is None) == (self.other_note is None):
            raise ValueError("says where it looked in `places`, or all of it in `note`")
        return self
