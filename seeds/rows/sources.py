"""Organisations, the documents that they published, and the questions on which these differ."""

from operator import attrgetter
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from db import models
from db.fields import MAX_ITEMS, Count, Slug, Text, Texts, Url
from db.text import fold
from db.vocabulary import DiscrepancyKind, DiscrepancyState, DocumentKind, OrganisationKind
from seeds.fields import Day, Digest, FileName, Items
from seeds.mapping import Reference, SeedPart, Subject
from seeds.rows.base import SeedRow, Unique


class OrganisationRow(SeedRow):
    FILE = "organisations.yaml"
    MODEL = models.Organisation
    UNIQUE: ClassVar[Unique] = {"slug": attrgetter("slug"), "name": lambda row: fold(row.name)}

    slug: Slug
    name: Text
    kind: OrganisationKind


class DocumentRow(SeedRow):
    FILE = "documents.yaml"
    MODEL = models.Document
    UNIQUE: ClassVar[Unique] = {"slug": attrgetter("slug"), "url": attrgetter("url")}

    slug: Slug
    title: Text
    publisher: Annotated[Slug | None, Reference(models.Organisation)] = None
    published_on: Day | None = None
    original_title: Text | None = None
    url: Url | None = None
    official_url: Url | None = None
    archived_url: Url | None = None
    kind: DocumentKind
    file: FileName | None = None
    via: Annotated[Slug | None, Reference(models.Organisation)] = None
    note: Text | None = None
    read_part: Text | None = None
    # Of the heading, then of each paragraph.
    digests: list[Digest] = Field(default_factory=list, max_length=10 * MAX_ITEMS)

    @property
    def paragraphs(self) -> int:
        return len(self.digests) - 1

    @model_validator(mode="after")
    def seed_or_record(self) -> Self:
        seed = self.kind is DocumentKind.SEED
        if seed != (self.file is not None) or seed != bool(self.digests):
            raise ValueError("a SEED document has a file and digests, a RECORD has neither")
        return self


class SubjectPart(SeedPart):
    type: Literal["strategy", "commitment", "fund", "event"]
    key: Text


class ClaimPart(SeedPart):
    MODEL = models.Claim

    document: Annotated[Slug, Reference(models.Document)]
    paragraph: Count | None = None
    locator: Text | None = None
    says: Text
    figures: Texts = Field(default_factory=list)


class DiscrepancyRow(SeedRow):
    FILE = "discrepancies.yaml"
    MODEL = models.Discrepancy

    slug: Slug
    question: Text
    kind: DiscrepancyKind
    subject: Annotated[SubjectPart, Subject()]
    claims: Items[ClaimPart] = Field(min_length=2)
    state: DiscrepancyState
    explanation: Text | None = None
