"""Discrepancies: sources that do not agree."""

from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from db import discrepancies, models
from db.vocabulary import DiscrepancyKind, DiscrepancyState
from schema.cohort import Member, shapes
from schema.cost import STATEMENT, costs
from schema.node import Node, global_id, many, node_of, owner, row_of

if TYPE_CHECKING:
    from schema.documents import Document

SUBJECTS = (
    (attrgetter("row.fund_id"), models.Fund),
    (attrgetter("row.commitment_id"), models.Commitment),
    (attrgetter("row.event_id"), models.Event),
    (attrgetter("row.strategy_id"), models.Strategy),
)


@shapes(models.Claim)
@strawberry.type(description="What one source says on the question.")
class Claim(Member):
    document_key: strawberry.Private[int]
    paragraph: int | None = strawberry.field(
        description="1 for the first paragraph after the heading; null points to the heading of a seed document, or to"
        " the whole of another."
    )
    says: str = strawberry.field(description="What it says, in the tracker's words.")
    figures: list[str] = strawberry.field(description="The figures and terms to look for there, letter for letter.")

    document: Annotated["Document", strawberry.lazy("schema.documents")] = row_of(
        models.Document, "document_key", "The source."
    )

    @classmethod
    def from_row(cls, row: models.Claim) -> Self:
        return cls(document_key=row.document_id, paragraph=row.paragraph, says=row.says, figures=row.figures)


@node_of(models.Discrepancy, models.Discrepancy.slug)
@strawberry.type(description="Two or more sources that do not agree, kept as data.")
class Discrepancy(Node):
    key: strawberry.Private[int]
    row: strawberry.Private[models.Discrepancy]
    slug: str = strawberry.field(description="A readable name.")
    kind: DiscrepancyKind = strawberry.field(description="What they disagree about.")
    question: str = strawberry.field(description="The question that they answer differently.")
    state: DiscrepancyState = strawberry.field(description="What came of it.")
    explanation: str | None = strawberry.field(description="What is known about the difference.")

    claims: list[Claim] = many(
        discrepancies.claims, "What each source says; two at least.", owner=models.Claim.discrepancy_id
    )

    @strawberry.field(
        description="What it is about: a fund, a commitment, an event or the Strategy.",
        metadata=costs(fee=STATEMENT * len(SUBJECTS)),
    )
    def subject(self) -> Node:
        found: Node = owner(self, SUBJECTS)
        return found

    @classmethod
    def from_row(cls, row: models.Discrepancy) -> Self:
        return cls(
            id=global_id("Discrepancy", row.slug),
            key=row.id,
            row=row,
            slug=row.slug,
            kind=row.kind,
            question=row.question,
            state=row.state,
            explanation=row.explanation,
        )
