"""Questions on which sources differ."""

from typing import Annotated, Literal

from pydantic import Field

from db import models
from db.fields import Count, Slug, Text, Texts
from db.vocabulary import DiscrepancyKind, DiscrepancyState
from seeds.fields import Items
from seeds.mapping import Reference, SeedPart, Subject
from seeds.rows.base import SeedRow


class SubjectPart(SeedPart):
    type: Literal["strategy", "commitment", "fund", "event"]
    key: Text


class ClaimPart(SeedPart):
    MODEL = models.Claim

    document: Annotated[Slug, Reference(models.Document)]
    paragraph: Count | None = None
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
