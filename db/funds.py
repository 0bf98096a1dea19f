"""Questions about funds: their size, their parts and to whom they went."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import reconciliation, relations
from db.columns import Condition
from db.models import (
    Allocation,
    AmountStatement,
    Commitment,
    CommitmentFund,
    EventFund,
    Fund,
    Organisation,
)
from db.natural_keys import spellings
from db.paging import Order
from db.relations import Relation
from db.text import contains_words
from db.vocabulary import ReconciliationState

# How many funds one may be part of, each within the next: no source tells of more, and each takes a round to read.
DEEPEST = 20
NAME = col(Fund.sort_text)
SLUG = col(Fund.slug)
STATED_ON = sa.func.coalesce(col(AmountStatement.stated_on), dt.date.min)
LARGEST_FIRST = sa.func.coalesce(col(Allocation.amount), 0).desc()


def depth(session: Session, fund: Fund) -> int:
    """How many funds it is part of, each within the next."""
    found = 0
    while fund.parent_id is not None:
        fund, found = session.get_one(Fund, fund.parent_id), found + 1
    return found


def root(wanted: bool) -> Condition:
    return col(Fund.parent_id).is_(None) if wanted else col(Fund.parent_id).is_not(None)


def with_recipient(slugs: Sequence[str]) -> Condition:
    found = sa.select(col(Allocation.fund_id)).join(Organisation, col(Organisation.id) == col(Allocation.recipient_id))
    return col(Fund.id).in_(found.where(col(Organisation.slug).in_(spellings(slugs))))


def with_commitment(refs: Sequence[str]) -> Condition:
    found = sa.select(col(CommitmentFund.fund_id)).join(
        Commitment, col(Commitment.id) == col(CommitmentFund.commitment_id)
    )
    return col(Fund.id).in_(found.where(col(Commitment.ref).in_(spellings(refs))))


def in_state(wanted: Sequence[ReconciliationState]) -> Condition:
    sums = reconciliation.sums()
    found = sa.select(sums.c.fund_id).where(reconciliation.state(sums).in_([word.value for word in wanted]))
    return col(Fund.id).in_(found)


def mentioning(words: Sequence[str]) -> Condition:
    return contains_words(words, col(Fund.search_text))


def by_name(*, descending: bool = False) -> Order:
    return Order((NAME, SLUG), descending)


def by_amount(today: dt.date, *, descending: bool = False) -> Order:
    """Those of which no size was stated come first, ascending."""
    stated = (
        reconciliation.statements(today).where(col(AmountStatement.fund_id) == col(Fund.id)).correlate(Fund).limit(1)
    )
    # As plain pence: a position in the list is carried by a cursor, which holds integers and text.
    pence = sa.type_coerce(stated.scalar_subquery(), sa.BigInteger)
    return Order((sa.func.coalesce(pence, 0), SLUG), descending)


parts = Relation(Fund, col(Fund.parent_id), NAME)
# Every statement of the size of each fund, oldest first; the undated before all others.
amounts = Relation(AmountStatement, col(AmountStatement.fund_id), STATED_ON, col(AmountStatement.key))


def amounts_by(
    session: Session, ids: Sequence[int], as_of: dt.date, today: dt.date
) -> dict[int, list[AmountStatement]]:
    """The same of what had been said by a day."""
    owner = col(AmountStatement.fund_id)
    said = relations.select_with_key(owner, AmountStatement).where(
        owner.in_(relations.IDS), reconciliation.stated_by(as_of, today)
    )
    return relations.fetch_lists(
        session, ids, AmountStatement, said.order_by(STATED_ON, col(AmountStatement.key)), {"ids": ids}
    )


def size(session: Session, ids: Sequence[int], as_of: dt.date, today: dt.date) -> dict[int, AmountStatement]:
    """What was last said of the size of each fund by that day; absent where nothing was."""
    place = sa.func.row_number().over(partition_by=col(AmountStatement.fund_id), order_by=reconciliation.latest_first())
    ranked = (
        sa.select(AmountStatement, place.label("place"))
        .where(col(AmountStatement.fund_id).in_(ids), reconciliation.stated_by(as_of, today))
        .subquery()
    )
    first = aliased(AmountStatement, ranked)
    return {row.fund_id: row for row in session.scalars(sa.select(first).where(ranked.c.place == 1))}


# What each fund gave, largest first; unknown sums last.
allocations = Relation(Allocation, col(Allocation.fund_id), LARGEST_FIRST, col(Allocation.key))
# What each organisation received, by fund.
allocated_to = Relation(Allocation, col(Allocation.recipient_id), col(Allocation.key))
of_commitments = Relation(Fund, CommitmentFund.commitment_id, NAME, target=CommitmentFund.fund_id)
of_events = Relation(Fund, EventFund.event_id, NAME, target=EventFund.fund_id)


def of_statements(session: Session, ids: Sequence[int]) -> dict[int, Fund]:
    """The fund that each statement of a size is about."""
    query = sa.select(col(AmountStatement.id), Fund).join(Fund, col(Fund.id) == col(AmountStatement.fund_id))
    return dict(session.execute(query.where(col(AmountStatement.id).in_(ids))).all())
