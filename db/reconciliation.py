"""Does the money add up: what was stated, against the parts or the allocations that are known."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.columns import Condition
from db.formatting import pounds
from db.models import Allocation, AmountStatement, Fund
from db.vocabulary import Bound, ReconciliationBasis, ReconciliationState


@dataclass(frozen=True)
class Reconciliation:
    """Sums in pounds. `bound` tells how far `accounted_for` is to be trusted: EXACT unless a sum in it is not."""

    basis: ReconciliationBasis
    stated: Decimal | None
    stated_bound: Bound | None
    accounted_for: Decimal
    bound: Bound
    unknown_sums: int
    state: ReconciliationState

    @property
    def unaccounted(self) -> Decimal | None:
        return None if self.stated is None else self.stated - self.accounted_for

    @property
    def unaccounted_bound(self) -> Bound | None:
        """What is taken from a sum turns its bound round: at least that much given is at most the rest left."""
        turned = {Bound.AT_LEAST: Bound.UP_TO, Bound.UP_TO: Bound.AT_LEAST}.get(self.bound, self.bound)
        if self.stated_bound in (None, Bound.EXACT, turned):
            return None if self.stated_bound is None else turned
        return self.stated_bound if turned is Bound.EXACT else Bound.ABOUT


def stated_by(as_of: dt.date, today: dt.date) -> Condition:
    """A statement without a date counts only today or later: nobody can say that it was made by an earlier day."""
    dated = col(AmountStatement.stated_on) <= as_of
    return dated if as_of < today else dated | col(AmountStatement.stated_on).is_(None)


def latest_first() -> tuple[Any, ...]:
    return (
        sa.func.coalesce(col(AmountStatement.stated_on), dt.date.min).desc(),
        col(AmountStatement.key).desc(),
    )


def statements(today: dt.date) -> sa.Select[Any]:
    """The sums stated by today, the latest first; to be cut down to one fund."""
    return sa.select(col(AmountStatement.amount)).where(stated_by(today, today)).order_by(*latest_first())


def sums(basis: ReconciliationBasis | None = None, ids: Sequence[int] | None = None) -> sa.Subquery:
    """One row a fund: what was stated, and the breakdown: the one asked for, else the parts, else the allocations.

    Of the funds with these ids, if any are given: a database does not see by itself that it need not add up the others.
    """
    part, own = aliased(Fund), aliased(Fund)
    sizes = _sizes(ids)
    parts = (
        _breakdown(col(part.parent_id), sizes.c.amount, sizes.c.bound)
        .select_from(part)
        .join(sizes, sizes.c.fund_id == part.id, isouter=True)
        .where(*_among(part.parent_id, ids))
        .group_by(col(part.parent_id))
        .subquery("parts")
    )
    allocations = (
        _breakdown(col(Allocation.fund_id), col(Allocation.amount), col(Allocation.bound))
        .where(*_among(Allocation.fund_id, ids))
        .group_by(col(Allocation.fund_id))
        .subquery("given")
    )
    chosen: Any = (
        sa.literal(basis.value)
        if basis
        else sa.case(
            (parts.c.number.is_not(None), ReconciliationBasis.PARTS.value),
            (allocations.c.number.is_not(None), ReconciliationBasis.ALLOCATIONS.value),
            else_=ReconciliationBasis.NONE.value,
        )
    )

    def figure(name: str) -> Any:
        return sa.func.coalesce(
            sa.case(
                (chosen == ReconciliationBasis.PARTS.value, parts.c[name]),
                (chosen == ReconciliationBasis.ALLOCATIONS.value, allocations.c[name]),
            ),
            0,
        ).label(name)

    return (
        sa.select(
            col(own.id).label("fund_id"),
            chosen.label("basis"),
            sizes.c.amount.label("stated"),
            sa.cast(sizes.c.bound, sa.String).label("stated_bound"),
            *(figure(name) for name in ("number", "accounted", "unknown", "floors", "ceilings", "rough")),
        )
        .join(sizes, sizes.c.fund_id == own.id, isouter=True)
        .join(parts, parts.c.owner == own.id, isouter=True)
        .join(allocations, allocations.c.owner == own.id, isouter=True)
        .where(*_among(own.id, ids))
        .subquery("sums")
    )


def state(row: sa.Subquery) -> sa.ColumnElement[str]:
    """A judgement only where the sums allow one: a floor is no shortfall, and an unknown sum can only add."""
    left = row.c.stated - row.c.accounted
    no_less = (row.c.ceilings == 0) & (row.c.rough == 0)
    no_more = (row.c.unknown == 0) & (row.c.floors == 0) & (row.c.rough == 0)
    return sa.case(
        (row.c.stated.is_(None), ReconciliationState.NOTHING_STATED.value),
        (row.c.number == 0, ReconciliationState.INCOMPLETE.value),
        ((left == 0) & (row.c.unknown == 0), ReconciliationState.BALANCED.value),
        ((left < 0) & no_less & row.c.stated_bound.in_(["EXACT", "UP_TO"]), ReconciliationState.EXCESS.value),
        ((left > 0) & no_more & row.c.stated_bound.in_(["EXACT", "AT_LEAST"]), ReconciliationState.SHORTFALL.value),
        else_=ReconciliationState.INCOMPLETE.value,
    )


def of_funds(
    session: Session, ids: Sequence[int], basis: ReconciliationBasis | None = None
) -> dict[int, Reconciliation]:
    row = sums(basis, ids)
    query = sa.select(row, state(row).label("state"))
    return {
        found.fund_id: Reconciliation(
            basis=ReconciliationBasis(found.basis),
            stated=None if found.stated is None else pounds(found.stated),
            stated_bound=None if found.stated_bound is None else Bound(found.stated_bound),
            accounted_for=pounds(found.accounted),
            bound=_bound(found.floors + found.unknown + (found.number == 0), found.ceilings, found.rough),
            unknown_sums=int(found.unknown),
            state=ReconciliationState(found.state),
        )
        for found in session.execute(query)
    }


def _among(column: Any, ids: Sequence[int] | None) -> list[Condition]:
    return [] if ids is None else [col(column).in_(ids)]


def _sizes(ids: Sequence[int] | None) -> sa.Subquery:
    """What was said last of the size of each fund, in pence; an undated statement is the earliest."""
    place = sa.func.row_number().over(partition_by=col(AmountStatement.fund_id), order_by=latest_first())
    pence = sa.type_coerce(col(AmountStatement.amount), sa.BigInteger).label("amount")
    every = sa.select(col(AmountStatement.fund_id), pence, col(AmountStatement.bound), place.label("place"))
    if ids is not None:
        parts = sa.select(col(Fund.id)).where(col(Fund.parent_id).in_(ids))
        every = every.where(col(AmountStatement.fund_id).in_(ids) | col(AmountStatement.fund_id).in_(parts))
    ranked = every.subquery()
    return sa.select(ranked.c.fund_id, ranked.c.amount, ranked.c.bound).where(ranked.c.place == 1).subquery("sizes")


def _breakdown(owner: Any, amount: Any, bound: Any) -> sa.Select[Any]:
    def with_bound(word: Bound) -> Any:
        return sa.func.count(sa.case((bound == word, 1)))

    pence = sa.type_coerce(amount, sa.BigInteger)
    return sa.select(
        owner.label("owner"),
        sa.func.count().label("number"),
        sa.func.coalesce(sa.func.sum(pence), 0).label("accounted"),
        (sa.func.count() - sa.func.count(amount)).label("unknown"),
        with_bound(Bound.AT_LEAST).label("floors"),
        with_bound(Bound.UP_TO).label("ceilings"),
        with_bound(Bound.ABOUT).label("rough"),
    )


def _bound(floors: int, ceilings: int, rough: int) -> Bound:
    if rough or (floors and ceilings):
        return Bound.ABOUT
    if floors:
        return Bound.AT_LEAST
    return Bound.UP_TO if ceilings else Bound.EXACT
