from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import methodcaller

from sqlmodel import Session

from api.exports.batch import Batch
from api.exports.columns import ApiColumns, Column, Kind, Read, attribute, key_of
from api.exports.commitments import TABLE as COMMITMENTS
from api.exports.events import TABLE as EVENTS
from api.exports.funds import ALLOCATIONS, AMOUNTS, FUNDS
from api.exports.statuses import KEY
from api.exports.statuses import TABLE as STATUSES
from api.exports.strategy import STRATEGIES
from api.exports.table import ExportTable
from api.moment import Moment
from db import citations, models
from schema.citations import Citation

own = ApiColumns(Citation)


class Subject(StrEnum):
    """What a citation supports, by the names of the API's types, in the order of the table."""

    STRATEGY = "Strategy"
    COMMITMENT = "Commitment"
    STATUS_UPDATE = "StatusUpdate"
    FUND = "Fund"
    AMOUNT_STATEMENT = "AmountStatement"
    ALLOCATION = "Allocation"
    EVENT = "Event"


@dataclass(frozen=True)
class Cited:
    """A table whose rows are cited: the column of a citation for them, and by which of their columns they are named."""

    table: ExportTable
    citation_column: object
    keys: Mapping[str, str]


CITED = {
    Subject.STRATEGY: Cited(STRATEGIES, models.Citation.strategy_id, {"strategy": "slug"}),
    Subject.COMMITMENT: Cited(COMMITMENTS, models.Citation.commitment_id, {"commitment": "ref"}),
    Subject.STATUS_UPDATE: Cited(
        STATUSES, models.Citation.status_update_id, {"commitment": "commitment", "statusUpdate": "key"}
    ),
    Subject.FUND: Cited(FUNDS, models.Citation.fund_id, {"fund": "slug"}),
    Subject.AMOUNT_STATEMENT: Cited(AMOUNTS, models.Citation.amount_statement_id, {"fund": "fund", "amount": "key"}),
    Subject.ALLOCATION: Cited(ALLOCATIONS, models.Citation.allocation_id, {"fund": "fund", "allocation": "key"}),
    Subject.EVENT: Cited(EVENTS, models.Citation.event_id, {"event": "slug"}),
}


def batches(session: Session, moment: Moment) -> Iterator[Batch]:
    """The citations. The owner of each is a dictionary of the keys that tell what it supports."""
    for subject, cited in CITED.items():
        columns = {column.name: column for column in cited.table.columns}
        for batch in cited.table.batches(session, moment):
            lists = batch.ask(citations.of(cited.citation_column))
            cells = zip(*(columns[name].read(batch) for name in cited.keys.values()), strict=True)
            keys = [{"subjectType": subject, **dict(zip(cited.keys, row, strict=True))} for row in cells]
            pairs = [(key, row) for key, id_ in zip(keys, batch.ids, strict=True) for row in lists[id_]]
            yield Batch(session, moment, [row for _, row in pairs], [key for key, _ in pairs])


def key_column(name: str, description: str, references: str) -> Column:
    return Column(name, description, subject_key(name), references=references)


def subject_key(name: str) -> Read:
    return lambda batch: map(methodcaller("get", name), batch.owners)


TABLE = ExportTable(
    "citations",
    "Citations",
    "Which document, and which paragraph of it, supports what: first the Strategy, then commitments, status updates,"
    " funds, the statements of their size, allocations and events. The citations of status updates and of amounts are"
    " those of the rows that `statuses` and `amounts` hold at the same moment; the others are as known now.",
    ("key",),
    batches,
    (
        Column("key", KEY, attribute("key"), required=True),
        own("document", read=key_of(models.Document, "document_id"), references="documents", required=True),
        own("paragraph", Kind.INTEGER),
        own("figures", Kind.TEXTS),
        own("note"),
        Column(
            "subjectType", "What kind of thing it supports.", subject_key("subjectType"), enum=Subject, required=True
        ),
        key_column("strategy", "The Strategy, where that is supported.", "strategies"),
        key_column("commitment", "The commitment that is supported, or whose status is.", "commitments"),
        key_column("statusUpdate", "The status update that is supported.", "statuses"),
        key_column("fund", "The fund that is supported, or whose amount or allocation is.", "funds"),
        key_column("amount", "The statement of a fund's size that is supported.", "amounts"),
        key_column("allocation", "The allocation that is supported.", "allocations"),
        key_column("event", "The event that is supported.", "events"),
    ),
)
