"""Money: funds, what was said of their size, to whom they went, and whether it adds up."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from db import citations, commitments, discrepancies, events, funds, models, reconciliation
from db.vocabulary import GBP, AmountKind, Bound, DatePrecision, ReconciliationBasis, ReconciliationState
from schema.arguments import AsOf
from schema.cohort import Member, shapes
from schema.context import Info
from schema.cost import BUILT, costs, own
from schema.node import KEY, Node, global_id, many, node_of, one, row_of

if TYPE_CHECKING:
    from schema.citations import Citation
    from schema.commitments import Commitment
    from schema.discrepancies import Discrepancy
    from schema.events import Event
    from schema.organisations import Organisation

# What it takes to put the statement of a reconciliation together, and to answer it.
SUMS = 1_000


@strawberry.type(description="A sum, as precise as its source.")
class Money:
    amount: Decimal = strawberry.field(description="In whole units of the currency, pence behind the point.")
    currency: str = strawberry.field(description="ISO 4217, such as GBP.")
    bound: Bound = strawberry.field(description="How the source qualifies it; for a computed sum, how sure it is.")


@shapes(models.AmountStatement)
@strawberry.type(description="What one source said of the size of a fund.")
class AmountStatement(Member):
    key: strawberry.Private[int]
    kind: AmountKind = strawberry.field(description="What the statement does.")
    money: Money = strawberry.field(description="The size that it gives.")
    stated_on: dt.date | None = strawberry.field(
        description="When it was said, by the last day of a period; null where the source has no date."
    )
    precision: DatePrecision | None = strawberry.field(description="How much of that date the source gives.")

    citation: Annotated["Citation", strawberry.lazy("schema.citations")] | None = one(
        citations.only, "key", "Its source.", models.Citation.amount_statement_id
    )

    @classmethod
    def from_row(cls, row: models.AmountStatement) -> Self:
        return cls(
            key=row.id,
            kind=row.kind,
            money=Money(amount=row.amount, currency=row.currency, bound=row.bound),
            stated_on=row.stated_on,
            precision=row.precision,
        )


@node_of(models.Allocation, models.Allocation.key)
@strawberry.type(description="What one recipient got from a fund.")
class Allocation(Node):
    key: strawberry.Private[int]
    fund_key: strawberry.Private[int]
    recipient_key: strawberry.Private[int]
    money: Money | None = strawberry.field(description="Null where a source names the recipient and not the sum.")
    period: str | None = strawberry.field(description="The years that it is for, as the source gives them.")
    note: str | None = strawberry.field(description="Any doubt about it.")

    fund: Annotated["Fund", strawberry.lazy("schema.funds")] = row_of(models.Fund, "fund_key", "The fund.")
    recipient: Annotated["Organisation", strawberry.lazy("schema.organisations")] = row_of(
        models.Organisation, "recipient_key", "Who received it, or was named to; in a few rows inferred, see `note`."
    )
    citation: Annotated["Citation", strawberry.lazy("schema.citations")] | None = one(
        citations.only, "key", "Its source.", models.Citation.allocation_id
    )

    @classmethod
    def from_row(cls, row: models.Allocation) -> Self:
        return cls(
            id=global_id("Allocation", row.key),
            key=row.id,
            fund_key=row.fund_id,
            recipient_key=row.recipient_id,
            money=_money(row.amount, row.bound, row.currency),
            period=row.period,
            note=row.note,
        )


@strawberry.type(
    description="Does the money add up: what was stated, against the parts or the allocations that are known."
)
class Reconciliation:
    basis: ReconciliationBasis = strawberry.field(description="The breakdown used.")
    stated: Money | None = strawberry.field(
        description="What was last said of the fund's size; null where nothing was."
    )
    accounted_for: Money = strawberry.field(
        description="The sum of the known parts or allocations; AT_LEAST where some are unknown or only floors."
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
            stated=_money(row.stated, row.stated_bound),
            accounted_for=Money(amount=row.accounted_for, currency=GBP, bound=row.bound),
            unaccounted=_money(row.unaccounted, row.unaccounted_bound),
            unknown_sums=row.unknown_sums,
            state=row.state,
        )


@node_of(models.Fund, models.Fund.slug)
@strawberry.type(description="Money set aside for a purpose. A fund may be made of others: its tranches or rounds.")
class Fund(Node):
    key: strawberry.Private[int]
    parent_key: strawberry.Private[int | None]
    slug: str = strawberry.field(description="A readable name, for filters and addresses.")
    name: str = strawberry.field(description="The fund's name.")
    period: str | None = strawberry.field(description="The years that it is for; null where no source gives them.")
    note: str | None = strawberry.field(description="What a reader of its figures must know.")

    parent: Annotated["Fund", strawberry.lazy("schema.funds")] | None = row_of(
        models.Fund, "parent_key", "The fund that it is a part of."
    )
    parts: list[Annotated["Fund", strawberry.lazy("schema.funds")]] = many(
        funds.parts, "The tranches or rounds that it is made of, by name.", owner=models.Fund.parent_id
    )
    amounts: list[AmountStatement] = many(
        funds.amounts,
        "Every statement of its size, oldest first, the undated before all.",
        owner=models.AmountStatement.fund_id,
    )
    allocations: list[Allocation] = many(
        funds.allocations,
        "Who received what from it, the largest first, the unknown last.",
        owner=models.Allocation.fund_id,
    )
    commitments: list[Annotated["Commitment", strawberry.lazy("schema.commitments")]] = many(
        commitments.of_funds,
        "The commitments that it serves, by ref.",
        owner=models.CommitmentFund.fund_id,
        target=models.CommitmentFund.commitment_id,
    )
    events: list[Annotated["Event", strawberry.lazy("schema.events")]] = many(
        events.of_funds,
        "The events tied to it, by date, the undated last.",
        owner=models.EventFund.fund_id,
        target=models.EventFund.event_id,
    )
    citations: list[Annotated["Citation", strawberry.lazy("schema.citations")]] = many(
        citations.of, "The sources on the fund itself. Those of its sums stand with each sum.", models.Citation.fund_id
    )
    discrepancies: list[Annotated["Discrepancy", strawberry.lazy("schema.discrepancies")]] = many(
        discrepancies.of, "Where sources do not agree about it.", models.Discrepancy.fund_id
    )

    @strawberry.field(
        description="What was last said of its size on or before the given day; null where no source gives one. A"
        " statement without a date counts, as the earliest, only today or later: nobody can say that it was made"
        " before.",
        metadata=costs(own, BUILT),
    )
    def amount(self, info: Info, as_of: AsOf = None) -> Money | None:
        today = info.context.today
        found: Money | None = self.asked(funds.size, KEY, as_of or today, today, then=lambda said: said and said.money)
        return found

    @strawberry.field(
        description="Unless told otherwise: by its parts where it has any, else by its allocations. The two are never"
        " added.",
        metadata=costs(own, SUMS),
    )
    def reconciliation(
        self,
        basis: Annotated[
            ReconciliationBasis | None, strawberry.argument(description="The breakdown to use instead.")
        ] = None,
    ) -> Reconciliation:
        found: Reconciliation = self.asked(reconciliation.of_funds, KEY, basis, then=Reconciliation.from_row)
        return found

    @classmethod
    def from_row(cls, row: models.Fund) -> Self:
        return cls(
            id=global_id("Fund", row.slug),
            key=row.id,
            parent_key=row.parent_id,
            slug=row.slug,
            name=row.name,
            period=row.period,
            note=row.note,
        )


def _money(amount: Decimal | None, bound: Bound | None, currency: str = GBP) -> Money | None:
    return None if amount is None or bound is None else Money(amount=amount, currency=currency, bound=bound)
