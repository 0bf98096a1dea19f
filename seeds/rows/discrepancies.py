"""Sources that do not agree, kept as data."""

from typing import Literal

from pydantic import Field

from db.fields import Count, Slug, Text, Texts
from db.vocabulary import DiscrepancyKind, DiscrepancyState
from seeds.fields import Items
from seeds.rows.base import Part, Row


class Subject(Part):
    type: Literal["strategy", "commitment", "fund", "event"]
    key: Text


class Claim(Part):
    document: Slug
    paragraph: Count | None = None
    says: Text
    figures: Texts = Field(default_factory=list)


class Discrepancy(Row):
    FILE = "discrepancies.yaml"

    slug: Slug
    question: Text
    kind: DiscrepancyKind
    subject: Subject
    claims: Items[Claim] = Field(min_length=2)
    state: DiscrepancyState
    explanation: Text | None = None
