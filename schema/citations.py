"""Citations: where a statement comes from."""

from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from db import models, relations
from schema.context import Info
from schema.node import Node, global_id, owner, row_of, shape, shapes

if TYPE_CHECKING:
    from schema.documents import Document

SUBJECTS = (
    ("commitment_id", models.Commitment),
    ("status_update_id", models.StatusUpdate),
    ("fund_id", models.Fund),
    ("allocation_id", models.Allocation),
    ("event_id", models.Event),
    ("strategy_id", models.Strategy),
)


@shapes(models.Citation, key=models.Citation.key)
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

    @strawberry.field(description="What it supports. For a statement of a fund's size, the fund.")
    async def subject(self, info: Info) -> Node:
        if self.row.amount_statement_id is not None:
            statement = await info.context.load(relations.by_id, self.row.amount_statement_id, models.AmountStatement)
            fund: Node = shape(await info.context.load(relations.by_id, statement.fund_id, models.Fund))
            return fund
        found: Node = await owner(info.context, self.row, SUBJECTS)
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
