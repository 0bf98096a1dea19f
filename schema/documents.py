"""Documents: what was read, and the citations of it."""

import datetime as dt
from functools import partial
from operator import attrgetter

import strawberry

from db import citations, discrepancies, funds, models, relations
from db.natural_keys import SUBJECT_COLUMNS
from db.paging import Page
from db.vocabulary import DocumentKind
from schema.arguments import After, First
from schema.cost import BUILT, STATEMENT, Through, costs, scan
from schema.keys import KEY, KeyOf
from schema.limits import PAGE
from schema.loads import then
from schema.named import Named
from schema.node import Node, node_of
from schema.orders import DocumentOrder
from schema.organisations import Organisation
from schema.paging import Connection, read_cursor
from schema.relations import load_subject, many, row_of
from schema.root_fields import list_field, row_field
from schema.source_filters import DocumentFilter
from schema.versions import Versioned

AMOUNT: KeyOf[int] = attrgetter("row.amount_statement_id")
VIA: KeyOf[int] = attrgetter("row.via_id")
CITATIONS = "document-citations"


@node_of(models.Citation)
@strawberry.type(
    description="Where a statement comes from: a document, and the paragraph in it where one can be named."
)
class Citation(Node, Versioned):
    paragraph: int | None = strawberry.field(
        description="1 for the first paragraph after the heading; null for the heading of a seed document, or for the"
        " whole of another."
    )
    locator: str | None = strawberry.field(
        description="The place in a document without numbered paragraphs: a page, a column, an answer; null where none"
        " is on record."
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


@node_of(models.Document)
@strawberry.type(description="A text that statements rest on.")
class Document(Named, Versioned):
    slug: str = strawberry.field(description="A readable name, for filters and addresses.")
    title: str = strawberry.field(description="What it is, in the tracker's words.")
    original_title: str | None = strawberry.field(
        description="Its title in the publisher's words, to find it by; null where it is not on record."
    )
    published_on: dt.date | None = strawberry.field(description="The day of publication; null where it is not known.")
    url: str | None = strawberry.field(description="Where it was published or read; null where no address is known.")
    official_url: str | None = strawberry.field(
        description="Where its publisher has it, where `url` is a copy elsewhere; null where that is not on record."
    )
    archived_url: str | None = strawberry.field(
        description="Where an archive of the web has it; null where that is not on record."
    )
    kind: DocumentKind = strawberry.field(description="What part it plays in the tracker.")
    note: str | None = strawberry.field(
        description="What a reader must know: how it was dated, what could not be read."
    )
    read_part: str | None = strawberry.field(
        description="What was read of it, where that is not the whole; null where nothing is recorded about it."
    )
    publisher = row_of(models.Organisation, models.Document.publisher_id, "Who first issued the text.")
    discrepancies = many(discrepancies.of_documents, "The disagreements that it is a side of, by slug.")

    @strawberry.field(
        description="How many disagreements it is a side of.",
        metadata=costs(flat=scan(models.Claim, work=0.05, base=BUILT)),
    )
    def discrepancy_count(self) -> int:
        return self.load(discrepancies.count_in_documents, KEY)

    via_organisation = row_of(
        models.Organisation,
        models.Document.via_id,
        "Whose site a copy was read at, when that is not the publisher's own.",
    )

    @strawberry.field(
        description="The name of the site where a copy was read, when that is not the publisher's own.",
        deprecation_reason="Use `viaOrganisation { name }`.",
    )
    def via(self) -> str | None:
        site = self.load_optional(Organisation, relations.by_id, VIA, models.Organisation)
        return then(site, lambda site: None if site is None else site.name)

    @strawberry.field(
        description="The citations that point into it, by paragraph; those of the whole text first.",
        metadata=costs(Through(models.Citation.document_id), scan(models.Citation, work=0.2, base=BUILT), paged=True),
    )
    def citations(self, first: First = PAGE, after: After = None) -> Connection[Citation]:
        position = read_cursor(after, CITATIONS, citations.BY_PARAGRAPH) if after else None
        page = self.load_as(Page[Citation], citations.pages, KEY, first or PAGE, position)
        count = partial(self.load, citations.totals, KEY)
        return then(page, lambda page: Connection(page=page, name=CITATIONS, after=after, count=count))


@strawberry.type
class DocumentQueries:
    document = row_field(Document)
    documents = list_field(Document, DocumentFilter, DocumentOrder, "Everything that the tracker cites, by title.")
