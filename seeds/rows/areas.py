"""Areas as a tree, and the organisations that stand in each."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Annotated, ClassVar, Self

from pydantic import Field

from db import models
from db.fields import Ref, Slug, Slugs, Text
from db.vocabulary import AreaKind
from seeds.fields import Items
from seeds.mapping import Links, Reference
from seeds.rows.base import CitationPart, SeedRow, Unique


class AreaRow(SeedRow):
    FILE = "areas.yaml"
    MODEL = models.Area
    UNIQUE: ClassVar[Unique] = {"slug": attrgetter("slug"), "code": attrgetter("code")}
    OPTIONAL = True

    slug: Slug
    name: Text
    kind: AreaKind
    code: Ref
    parent: Annotated[Slug | None, Reference(models.Area)] = None
    organisations: Annotated[Slugs, Links(models.AreaOrganisation, models.Organisation)] = Field(default_factory=list)
    citations: Items[CitationPart] = Field(min_length=1)

    @classmethod
    def batches(cls, rows: Sequence[Self]) -> Iterator[Sequence[Self]]:
        """The widest first: an area needs the id of the one around it."""
        for kind in reversed(AreaKind):
            yield [row for row in rows if row.kind is kind]
