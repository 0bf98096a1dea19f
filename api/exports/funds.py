from collections.abc import Mapping

from api.exports.batch import Batch, every
from api.exports.columns import ApiColumns, Kind, field, key_of, keys
from api.exports.sources import citation_count
from api.exports.table import ExportTable
from db import commitments, discrepancies, events, funds, models, reconciliation
from db.vocabulary import GBP, Bound, ReconciliationBasis, ReconciliationState
from schema.funds import Fund, Reconciliation
from schema.money import Money

own, money, sums = ApiColumns(Fund), ApiColumns(Money), ApiColumns(Reconciliation)


def load_sizes(batch: Batch) -> Mapping[int, models.AmountStatement]:
    return batch.ask(funds.size, batch.moment.as_of, batch.moment.today)


def load_sums(batch: Batch) -> Mapping[int, reconciliation.Reconciliation]:
    return batch.ask(reconciliation.of_funds)


TABLE = ExportTable(
    "funds",
    "Funds",
    "Money set aside for a purpose, and whether it adds up. `amount` is what had been said of its size by `asOf`."
    " Everything else, the reconciliation included, is as known now, whatever the day; the API has no clock for it.",
    ("slug",),
    every(models.Fund),
    (
        own("slug", required=True),
        own("name", required=True),
        own("period"),
        own("note"),
        own("parent", read=key_of(models.Fund, "parent_id"), references="funds"),
        own("amount", Kind.POUNDS, field(load_sizes, "amount")),
        money("currency", read=field(load_sizes, "currency", GBP), required=True),
        money("bound", read=field(load_sizes, "bound"), enum=Bound),
        sums("basis", read=field(load_sums, "basis"), enum=ReconciliationBasis, required=True),
        sums("state", read=field(load_sums, "state"), enum=ReconciliationState, required=True),
        sums("stated", Kind.POUNDS, field(load_sums, "stated")),
        money("bound", read=field(load_sums, "stated_bound"), name="statedBound", enum=Bound),
        sums("accountedFor", Kind.POUNDS, field(load_sums, "accounted_for"), required=True),
        money("bound", read=field(load_sums, "bound"), name="accountedForBound", enum=Bound),
        sums("unaccounted", Kind.POUNDS, field(load_sums, "unaccounted")),
        money("bound", read=field(load_sums, "unaccounted_bound"), name="unaccountedBound", enum=Bound),
        sums("unknownSums", Kind.INTEGER, field(load_sums, "unknown_sums"), required=True),
        own("commitments", Kind.NAMES, keys(commitments.of_funds)),
        own("events", Kind.NAMES, keys(events.of_funds)),
        own("discrepancies", Kind.NAMES, keys(discrepancies.of(models.Discrepancy.fund_id))),
        citation_count(models.Citation.fund_id),
    ),
)
