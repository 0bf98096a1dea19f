"""Discrepancies: sources that do not agree."""

import strawberry

from db import discrepancies, models
from db.natural_keys import SUBJECT_COLUMNS
from db.vocabulary import DiscrepancyKind, DiscrepancyState
from schema.cost import STATEMENT, costs
from schema.named import Named
from schema.node import Node, id_at_place, node_at_place, node_of
from schema.relations import load_subject, many, row_of
from schema.root_fields import list_field
from schema.source_filters import DiscrepancyFilter
from schema.versions import Versioned


@node_at_place(models.Claim)
@strawberry.type(description="What one source says on the question.")
class Claim(Node):
    id = id_at_place(models.Claim)
    paragraph: int | None = strawberry.field(
        description="1 for the first paragraph after the heading; null for the heading of a seed document, or for the"
        " whole of another."
    )
    locator: str | None = strawberry.field(
        description="The place in a document without numbered paragraphs; null where none is on record."
    )
    says: str = strawberry.field(description="What it says, in the tracker's words.")
    figures: list[str] = strawberry.field(description="The figures and terms to look for there, letter for letter.")
    document = row_of(models.Document, models.Claim.document_id, "The source.")


@node_of(models.Discrepancy)
@strawberry.type(description="A question that two or more sources answer differently, with the claim of each.")
class Discrepancy(Named, Versioned):
    slug: str = strawberry.field(description="A readable name.")
    kind: DiscrepancyKind = strawberry.field(description="What they disagree about.")
    question: str = strawberry.field(description="The question that they answer differently.")
    state: DiscrepancyState = strawberry.field(description="What came of it.")
    explanation: str | None = strawberry.field(description="What is known about the difference.")
    claims = many(discrepancies.claims, "What each source says; two at least.")

    @strawberry.field(
        description="What it is about: a fund, a commitment, an event or the Strategy.",
        metadata=costs(flat=STATEMENT * len(SUBJECT_COLUMNS[models.Discrepancy])),
    )
    def subject(self) -> Node:
        return load_subject(self, models.Discrepancy)


@strawberry.type
class DiscrepancyQueries:
    discrepancies = list_field(
        Discrepancy, DiscrepancyFilter, discrepancies.by_slug(), "Where sources do not agree, by slug."
    )
