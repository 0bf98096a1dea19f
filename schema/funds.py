"""Funds: statements of their size, allocations, and their reconciliation."""

import datetime as dt
from typing import Annotated, Self

import strawberry

from db import addressees, citations, commitments, discrepancies, events, funds, models, reconciliation, shares
from db.sizes import Sizes
from db.vocabulary import GBP, AmountKind, DatePrecision, ReconciliationBasis, ReconciliationState
from schema.arguments import AsOf, KnownAt
from schema.cost import BUILT, Arguments, Group, Through, costs, own, same, scan
from schema.filters import AllocationFilter, FundFilter
from schema.keys import KEY
from schema.loads import VALUE, then
from schema.money import Money, money, money_of
from schema.named import LABEL, PAGE_URL, Named
from schema.node import Node, node_of
from schema.orders import FundOrder
from schema.relations import many, one, row_of, type_of
from schema.root_fields import list_field, row_field
from schema.shares import SHARES, Share, each_area
from schema.versions import Versioned

# The flat cost of a reconciliation: its statement is compiled and executed.
SUMS = 1_000
OF_FUNDS = Through(models.Discrepancy.fund_id)


def _discrepancies_of_funds(group: Group, sizes: Sizes, arguments: Arguments) -> Group:
    """At most all of the fund, which may be the same one for each."""
    return OF_FUNDS(same(group, sizes, arguments), sizes, arguments)


@node_of(models.AmountStatement, money=money_of)
@strawberry.type(description="What one source said of the size of a fund.")
class AmountStatement(Node, Versioned):
    kind: AmountKind = strawberry.field(description="What the statement does.")
    money: Money = strawberry.field(description="The size that it gives.")
    stated_on: dt.date | None = strawberry.field(
        description="The day of the statement, of a month or a year the last; null where the source has no date."
    )
    precision: DatePrecision | None = strawberry.field(description="How much of that date the source gives.")

    fund = row_of(models.Fund, models.AmountStatement.fund_id, "The fund.")
    citation = one(models.Citation, citations.only, "Its source.", models.Citation.amount_statement_id)


@node_of(models.Allocation, money=money_of)
@strawberry.type(description="What one recipient got from a fund.")
class Allocation(Named, Versioned):
    money: Money | None = strawberry.field(description="Null where a source names the recipient and not the sum.")
    passes_on: bool = strawberry.field(
        description="Whether the recipient passes it on: then it is not known by this who spends it."
    )
    period: str | None = strawberry.field(description="The years that it is for, as the source gives them.")
    note: str | None = strawberry.field(description="Any doubt about it.")

    @strawberry.field(
        description="Whether a known sum to the same recipient from a fund around includes it: then it is not added.",
        metadata=costs(flat=scan(models.Fund, work=0.5, base=500)),
    )
    def is_included(self) -> bool:
        return self.load(funds.included, KEY)

    @strawberry.field(description=f"{LABEL} Of an allocation the fund and the recipient.")
    def label(self) -> str:
        names = self.load(addressees.names, KEY, models.Allocation)
        return then(names, lambda names: f"{names[0]}: {names[1]}")

    @strawberry.field(description=PAGE_URL, metadata=costs(flat=0))
    def page_url(self) -> str:
        return self.address(self.natural_key.partition("/")[0])

    fund = row_of(models.Fund, models.Allocation.fund_id, "The fund.")
    recipient = row_of(
        models.Organisation,
        models.Allocation.recipient_id,
        "Who received it, or was named to; in a few rows inferred, see `note`.",
    )
    citation = one(models.Citation, citations.only, "Its source.", models.Citation.allocation_id)

    @strawberry.field(
        description="Where sources do not agree about the fund, and the source of this sum is one of them.",
        graphql_type=list[type_of(models.Discrepancy)],  # type: ignore[misc]
        metadata=costs(_discrepancies_of_funds),
    )
    def discrepancies(self) -> list[Node]:
        return self.load_as(list[Node], discrepancies.of_allocations, KEY)


