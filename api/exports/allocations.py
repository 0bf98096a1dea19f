from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from api.exports import sources
from api.exports.funds import BY_SLUG
from api.exports.table import Column, ExportTable, Fields, Kind, Row, batches, ids
from api.moment import Moment
from db import funds, models
from db.vocabulary import Bound
from schema.funds import Allocation
from schema.money import Money

own, money = Fields(Allocation), Fields(Money)


def given(session: Session) -> Iterator[list[tuple[str, Any]]]:
    """Every allocation, behind the slug of its fund."""
    for batch in batches(session, models.Fund, BY_SLUG):
        found = funds.allocations(session, ids(batch))
        yield [(row.slug, allocation) for row in batch for allocation in found[row.id]]


def rows(session: Session, _: Moment) -> Iterator[list[Row]]:
    for batch in given(session):
        behind = sources.single(session, [row.id for _, row in batch], models.Citation.allocation_id)
        recipients = sources.slugs(session, models.Organisation, (row.recipient_id for _, row in batch))
        yield [
            (
                row.key,
                fund,
                recipients[row.recipient_id],
                row.amount,
                row.currency,
                row.bound,
                row.period,
                row.note,
                *behind.get(row.id, sources.NONE),
            )
            for fund, row in batch
        ]


TABLE = ExportTable(
    "allocations",
    "Allocations",
    "What each recipient got from a fund. Do not add up what came from a fund and from its parts: `organisations` has"
    " the sums with each pound once. As known now, whatever the day: allocations have no clock.",
    models.Allocation,
    ("key",),
    (
        Column("key", "The slugs of the fund and the recipient; the API's id is made of it.", required=True),
        own("fund", refers="funds", required=True),
        own("recipient", refers="organisations", required=True),
        Column("amount", own.said["money"], Kind.POUNDS),
        money("currency", required=True),
        money("bound", words=Bound),
        own("period"),
        own("note"),
        Column("document", own.said["citation"], refers="documents"),
        sources.PARAGRAPH,
    ),
    rows,
)
