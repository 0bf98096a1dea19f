from collections.abc import Iterator

from sqlmodel import Session, col

from api.exports import sources
from api.exports.table import Column, ExportTable, Fields, Kind, Row, batches, ids
from api.moment import Moment
from db import citations, models
from db.paging import Order
from db.vocabulary import DocumentKind
from schema.documents import Document

own = Fields(Document)
BY_SLUG = Order((col(models.Document.slug),))


def rows(session: Session, _: Moment) -> Iterator[list[Row]]:
    for batch in batches(session, models.Document, BY_SLUG):
        behind = [key for row in batch for key in (row.publisher_id, row.via_id)]
        organisations = sources.slugs(session, models.Organisation, behind)
        cited = citations.totals(session, ids(batch))
        yield [
            (
                row.slug,
                row.title,
                row.published_on,
                row.url,
                row.kind,
                row.note,
                organisations.get(row.publisher_id),
                organisations.get(row.via_id),
                cited[row.id],
            )
            for row in batch
        ]


TABLE = ExportTable(
    "documents",
    "Documents",
    "Every text that statements rest on. As known now, whatever the day: for what the public could read on a day, look"
    " at `publishedOn`.",
    models.Document,
    ("slug",),
    (
        own("slug", required=True),
        own("title", required=True),
        own("publishedOn", Kind.DATE),
        own("url"),
        own("kind", words=DocumentKind, required=True),
        own("note"),
        own("publisher", refers="organisations"),
        own("via", refers="organisations"),
        Column("citationCount", "How many citations point into it, as known now.", Kind.INTEGER, required=True),
    ),
    rows,
)
