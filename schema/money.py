"""Sums of money."""

from decimal import Decimal

import strawberry

from db import models
from db.vocabulary import GBP, Bound


@strawberry.type(description="A sum, as precise as its source.")
class Money:
    amount: Decimal = strawberry.field(description="In units of the currency, with the pence after the point.")
    currency: str = strawberry.field(description="ISO 4217, such as GBP.")
    bound: Bound = strawberry.field(
        description="How the source qualifies it; for a computed sum, how far it can be trusted."
    )


def money(amount: Decimal | None, bound: Bound | None, currency: str = GBP) -> Money | None:
    return None if amount is None or bound is None else Money(amount=amount, currency=currency, bound=bound)


def money_of(row: models.AmountStatement | models.Allocation) -> Money | None:
    return money(row.amount, row.bound, row.currency)
