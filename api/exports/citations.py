"""Documents, and the citations of them."""

from collections.abc import Iterator, Mapping
from operator import methodcaller

from sqlmodel import Session

from api.exports.areas import AREAS
from api.exports.batch import Batch, every
from api.exports.commitments import COMMITMENTS, STATUS_KEY, STATUSES
from api.exports.events import EVENTS
from api.exports.funds import ALLOCATIONS, AMOUNTS, FUNDS
from api.exports.strategy import STRATEGIES
from api.exports.table import ApiColumns, Column, ExportTable, Kind, Read, attribute, id_of, key_of
from api.exports.terms import TERMS
from api.moment import Moment
from db import citations, models
from schema.documents import Citation, Document

column, document = ApiColumns(Citation), ApiColumns(Document)
SUBJECT_TYPE = "What kind of thing it supports."
COUNT = "How many citations point into it."
# What a citation supports, by the names of the API's types, in the order of the table: its table, the column of a
# citation that points to it, and its columns that are keys in this table.
SUBJECTS: dict[str, tuple[ExportTable, object, Mapping[str, str]]] = {
    "Strategy": (STRATEGIES, models.Citation.strategy_id, {"strategy": "slug"}),
    "Commitment": (COMMITMENTS, models.Citation.commitment_id, {"commitment": "ref"}),
    "StatusUpdate": (STATUSES, models.Citation.status_update_id, {"commitment": "commitment", "statusUpdate": "key"}),
    "Fund": (FUNDS, models.Citation.fund_id, {"fund": "slug"}),
    "AmountStatement": (AMOUNTS, models.Citation.amount_statement_id, {"fund": "fund", "amount": "key"}),
    "Allocation": (ALLOCATIONS, models.Citation.allocation_id, {"fund": "fund", "allocation": "key"}),
    "Event": (EVENTS, models.Citation.event_id, {"event": "slug"}),
    "Area": (AREAS, models.Citation.area_id, {"area": "slug"}),
    "Term": (TERMS, models.Citation.term_id, {"term": "slug"}),
}


def batches(session: Session, moment: Moment) -> Iterator[Batch]:
    """The citations. The owner of each is a dictionary of the keys of what it supports."""
    for subject, (table, citation_column, names) in SUBJECTS.items():
        columns = {column.name: column for column in table.columns}
        for batch in table.batches(session, moment):
            lists = batch.ask(citations.of(citation_column))
            cells = zip(*(columns[name].read(batch) for name in names.values()), strict=True)
            keys = [{"subjectType": subject, **dict(zip(names, row, strict=True))} for row in cells]
            pairs = [(key, row) for key, id_ in zip(keys, batch.ids, strict=True) for row in lists[id_]]
            yield Batch(session, moment, [row for _, row in pairs], [key for key, _ in pairs])


def key_column(name: str, description: str, references: str) -> Column:
    return Column(name, description, subject_key(name), references=references)


def subject_key(name: str) -> Read:
    return lambda batch: map(methodcaller("get", name), batch.owners)


CITATIONS = ExportTable(
    "citations",
    "Citations",
    "Which document, and which paragraph of it, supports what: first the Strategy, then commitments, status updates,"
    " funds, the statements of their size, allocations, events, areas and terms. The citations of status updates and of"
    " amounts are those of the rows that `statuses` and `amounts` hold at the same moment; the others have no day.",
    ("key",),
    batches,
    (
        Column("key", STATUS_KEY, attribute("key"), required=True),
        column("document", key_of(models.Document, "document_id"), references="documents"),
        *column.attributes("paragraph", "locator", "figures", "note"),
        Column("subjectType", SUBJECT_TYPE, subject_key("subjectType"), enum=tuple(SUBJECTS), required=True),
        key_column("strategy", "The Strategy, where that is supported.", "strategies"),
        key_column("commitment", "The commitment that is supported, or whose status is.", "commitments"),
        key_column("statusUpdate", "The status update that is supported.", "statuses"),
        key_column("fund", "The fund that is supported, or whose amount or allocation is.", "funds"),
        key_column("amount", "The statement of a fund's size that is supported.", "amounts"),
        key_column("allocation", "The allocation that is supported.", "allocations"),
        key_column("event", "The event that is supported.", "events"),
        key_column("area", "The area that is supported.", "areas"),
        key_column("term", "The term that is supported.", "terms"),
        id_of(Citation, attribute("key")),
    ),
)


def citation_counts(batch: Batch) -> list[int]:
    totals = batch.ask(citations.totals)
    return [totals[id_] for id_ in batch.ids]


DOCUMENTS = ExportTable(
    "documents",
    "Documents",
    "Every text that statements rest on, whatever the day: for what the public could read on a day, look at"
    " `publishedOn`.",
    ("slug",),
    every(models.Document),
    (
        *document.attributes(
            "slug",
            "title",
            "originalTitle",
            "publishedOn",
            "url",
            "officialUrl",
            "archivedUrl",
            "kind",
            "note",
            "readPart",
        ),
        document("publisher", key_of(models.Organisation, "publisher_id"), references="organisations"),
        document("via", key_of(models.Organisation, "via_id"), references="organisations"),
        Column("citationCount", COUNT, citation_counts, Kind.INTEGER, required=True),
        id_of(Document, attribute("slug")),
    ),
)
