"""Questions about organisations."""

from collections.abc import Sequence
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.columns import Condition
from db.formatting import pounds
from db.models import Allocation, Fund, Organisation
from db.paging import Order
from db.text import contains_words
from db.vocabulary import Bound, OrganisationKind


def of_kind(kinds: Sequence[OrganisationKind]) -> Condition:
    return col(Organisation.kind).in_(kinds)


def mentioning(words: Sequence[str]) -> Condition:
    return contains_words(words, col(Organisation.search_text))


def by_name() -> Order:
    return Order((col(Organisation.sort_text), col(Organisation.slug)))


def allocated(session: Session, ids: Sequence[int]) -> dict[int, tuple[Decimal, Bound]]:
    """The sum of the known allocations to each: a floor where one is a floor or not known.

    What came from a part of a fund is left out where the sum from the whole fund is known: it is in there already.
    """
    above = sa.select(col(Fund.id).label("fund_id"), col(Fund.parent_id).label("above_id")).cte(recursive=True)
    parent = aliased(Fund)
    above = above.union_all(
        sa.select(above.c.fund_id, col(parent.parent_id)).join(parent, col(parent.id) == above.c.above_id)
    )
    whole = aliased(Allocation)
    counted_above = sa.exists().where(
        above.c.fund_id == col(Allocation.fund_id),
        col(whole.fund_id) == above.c.above_id,
        col(whole.recipient_id) == col(Allocation.recipient_id),
        col(whole.amount).is_not(None),
    )
    pence = sa.type_coerce(col(Allocation.amount), sa.BigInteger)
    inexact = sa.func.count(sa.case((col(Allocation.bound) == Bound.EXACT, None), else_=1))
    query = (
        sa.select(col(Allocation.recipient_id), sa.func.coalesce(sa.func.sum(pence), 0), inexact)
        .where(col(Allocation.recipient_id).in_(ids), ~counted_above)
        .group_by(col(Allocation.recipient_id))
    )
    found = {key: (Decimal(0), Bound.EXACT) for key in ids}
    for key, total, floors in session.execute(query):
        found[key] = (pounds(total), Bound.AT_LEAST if floors else Bound.EXACT)
    return found
