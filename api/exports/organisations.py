from collections.abc import Mapping

from api.exports.batch import Batch, every
from api.exports.table import ApiColumns, ExportTable, attribute, field, id_of
from db import models, organisations
from db.vocabulary import GBP
from schema.money import Money
from schema.organisations import Organisation

column, money = ApiColumns(Organisation), ApiColumns(Money)


def load_sums(batch: Batch) -> Mapping[int, Money]:
    sums = batch.ask(organisations.allocated)
    return {id_: Money(amount=amount, currency=GBP, bound=bound) for id_, (amount, bound) in sums.items()}


ORGANISATIONS = ExportTable(
    "organisations",
    "Organisations",
    "Every body that a source names. What it leads stands in `leads`, what it held in `hosts`, what it received in"
    " `allocations`. It has no day: `asOf` leaves out none.",
    ("slug",),
    every(models.Organisation),
    (
        *column.attributes("slug", "name", "kind"),
        column("allocated", field(load_sums, "amount")),
        money("currency", field(load_sums, "currency"), required=False),
        money("bound", field(load_sums, "bound"), name="allocatedBound", required=False),
        id_of(Organisation, attribute("slug")),
    ),
)
