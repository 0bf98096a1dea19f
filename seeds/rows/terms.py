"""Terms of the field, with the sources of what they mean."""

from operator import attrgetter
from typing import ClassVar

from pydantic import Field

from db import models
from db.fields import Slug, Text
from db.text import fold
from seeds.fields import Items
from seeds.rows.base import CitationPart, SeedRow, Unique


class TermRow(SeedRow):
    FILE = "terms.yaml"
    MODEL = models.Term
    UNIQUE: ClassVar[Unique] = {"slug": attrgetter("slug"), "name": lambda row: fold(row.name)}
    OPTIONAL = True

    slug: Slug
    name: Text
    meaning: Text
    citations: Items[CitationPart] = Field(min_length=1)
