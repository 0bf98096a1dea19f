"""Questions about funds: their size, their parts and their recipients."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import reconciliation, relations
from db.columns import Condition
from db.conditions import contains_words, has_value, linked_to
from db.models import Allocation, AmountStatement, CommitmentFund, EventFund, Fund
from db.paging import Order
from db.relations import Relation
from db.vocabulary import ReconciliationState

# How many funds one may be part of, each within the next: no source tells of more, and each takes a round to read.
MAX_DEPTH = 20
NAME = col(Fund.sort_text)
SLUG = col(Fund.slug)
# Statements without a date come first.
STATED_ON = sa.func.coalesce(col(AmountStatement.stated_on), dt.date.min)
LARGEST_FIRST = sa.func.coalesce(col(Allocation.amount), 0).desc()

with_recipient = partial(linked_to, Allocation.fund_id, Allocation.recipient_id)
with_commitment = partial(linked_to, CommitmentFund.fund_id, CommitmentFund.commitment_id)
mentioning = partial(contains_words, Fund.search_text)

parts = Relation(Fund, Fund.parent_id, NAME)
# Every statement of the size of each fund, oldest first.
amounts = Relation(AmountStatement, AmountStatement.fund_id, STATED_ON, AmountStatement.key)
# The allocations from each fund, largest first; unknown sums last.
allocations = Relation(Allocation, Allocation.fund_id, LARGEST_FIRST, Allocation.key)
# The allocations to each organisation, by fund.
allocated_to = Relation(Allocation, Allocation.recipient_id, Allocation.key)
of_commitments = Relation(Fund, CommitmentFund.commitment_id, NAME, target=CommitmentFund.fund_id)
of_events = Relation(Fund, EventFund.event_id, NAME, target=EventFund.fund_id)


def depth(session: Session, fund: Fund) -> int:
    """How many funds a fund is part of, each within the next."""
    number = 0
    while fund.parent_id is not None:
        fund, number = session.get_one(Fund, fund.parent_id), number + 1
    return number


def root(wanted: bool) -> Condition:
    return has_value(Fund.parent_id, not wanted)


def in_state(wanted: Sequence[ReconciliationState]) -> Condition:
    sums = reconciliation.sums()
    states = reconciliation.state(sums).in_([state.value for state in wanted])
    return col(Fund.id).in_(sa.select(sums.c.fund_id).where(states))


def by_name(*, descending: bool = False) -> Order:
    return Order((NAME, SLUG), descending)


def by_amount(today: dt.date, *, descending: bool = False) -> Order:
    """Funds without a stated size come first, ascending."""
    amount = (
        reconciliation.statements(today).where(col(AmountStatement.fund_id) == col(Fund.id)).correlate(Fund).limit(1)
    )
    # Plain pence, because a cursor holds only integers and text.
    pence = sa.type_coerce(amount.scalar_subquery(), sa.BigInteger)
    return Order((sa.func.coalesce(pence, 0), SLUG), descending)


def amounts_by(
    session: Session, ids: Sequence[int], as_of: dt.date, today: dt.date
) -> dict[int, list[AmountStatement]]:
    """The statements of the size of each fund that were made by `as_of`, oldest first.

    `today` decides about statements without a date, see `reconciliation.stated_by`.
    """
    owner = col(AmountStatement.fund_id)
    query = relations.select_with_key(owner, AmountStatement).where(owner.in_(relations.IDS))
    query = query.where(reconciliation.stated_by(as_of, today)).order_by(STATED_ON, col(AmountStatement.key))
    return relations.fetch_lists(session, ids, AmountStatement, query)


def size(session: Session, ids: Sequence[int], as_of: dt.date, today: dt.date) -> dict[int, AmountStatement]:
    """The last statement of the size of each fund that was made by `as_of`; absent without one.

    `today` decides about statements without a date, see `reconciliation.stated_by`.
    """
    place = sa.func.row_number().over(partition_by=col(AmountStatement.fund_id), order_by=reconciliation.latest_first())
    ranked = (
        sa.select(AmountStatement, place.label("place"))
        .where(col(AmountStatement.fund_id).in_(ids), reconciliation.stated_by(as_of, today))
        .subquery()
    )
    first = aliased(AmountStatement, ranked)
    return {row.fund_id: row for row in session.scalars(sa.select(first).where(ranked.c.place == 1))}


def of_statements(session: Session, ids: Sequence[int]) -> dict[int, Fund]:
    """The fund that each statement of a size is about."""
    query = sa.select(col(AmountStatement.id), Fund).join(Fund, col(Fund.id) == col(AmountStatement.fund_id))
    return dict(session.execute(query.where(col(AmountStatement.id).in_(ids))).all())