@strawberry.type(
    description="A comparison of the stated size of a fund with the sum of its parts or of its allocations."
)
class Reconciliation:
    basis: ReconciliationBasis = strawberry.field(description="The breakdown used.")
    stated: Money | None = strawberry.field(
        description="What was last said of the fund's size; null where nothing was."
    )
    accounted_for: Money = strawberry.field(
        description="The sum of the known parts or allocations; AT_LEAST where some are unknown or are lower bounds."
    )
    unaccounted: Money | None = strawberry.field(
        description="Stated less accounted for; negative where more was allocated than stated; null where nothing was"
        " stated."
    )
    unknown_sums: int = strawberry.field(description="How many parts or recipients are named without a sum.")
    state: ReconciliationState = strawberry.field(description="Whether it adds up.")

    @classmethod
    def from_row(cls, row: reconciliation.Reconciliation) -> Self:
        return cls(
            basis=row.basis,
            stated=money(row.stated, row.stated_bound),
            accounted_for=Money(amount=row.accounted_for, currency=GBP, bound=row.bound),
            unaccounted=money(row.unaccounted, row.unaccounted_bound),
            unknown_sums=row.unknown_sums,
            state=row.state,
        )


@node_of(models.Fund)
@strawberry.type(description="Money set aside for a purpose. A fund may be made of others: its tranches or rounds.")
class Fund(Named, Versioned):
    slug: str = strawberry.field(description="A readable name, for filters and addresses.")
    name: str = strawberry.field(description="The fund's name.")
    period: str | None = strawberry.field(description="The years that it is for; null where no source gives them.")
    note: str | None = strawberry.field(description="What a reader of its figures must know.")

    parent = row_of(models.Fund, models.Fund.parent_id, "The fund that it is a part of.")
    parts = many(funds.parts, "The tranches or rounds that it is made of, by name.")
    amounts = many(funds.amounts, "Every statement of its size, oldest first, the undated before all.")
    allocations = many(funds.allocations, "Who received what from it, the largest first, the unknown last.")
    commitments = many(commitments.of_funds, "The commitments that it serves, by ref.")
    events = many(events.of_funds, "The events tied to it, by date, the undated last.")
    citations = many(
        citations.of(models.Citation.fund_id), "The sources on the fund itself. Those of its sums stand with each sum."
    )
    discrepancies = many(discrepancies.of(models.Discrepancy.fund_id), "Where sources do not agree about it.")

    @strawberry.field(
        description="What went from it, and from its parts, to the bodies that stand in each area, by the name of the"
        " area. A body that stands in several is counted in each. Allocations have no day.",
        metadata=costs(each_area, SHARES),
    )
    def shares(self) -> list[Share]:
        return self.load_as(list[Share], shares.of_funds, KEY)

    @strawberry.field(
        description="What was last said of its size on or before the given day; null where no source gives one. A"
        " statement without a date counts as the earliest, and only if the day is today or later.",
        metadata=VALUE | costs(own, BUILT),
    )
    def amount(self, as_of: AsOf = None) -> Money | None:
        moment = self.moment
        statement = self.load_optional(AmountStatement, funds.size, KEY, as_of or moment.as_of, moment.today)
        return then(statement, lambda statement: None if statement is None else statement.money)

    @strawberry.field(
        description="By its parts where it has any, else by its allocations; or by the given basis. The two are never"
        " added. Sizes are those that were stated by the given day, as `amount` has them; allocations have no day, and"
        " count on every day.",
        metadata=VALUE | costs(own, SUMS),
    )
    def reconciliation(
        self,
        basis: Annotated[
            ReconciliationBasis | None, strawberry.argument(description="The breakdown to use instead.")
        ] = None,
        as_of: AsOf = None,
        known_at: KnownAt = None,
    ) -> Reconciliation:
        moment = self.moment.known_at(known_at, self.batch.context.clock)
        day = as_of or moment.as_of
        sums = self.load(reconciliation.of_funds, KEY, day, moment.today, basis, known_at=known_at)
        return then(sums, Reconciliation.from_row)


@strawberry.type
class FundQueries:
    fund = row_field(Fund)
    allocations = list_field(
        Allocation,
        AllocationFilter,
        funds.by_key(),
        "What each recipient got, by the slugs of the fund and the recipient.",
    )
    funds = list_field(Fund, FundFilter, FundOrder, "With no arguments: all funds, by name, parts among them.")
