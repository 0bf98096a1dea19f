"""Organisations, and the documents that they published."""

from operator import attrgetter
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from db import models
from db.fields import MAX_ITEMS, Slug, Text, Url
from db.text import fold
from db.vocabulary import DocumentKind, OrganisationKind
from seeds.fields import Day, Digest, FileName
from seeds.mapping import Reference
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
    url: Url | None = None
    kind: DocumentKind
    file: FileName | None = None
    via: Annotated[Slug | None, Reference(models.Organisation)] = None
    note: Text | None = None
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
