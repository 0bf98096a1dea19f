"""Citations: where a statement comes from."""

from operator import attrgetter

import strawberry

from db import funds, models
from db.natural_keys import SUBJECT_COLUMNS
from schema.batch import KeyOf
from schema.cost import STATEMENT, costs
from schema.node import Node, node_of
from schema.relations import load_subject, row_of

AMOUNT: KeyOf[int] = attrgetter("row.amount_statement_id")


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
        metadata=costs(flat=STATEMENT * len(SUBJECT_COLUMNS[models.Citation])),
    )
    def subject(self) -> Node:
        return self.load_as(Node, funds.of_statements, AMOUNT) if AMOUNT(self) else load_subject(self, models.Citation)
