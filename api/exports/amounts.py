from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from api.exports import sources
from api.exports.funds import BY_SLUG
from api.exports.table import Column, ExportTable, Fields, Kind, Row, batches, ids
from api.moment import Moment
from db import funds, models
from db.vocabulary import AmountKind, Bound, DatePrecision
from schema.funds import AmountStatement
from schema.money import Money

own, money = Fields(AmountStatement), Fields(Money)


def statements(session: Session, moment: Moment) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that the table holds, behind the slug of its fund."""
    for batch in batches(session, models.Fund, BY_SLUG):
        said = funds.amounts_by(session, ids(batch), moment.as_of, moment.today)
        yield [(row.slug, statement) for row in batch for statement in said[row.id]]


def rows(session: Session, moment: Moment) -> Iterator[list[Row]]:
    for batch in statements(session, moment):
        behind = sources.single(session, [row.id for _, row in batch], models.Citation.amount_statement_id)
        yield [
            (
                row.key,
                fund,
                row.kind,
                row.amount,
                row.currency,
                row.bound,
                row.stated_on,
                row.precision,
                *behind.get(row.id, sources.NONE),
            )
            for fund, row in batch
        ]


TABLE = ExportTable(
    "amounts",
    "Statements of the size of funds",
    "What each source said of the size of a fund by `asOf`. A statement without a date is there only today or later:"
    " nobody can say that it was made before. As known now, whatever `knownAt` says.",
    models.AmountStatement,
    ("key",),
    (
        Column("key", "The same at every revision and in every database.", required=True),
        Column("fund", "The fund.", refers="funds", required=True),
        own("kind", words=AmountKind, required=True),
        Column("amount", f"{own.said['money']} {money.said['amount']}", Kind.POUNDS, required=True),
        money("currency", required=True),
        money("bound", words=Bound, required=True),
        own("statedOn", Kind.DATE),
        own("precision", words=DatePrecision),
        Column("document", own.said["citation"], refers="documents"),
        sources.PARAGRAPH,
    ),
    rows,
)
