from collections.abc import Iterator

from sqlmodel import Session, col

from api.exports.table import Column, ExportTable, Fields, Kind, Row, batches, ids
from api.moment import Moment
from db import models, organisations
from db.paging import Order
from db.vocabulary import GBP, Bound, OrganisationKind
from schema.money import Money
from schema.organisations import Organisation

own, money = Fields(Organisation), Fields(Money)
BY_SLUG = Order((col(models.Organisation.slug),))


def rows(session: Session, _: Moment) -> Iterator[list[Row]]:
    for batch in batches(session, models.Organisation, BY_SLUG):
        sums = organisations.allocated(session, ids(batch))
        yield [(row.slug, row.name, row.kind, amount, GBP, bound) for row in batch for amount, bound in [sums[row.id]]]


TABLE = ExportTable(
    "organisations",
    "Organisations",
    "Every body that a source names. What it leads stands in `leads`, what it held in `hosts`, what it received in"
    " `allocations`. As known now, whatever the day.",
    models.Organisation,
    ("slug",),
    (
        own("slug", required=True),
        own("name", required=True),
        own("kind", words=OrganisationKind, required=True),
        own("allocated", Kind.POUNDS, required=True),
        money("currency", required=True),
        Column("allocatedBound", money.said["bound"], words=Bound, required=True),
    ),
    rows,
)
