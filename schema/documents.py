"""Documents: what was read."""

import datetime as dt
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from db import citations, models, relations
from db.vocabulary import DocumentKind
from schema.arguments import After, First
from schema.citations import Citation
from schema.cost import BUILT, Through, costs, scan
from schema.node import KEY, Node, global_id, node_of, row_of
from schema.paging import PAGE, Connection, connection, read_cursor

if TYPE_CHECKING:
    from schema.organisations import Organisation


VIA = attrgetter("via_key")


@node_of(models.Document, models.Document.slug)
@strawberry.type(description="A text that statements rest on.")
class Document(Node):
    key: strawberry.Private[int]
    publisher_key: strawberry.Private[int | None]
    via_key: strawberry.Private[int | None]
    slug: str = strawberry.field(description="A readable name, for filters and addresses.")
    title: str = strawberry.field(description="What it is, in the tracker's words.")
    published_on: dt.date | None = strawberry.field(description="The day of publication; null where it is not known.")
    url: str | None = strawberry.field(description="Where it was published or read; null where no address is known.")
    kind: DocumentKind = strawberry.field(description="What part it plays in the tracker.")
    note: str | None = strawberry.field(
        description="What a reader must know: how it was dated, what could not be read."
    )

    publisher: Annotated["Organisation", strawberry.lazy("schema.organisations")] | None = row_of(
        models.Organisation, "publisher_key", "Who first issued the text."
    )

    @strawberry.field(description="The site where a copy was read, when that is not the publisher's own.")
    def via(self) -> str | None:
        found: str | None = self.asked(relations.by_id, VIA, models.Organisation, then=lambda site: site and site.name)
        return found

    @strawberry.field(
        description="The citations that point into it, by paragraph; those of the whole text first.",
        metadata=costs(Through(models.Citation.document_id), scan(models.Citation, work=0.2, base=BUILT)),
    )
    def citations(self, first: First = PAGE, after: After = None) -> Connection[Citation]:
        name = "document-citations"
        position = None if after is None else read_cursor(after, name, citations.BY_PARAGRAPH)
        found: Connection[Citation] = self.asked(
            citations.pages,
            KEY,
            first or PAGE,
            position,
            then=lambda page: connection(page, name, after, lambda: self.asked(citations.totals, KEY)),
        )
        return found

    @classmethod
    def from_row(cls, row: models.Document) -> Self:
        return cls(
            id=global_id("Document", row.slug),
            key=row.id,
            publisher_key=row.publisher_id,
            via_key=row.via_id,
            slug=row.slug,
            title=row.title,
            published_on=row.published_on,
            url=row.url,
            kind=row.kind,
            note=row.note,
        )
