"""Questions about funds: their size, their parts and their recipients."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache, partial

import sqlalchemy as sa
from sqlmodel import Session, col

from db import reconciliation
from db.columns import Condition
from db.conditions import RelatedText, contains_words, has_value, linked_to, references
from db.inclusion import is_included, is_widest
from db.models import (
    Allocation,
    AmountStatement,
    Area,
    AreaOrganisation,
    Citation,
    CommitmentFund,
    EventFund,
    Fund,
    Organisation,
)
from db.paging import Order
from db.queries import Make, Query, Question, map_by_last
from db.reconciliation import AS_OF, NEWEST_FIRST, OLDEST_FIRST, stated_by, stated_until
from db.relations import Relation
from db.rows import row_type
from db.statements import KEYS, RawRow, Statement, among
from db.vocabulary import AreaKind, ReconciliationState
from db.within import has_body

# How many funds one may be part of, each within the next: no source tells of more, and each takes a round to read.
MAX_DEPTH = 20
NAME = col(Fund.sort_text)
SLUG = col(Fund.slug)
LARGEST_FIRST = sa.func.coalesce(col(Allocation.amount), 0).desc()

with_recipient = partial(linked_to, Allocation.fund_id, Allocation.recipient_id)
with_commitment = partial(linked_to, CommitmentFund.fund_id, CommitmentFund.commitment_id)
# The names of recipients, and what is noted of what each got.
RECIPIENTS = (
    RelatedText(Fund.id, Allocation.fund_id, Organisation.search_text, Allocation.recipient_id),
    RelatedText(Fund.id, Allocation.fund_id, Allocation.search_text),
)
mentioning = partial(contains_words, Fund.search_text, related=RECIPIENTS)
allocation_citing = partial(linked_to, Citation.allocation_id, Citation.document_id)
from_funds = partial(references, Allocation.fund_id)
to_recipients = partial(references, Allocation.recipient_id)
to_areas = partial(has_body, Allocation.recipient_id)
sum_known = partial(has_value, Allocation.amount)
by_name = partial(Order, (NAME, SLUG))
by_key = partial(Order, (col(Allocation.key),))

parts = Relation(Fund, Fund.parent_id, NAME)
# Every statement of the size of each fund, oldest first.
amounts = Relation(AmountStatement, AmountStatement.fund_id, *OLDEST_FIRST)
# The allocations from each fund, largest first; unknown sums last.
allocations = Relation(Allocation, Allocation.fund_id, LARGEST_FIRST, Allocation.key)
# The allocations to each organisation, by fund.
allocated_to = Relation(Allocation, Allocation.recipient_id, Allocation.key)
of_commitments = Relation(Fund, CommitmentFund.commitment_id, NAME, target=CommitmentFund.fund_id)
AMOUNTS_BY = {
    is_past: Relation(
        AmountStatement, AmountStatement.fund_id, *OLDEST_FIRST, where=[stated_by(AS_OF, is_past=is_past)]
    )
    for is_past in (True, False)
}
of_events = Relation(Fund, EventFund.event_id, NAME, target=EventFund.fund_id)


def wholes(session: Session, fund: Fund) -> list[Fund]:
    """The funds that a fund is part of, each within the next."""
    funds: list[Fund] = []
    while fund.parent_id is not None:
        fund = session.get_one(Fund, fund.parent_id)
        funds.append(fund)
    return funds


def levels(session: Session, fund: Fund) -> int:
    """How many funds stand within each other here, from this one down."""
    within = session.scalars(sa.select(Fund).where(col(Fund.parent_id) == fund.id)).all()
    return 1 + max((levels(session, part) for part in within), default=0)


def root(wanted: bool) -> Condition:
    return has_value(Fund.parent_id, not wanted)


def citing(documents: Sequence[str]) -> Condition:
    """Whether it cites one of these documents, or a statement of its size or an allocation does."""
    stated = sa.select(col(AmountStatement.fund_id)).where(
        linked_to(Citation.amount_statement_id, Citation.document_id, documents)
    )
    given = sa.select(col(Allocation.fund_id)).where(allocation_citing(documents))
    own = linked_to(Citation.fund_id, Citation.document_id, documents)
    return own | col(Fund.id).in_(stated) | col(Fund.id).in_(given)


def given_in(areas: Sequence[str]) -> Condition:
    return col(Fund.id).in_(sa.select(col(Allocation.fund_id)).where(to_areas(areas)))


def shared_by(kinds: Sequence[AreaKind]) -> Condition:
    """Whether areas of these kinds have shares of a fund: see `db.shares`."""
    given = (
        sa.select(col(Allocation.fund_id))
        .join(AreaOrganisation, col(AreaOrganisation.organisation_id) == col(Allocation.recipient_id))
        .join(Area, col(Area.id) == col(AreaOrganisation.area_id))
        .where(col(Area.kind).in_(kinds))
    )
    return col(Fund.id).in_(given) & is_widest()


def in_state(wanted: Sequence[ReconciliationState], as_of: dt.date, today: dt.date) -> Condition:
    sums = reconciliation.sums(as_of, is_past=as_of < today)
    states = reconciliation.state(sums).in_([state.value for state in wanted])
    return col(Fund.id).in_(sa.select(sums.c.fund_id).where(states))


def by_amount(as_of: dt.date, today: dt.date, *, descending: bool = False) -> Order:
    """Funds without a stated size come first, ascending."""
    amount = sa.select(col(AmountStatement.amount)).where(col(AmountStatement.fund_id) == col(Fund.id))
    amount = amount.where(stated_until(as_of, today)).order_by(*NEWEST_FIRST).limit(1).correlate(Fund)
    # Plain pence, because a cursor holds only integers and text.
    pence = sa.type_coerce(amount.scalar_subquery(), sa.BigInteger)
    return Order((sa.func.coalesce(pence, 0), SLUG), descending)


@Question
def amounts_by(ids: Sequence[int], as_of: dt.date, today: dt.date) -> Query[dict[int, list[AmountStatement]]]:
    """The statements of the size of each fund that were made by `as_of`, oldest first.

    `today` decides about statements without a date, see `reconciliation.stated_until`.
    """
    return AMOUNTS_BY[as_of < today].query(ids, {"as_of": as_of})


@Question
def size(ids: Sequence[int], as_of: dt.date, today: dt.date) -> Query[dict[int, AmountStatement]]:
    """The last of these statements of each fund; absent without one."""
    # Of the rows of a key, the last one stays.
    return Query(AMOUNTS_BY[as_of < today].statement, {"ids": ids, "as_of": as_of}, AmountStatement, map_by_last)


@Question
def of_statements(ids: Sequence[int]) -> Query[dict[int, Fund]]:
    """The fund that each statement of a size is about."""
    return Query(_of_statements(), {"ids": ids}, Fund, map_by_last)


@Question
def included(ids: Sequence[int]) -> Query[dict[int, bool]]:
    """Of each allocation, whether a known one to the same recipient from a fund around includes it."""

    def collect(rows: Sequence[RawRow], _: Make) -> dict[int, bool]:
        return dict.fromkeys(ids, False) | {id: True for [id] in rows}

    return Query(_included(), {"ids": ids}, None, collect)


@lru_cache
def _of_statements() -> Statement:
    id = col(AmountStatement.id)
    query = sa.select(*row_type(Fund).columns, id.label("key_"))
    return Statement(query.join(Fund, col(Fund.id) == col(AmountStatement.fund_id)).where(among(id, KEYS)))


@lru_cache
def _included() -> Statement:
    query = sa.select(col(Allocation.id)).where(among(col(Allocation.id), KEYS), is_included())
    # It walks up from every fund, whichever allocations are asked about.
    return Statement(query, is_cacheable=True)
