"""Funds, what was stated of their size, and to whom they went."""

from collections.abc import Mapping

from api.exports.batch import Batch, each, every
from api.exports.sources import citation_count, source
from api.exports.table import ApiColumns, Column, ExportTable, attribute, field, id_of, key_of, keys, owner
from db import commitments, discrepancies, events, funds, models, reconciliation
from db.vocabulary import GBP
from schema.funds import Allocation, AmountStatement, Fund, Reconciliation
from schema.money import Money

fund, money, sums = ApiColumns(Fund), ApiColumns(Money), ApiColumns(Reconciliation)
ALLOCATION_KEY = "The slugs of the fund and the recipient; the API's id is made of it."
statement, allocation = ApiColumns(AmountStatement), ApiColumns(Allocation)


def load_sizes(batch: Batch) -> Mapping[int, models.AmountStatement]:
    return batch.ask(funds.size, batch.moment.as_of, batch.moment.today)


def load_statements(batch: Batch) -> Mapping[int, list[models.AmountStatement]]:
    return batch.ask(funds.amounts_by, batch.moment.as_of, batch.moment.today)


def load_sums(batch: Batch) -> Mapping[int, reconciliation.Reconciliation]:
    return batch.ask(reconciliation.of_funds, batch.moment.as_of, batch.moment.today)


FUNDS = ExportTable(
    "funds",
    "Funds",
    "Money set aside for a purpose, and whether it adds up. `amount` and the reconciliation go by what had been said of"
    " sizes by `asOf`. Allocations, links and the rest have no day.",
    ("slug",),
    every(models.Fund),
    (
        *fund.attributes("slug", "name", "period", "note"),
        fund("parent", key_of(models.Fund, "parent_id"), references="funds"),
        fund("amount", field(load_sizes, "amount")),
        money("currency", field(load_sizes, "currency", GBP)),
        money("bound", field(load_sizes, "bound"), required=False),
        sums("basis", field(load_sums, "basis")),
        sums("state", field(load_sums, "state")),
        sums("stated", field(load_sums, "stated")),
        money("bound", field(load_sums, "stated_bound"), name="statedBound", required=False),
        sums("accountedFor", field(load_sums, "accounted_for")),
        money("bound", field(load_sums, "bound"), name="accountedForBound", required=False),
        sums("unaccounted", field(load_sums, "unaccounted")),
        money("bound", field(load_sums, "unaccounted_bound"), name="unaccountedBound", required=False),
        sums("unknownSums", field(load_sums, "unknown_sums")),
        fund("commitments", keys(commitments.of_funds)),
        fund("events", keys(events.of_funds)),
        fund("discrepancies", keys(discrepancies.of(models.Discrepancy.fund_id))),
        citation_count(models.Citation.fund_id),
        id_of(Fund, attribute("slug")),
    ),
)
AMOUNTS = ExportTable(
    "amounts",
    "Statements of the size of funds",
    "What each source said of the size of a fund by `asOf`. A statement without a date is there only today or later:"
    " nobody can say that it was made before.",
    ("key",),
    each(FUNDS.batches, load_statements),
    (
        Column("key", "The same at every revision and in every database.", attribute("key"), required=True),
        Column("fund", "The fund.", owner("slug"), references="funds", required=True),
        statement("kind"),
        statement("money", attribute("amount"), name="amount", more=money.describe("amount")),
        *money.attributes("currency", "bound"),
        *statement.attributes("statedOn", "precision"),
        *source(statement.describe("citation"), models.Citation.amount_statement_id),
        id_of(AmountStatement, attribute("key")),
    ),
)
ALLOCATIONS = ExportTable(
    "allocations",
    "Allocations",
    "What each recipient got from a fund. Do not add up what came from a fund and from its parts: `organisations` has"
    " the sums with each pound once. Allocations have no day: `asOf` leaves out none.",
    ("key",),
    each(FUNDS.batches, lambda batch: batch.ask(funds.allocations)),
    (
        Column("key", ALLOCATION_KEY, attribute("key"), required=True),
        allocation("fund", owner("slug"), references="funds"),
        allocation("recipient", key_of(models.Organisation, "recipient_id"), references="organisations"),
        allocation("money", attribute("amount"), name="amount"),
        money("currency"),
        money("bound", required=False),
        *allocation.attributes("passesOn", "period", "note"),
        *source(allocation.describe("citation"), models.Citation.allocation_id),
        id_of(Allocation, attribute("key")),
    ),
)
