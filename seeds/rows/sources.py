"""Who speaks, and what they published."""

from typing import Self

from pydantic import Field, model_validator

from db.fields import MAX_ITEMS, Slug, Text, Url
from db.vocabulary import DocumentKind, OrganisationKind
from seeds.fields import Day, Digest, FileName
from seeds.rows.base import Row


class Organisation(Row):
    FILE = "organisations.yaml"

    slug: Slug
    name: Text
    kind: OrganisationKind


class Document(Row):
    FILE = "documents.yaml"

    slug: Slug
    title: Text
    publisher: Slug | None = None
    published_on: Day | None = None
    url: Url | None = None
    kind: DocumentKind
    file: FileName | None = None
    via: Slug | None = None
    note: Text | None = None
    # Of the heading, then of each paragraph.
    digests: list[Digest] = Field(default_factory=list, max_length=10 * MAX_ITEMS)

    @property
    def paragraphs(self) -> int:
        return len(self.digests) - 1

    @model_validator(mode="after")
    def kept_or_not(self) -> Self:
        seed = self.kind is DocumentKind.SEED
        if seed != (self.file is not None) or seed != bool(self.digests):
            raise ValueError("a SEED document has a file and digests, a RECORD has neither")
        return self
