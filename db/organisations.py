"""Questions about organisations."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache, partial

import sqlalchemy as sa
from sqlmodel import Session, col

from db.answer_cache import cache_answers
from db.columns import Column, Condition
from db.conditions import RelatedText, contains_words, one_of
from db.formatting import pounds
from db.inclusion import is_included
from db.models import Allocation, Area, AreaOrganisation, CommitmentLead, Document, EventHost, Organisation, Participant
from db.paging import Order
from db.reconciliation import bound_of
from db.statements import KEYS, Statement, among
from db.vocabulary import Bound, OrganisationRole
from db.within import has_body

of_kind = partial(one_of, Organisation.kind)
in_areas = partial(has_body, Organisation.id)
# The names of the areas that they stand in.
AREAS = (RelatedText(Organisation.id, AreaOrganisation.organisation_id, Area.search_text, AreaOrganisation.area_id),)
mentioning = partial(contains_words, Organisation.search_text, related=AREAS)
# The foreign keys by which rows give an organisation a role.
ROLES: dict[OrganisationRole, Column] = {
    OrganisationRole.LEAD: CommitmentLead.organisation_id,
    OrganisationRole.RECIPIENT: Allocation.recipient_id,
    OrganisationRole.HOST: EventHost.organisation_id,
    OrganisationRole.PARTICIPANT: Participant.organisation_id,
    OrganisationRole.PUBLISHER: Document.publisher_id,
    OrganisationRole.CARRIER: Document.via_id,
}
SLUG = col(Organisation.slug)
by_name = partial(Order, (col(Organisation.sort_text), SLUG))
PENCE = sa.type_coerce(col(Allocation.amount), sa.BigInteger)


def in_roles(roles: Sequence[OrganisationRole]) -> Condition:
    return sa.or_(sa.false(), *(col(Organisation.id).in_(sa.select(col(ROLES[role]))) for role in roles))


def by_allocated(*, descending: bool = False) -> Order:
    """By what `allocated` has of each. Those of which no sum is known come first, ascending."""
    # Added up once for all: the order is asked for the sum of each, and a later page for that of each again.
    sums: sa.Select[int, int] = sa.select(col(Allocation.recipient_id).label("id"), sa.func.sum(PENCE).label("total"))
    each = sums.where(~is_included()).group_by(col(Allocation.recipient_id)).cte("sums")
    total = sa.select(each.c.total).where(each.c.id == col(Organisation.id)).correlate(Organisation).scalar_subquery()
    sum_ = sa.func.coalesce(total, 0)
    return Order((sa.cast(sum_, sa.BigInteger), SLUG), descending)


@cache_answers
def roles(session: Session, ids: Sequence[int]) -> dict[int, list[OrganisationRole]]:
    """What each does in the record."""
    pairs = {(id, role) for id, role in _roles().ask(session, {"ids": ids})}
    return {id: [role for role in OrganisationRole if (id, role) in pairs] for id in ids}


@cache_answers
def allocated(session: Session, ids: Sequence[int]) -> dict[int, tuple[Decimal, Bound]]:
    """The sum in pounds of the known allocations to each that has any, and how the sources qualify it.

    An allocation from a part of a fund is left out where there is one from a fund around it: that includes it.
    """
    rows = _allocated().ask(session, {"ids": ids})
    return {id: (pounds(total), bound_of(*numbers)) for id, total, *numbers in rows if total is not None}


@lru_cache
def _roles() -> Statement:
    queries: list[sa.Select[int, str]] = [
        sa.select(col(column).label("id"), sa.literal(role.value)).where(among(col(column), KEYS)).distinct()
        for role, column in ROLES.items()
    ]
    return Statement(sa.union_all(*queries))


@lru_cache
def _allocated() -> Statement:
    bound = col(Allocation.bound)
    # Where a sum is not known, the others are the least.
    bounds = (bound.is_(None) | (bound == Bound.AT_LEAST), bound == Bound.UP_TO, bound == Bound.ABOUT)
    counts = [sa.func.count(sa.case((condition, 1))) for condition in bounds]
    query = (
        sa.select(col(Allocation.recipient_id), sa.func.sum(PENCE), *counts)
        .where(among(col(Allocation.recipient_id), KEYS), ~is_included())
        .group_by(col(Allocation.recipient_id))
    )
    return Statement(query)
