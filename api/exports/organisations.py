from collections.abc import Mapping

from api.exports.batch import Batch, every
from api.exports.columns import ApiColumns, Kind, field
from api.exports.table import ExportTable
from db import models, organisations
from db.vocabulary import GBP, Bound, OrganisationKind
from schema.money import Money
from schema.organisations import Organisation

own, money = ApiColumns(Organisation), ApiColumns(Money)


def load_sums(batch: Batch) -> Mapping[int, Money]:
    sums = batch.ask(organisations.allocated)
    return {id_: Money(amount=amount, currency=GBP, bound=bound) for id_, (amount, bound) in sums.items()}


TABLE = ExportTable(
    "organisations",
    "Organisations",
    "Every body that a source names. What it leads stands in `leads`, what it held in `hosts`, what it received in"
    " `allocations`. As known now, whatever the day.",
    ("slug",),
    every(models.Organisation),
    (
        own("slug", required=True),
        own("name", required=True),
        own("kind", enum=OrganisationKind, required=True),
        own("allocated", Kind.POUNDS, field(load_sums, "amount"), required=True),
        money("currency", read=field(load_sums, "currency"), required=True),
        money("bound", read=field(load_sums, "bound"), name="allocatedBound", enum=Bound, required=True),
    ),
)
