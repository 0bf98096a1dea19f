"""Citations: where a statement comes from."""

from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from db import funds, models
from schema.cost import STATEMENT, costs
from schema.node import Node, global_id, node_of, owner, row_of

if TYPE_CHECKING:
    from schema.documents import Document

AMOUNT = attrgetter("row.amount_statement_id")
SUBJECTS = (
    (attrgetter("row.commitment_id"), models.Commitment),
    (attrgetter("row.status_update_id"), models.StatusUpdate),
    (attrgetter("row.fund_id"), models.Fund),
    (attrgetter("row.allocation_id"), models.Allocation),
    (attrgetter("row.event_id"), models.Event),
    (attrgetter("row.strategy_id"), models.Strategy),
)


@node_of(models.Citation, models.Citation.key)
@strawberry.type(
    description="Where a statement comes from: a document, and the paragraph in it where we can point to one."
)
class Citation(Node):
    row: strawberry.Private[models.Citation]
    document_key: strawberry.Private[int]
    paragraph: int | None = strawberry.field(
        description="1 for the first paragraph after the heading; null points to the heading of a seed document, or to"
        " the whole of another."
    )
    figures: list[str] = strawberry.field(
        description="The figures and terms to look for there, letter for letter, such as £63.4 million."
    )
    note: str | None = strawberry.field(description="What it gives, or any doubt about it.")

    document: Annotated["Document", strawberry.lazy("schema.documents")] = row_of(
        models.Document, "document_key", "The document."
    )

    @strawberry.field(
        description="What it supports. For a statement of a fund's size, the fund.",
        metadata=costs(fee=STATEMENT * (len(SUBJECTS) + 1)),
    )
    def subject(self) -> Node:
        found: Node = self.asked(funds.of_statements, AMOUNT) if AMOUNT(self) else owner(self, SUBJECTS)
        return found

    @classmethod
    def from_row(cls, row: models.Citation) -> Self:
        return cls(
            id=global_id("Citation", row.key),
            row=row,
            document_key=row.document_id,
            paragraph=row.paragraph,
            figures=row.figures,
            note=row.note,
        )
