from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, TypeAlias

from sqlmodel import Session

from api.exports import allocations, amounts, sources, statuses, strategy
from api.exports.funds import BY_SLUG
from api.exports.table import Column, ExportTable, Fields, Kind, Row, batches
from api.moment import Moment
from db import citations, commitments, events, models
from schema.citations import Citation

own = Fields(Citation)


class Subject(StrEnum):
    """What a citation supports, by the names of the API's types, in the order of the table."""

    STRATEGY = "Strategy"
    COMMITMENT = "Commitment"
    STATUS_UPDATE = "StatusUpdate"
    FUND = "Fund"
    AMOUNT_STATEMENT = "AmountStatement"
    ALLOCATION = "Allocation"
    EVENT = "Event"


# The rows that are cited, each with its id and the values of its columns in this table.
Cited: TypeAlias = list[tuple[int, dict[str, str]]]


def _of(model: Any, order: Any, column: str) -> Callable[[Session, Moment], Iterator[Cited]]:
    def found(session: Session, _: Moment) -> Iterator[Cited]:
        for batch in batches(session, model, order):
            yield [(row.id, {column: row.ref if model is models.Commitment else row.slug}) for row in batch]

    return found


def _updates(session: Session, moment: Moment) -> Iterator[Cited]:
    for batch in statuses.updates(session, moment):
        yield [(row.id, {"commitment": ref, "statusUpdate": row.key}) for ref, row in batch]


def _amounts(session: Session, moment: Moment) -> Iterator[Cited]:
    for batch in amounts.statements(session, moment):
        yield [(row.id, {"fund": fund, "amount": row.key}) for fund, row in batch]


def _allocations(session: Session, _: Moment) -> Iterator[Cited]:
    for batch in allocations.given(session):
        yield [(row.id, {"fund": fund, "allocation": row.key}) for fund, row in batch]


CITED: dict[Subject, tuple[Any, Callable[[Session, Moment], Iterator[Cited]]]] = {
    Subject.STRATEGY: (models.Citation.strategy_id, _of(models.Strategy, strategy.BY_SLUG, "strategy")),
    Subject.COMMITMENT: (models.Citation.commitment_id, _of(models.Commitment, commitments.by_ref(), "commitment")),
    Subject.STATUS_UPDATE: (models.Citation.status_update_id, _updates),
    Subject.FUND: (models.Citation.fund_id, _of(models.Fund, BY_SLUG, "fund")),
    Subject.AMOUNT_STATEMENT: (models.Citation.amount_statement_id, _amounts),
    Subject.ALLOCATION: (models.Citation.allocation_id, _allocations),
    Subject.EVENT: (models.Citation.event_id, _of(models.Event, events.by_date(), "event")),
}
NAMES = ("strategy", "commitment", "statusUpdate", "fund", "amount", "allocation", "event")


def rows(session: Session, moment: Moment) -> Iterable[list[Row]]:
    for subject, (column, question) in CITED.items():
        for batch in question(session, moment):
            found = citations.of(column)(session, [key for key, _ in batch])
            every = [row for key, _ in batch for row in found[key]]
            documents = sources.slugs(session, models.Document, (row.document_id for row in every))
            yield [
                (
                    row.key,
                    documents[row.document_id],
                    row.paragraph,
                    row.figures,
                    row.note,
                    subject,
                    *(names.get(name) for name in NAMES),
                )
                for key, names in batch
                for row in found[key]
            ]


TABLE = ExportTable(
    "citations",
    "Citations",
    "Which document, and which paragraph of it, supports what: first the Strategy, then commitments, status updates,"
    " funds, the statements of their size, allocations and events. The citations of status updates and of amounts are"
    " those of the rows that `statuses` and `amounts` hold at the same moment; the others are as known now.",
    models.Citation,
    ("key",),
    (
        Column("key", "The same at every revision and in every database; the API's id is made of it.", required=True),
        own("document", refers="documents", required=True),
        own("paragraph", Kind.INTEGER),
        own("figures", Kind.TEXTS),
        own("note"),
        Column("subjectType", "What kind of thing it supports.", words=Subject, required=True),
        Column("strategy", "The Strategy, where that is supported.", refers="strategies"),
        Column("commitment", "The commitment that is supported, or whose status is.", refers="commitments"),
        Column("statusUpdate", "The status update that is supported.", refers="statuses"),
        Column("fund", "The fund that is supported, or whose amount or allocation is.", refers="funds"),
        Column("amount", "The statement of a fund's size that is supported.", refers="amounts"),
        Column("allocation", "The allocation that is supported.", refers="allocations"),
        Column("event", "The event that is supported.", refers="events"),
    ),
    rows,
)
