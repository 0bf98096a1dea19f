from collections.abc import Iterator

from sqlmodel import Session

from api.exports import sources
from api.exports.table import Column, ExportTable, Fields, Kind, Row, batches, ids
from api.moment import Moment
from db import citations, commitments, discrepancies, events, funds, models, reconciliation
from db.paging import Order
from db.vocabulary import GBP, Bound, ReconciliationBasis, ReconciliationState
from schema.funds import Fund, Reconciliation
from schema.money import Money

own, money, sums = Fields(Fund), Fields(Money), Fields(Reconciliation)
# Not by name: to fold the case of every name once for every batch would take longer than all the rest.
BY_SLUG = Order((funds.SLUG,))


def rows(session: Session, moment: Moment) -> Iterator[list[Row]]:
    for batch in batches(session, models.Fund, BY_SLUG):
        keys = ids(batch)
        parents = sources.slugs(session, models.Fund, (row.parent_id for row in batch))
        sizes = funds.size(session, keys, moment.as_of, moment.today)
        reconciled = reconciliation.of_funds(session, keys)
        served = commitments.of_funds(session, keys)
        held = events.of_funds(session, keys)
        disputed = discrepancies.of(models.Discrepancy.fund_id)(session, keys)
        cited = citations.of(models.Citation.fund_id)(session, keys)
        made: list[Row] = []
        for row in batch:
            size, adds_up = sizes.get(row.id), reconciled[row.id]
            made.append(
                (
                    row.slug,
                    row.name,
                    row.period,
                    row.note,
                    parents.get(row.parent_id),
                    *((size.amount, size.currency, size.bound) if size else (None, GBP, None)),
                    adds_up.basis,
                    adds_up.state,
                    adds_up.stated,
                    adds_up.stated_bound,
                    adds_up.accounted_for,
                    adds_up.bound,
                    adds_up.unaccounted,
                    adds_up.unaccounted_bound,
                    adds_up.unknown_sums,
                    [commitment.ref for commitment in served[row.id]],
                    sources.named(held[row.id]),
                    sources.named(disputed[row.id]),
                    len(cited[row.id]),
                )
            )
        yield made


def _bound(name: str) -> Column:
    return Column(name, money.said["bound"], words=Bound)


TABLE = ExportTable(
    "funds",
    "Funds",
    "Money set aside for a purpose, and whether it adds up. `amount` is what had been said of its size by `asOf`."
    " Everything else, the reconciliation included, is as known now, whatever the day; the API has no clock for it.",
    models.Fund,
    ("slug",),
    (
        own("slug", required=True),
        own("name", required=True),
        own("period"),
        own("note"),
        own("parent", refers="funds"),
        own("amount", Kind.POUNDS),
        money("currency", required=True),
        money("bound", words=Bound),
        Column("basis", sums.said["basis"], words=ReconciliationBasis, required=True),
        Column("state", sums.said["state"], words=ReconciliationState, required=True),
        sums("stated", Kind.POUNDS),
        _bound("statedBound"),
        sums("accountedFor", Kind.POUNDS, required=True),
        _bound("accountedForBound"),
        sums("unaccounted", Kind.POUNDS),
        _bound("unaccountedBound"),
        sums("unknownSums", Kind.INTEGER, required=True),
        own("commitments", Kind.NAMES),
        own("events", Kind.NAMES),
        own("discrepancies", Kind.NAMES),
        sources.COUNT,
    ),
    rows,
)
