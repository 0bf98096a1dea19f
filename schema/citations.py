"""Citations: where a statement comes from."""

from operator import attrgetter

import strawberry

from db import funds, models
from schema.batch import KeyOf
from schema.cost import STATEMENT, costs
from schema.node import Node, node_of
from schema.relations import owner, row_of

AMOUNT: KeyOf[int] = attrgetter("row.amount_statement_id")
SUBJECTS = {
    "commitment_id": models.Commitment,
    "status_update_id": models.StatusUpdate,
    "fund_id": models.Fund,
    "allocation_id": models.Allocation,
    "event_id": models.Event,
    "strategy_id": models.Strategy,
}


@node_of(models.Citation)
@strawberry.type(
    description="Where a statement comes from: a document, and the paragraph in it where one can be named."
)
class Citation(Node):
    paragraph: int | None = strawberry.field(
        description="1 for the first paragraph after the heading; null for the heading of a seed document, or for the"
        " whole of another."
    )
    figures: list[str] = strawberry.field(
        description="The figures and terms to look for there, letter for letter, such as £63.4 million."
    )
    note: str | None = strawberry.field(description="What it gives, or any doubt about it.")
    document = row_of(models.Document, models.Citation.document_id, "The document.")

    @strawberry.field(
        description="What it supports. For a statement of a fund's size, the fund.",
        metadata=costs(flat=STATEMENT * (len(SUBJECTS) + 1)),
    )
    def subject(self) -> Node:
        return self.load_as(Node, funds.of_statements, AMOUNT) if AMOUNT(self) else owner(self, SUBJECTS)
