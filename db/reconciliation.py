"""Does the money add up: what was stated, against the parts or the allocations that are known."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.columns import Column, Condition
from db.formatting import pounds
from db.models import Allocation, AmountStatement, Fund
from db.queries import Make, Query, Question
from db.statements import KEYS, RawRow, Statement, among
from db.vocabulary import Bound, ReconciliationBasis, ReconciliationState

# The columns of a breakdown: how many parts or allocations there are, their sum in pence, how many have no known sum,
# and how many have a bound of each kind.
FIGURES = ("number", "accounted", "unknown", "at_least", "up_to", "about")
PARTS, ALLOCATIONS = ReconciliationBasis.PARTS, ReconciliationBasis.ALLOCATIONS
AS_OF: sa.BindParameter[dt.date] = sa.bindparam("as_of")
Day = dt.date | sa.BindParameter[dt.date]
# A statement without a date is the earliest.
OLDEST_FIRST = (sa.func.coalesce(col(AmountStatement.stated_on), dt.date.min), col(AmountStatement.key))
NEWEST_FIRST = tuple(column.desc() for column in OLDEST_FIRST)


@dataclass(frozen=True)
class Reconciliation:
    """Sums in pounds. `bound` is that of `accounted_for`: EXACT unless a sum in it is not."""

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
        """To subtract a sum reverses its bound: with at least that much accounted for, at most the rest is left."""
        reversed_bound = {Bound.AT_LEAST: Bound.UP_TO, Bound.UP_TO: Bound.AT_LEAST}.get(self.bound, self.bound)
        if self.stated_bound in (None, Bound.EXACT, reversed_bound):
            return None if self.stated_bound is None else reversed_bound
        return self.stated_bound if reversed_bound is Bound.EXACT else Bound.ABOUT


NOTHING = Reconciliation(
    basis=ReconciliationBasis.NONE,
    stated=None,
    stated_bound=None,
    accounted_for=Decimal(0),
    bound=Bound.AT_LEAST,
    unknown_sums=0,
    state=ReconciliationState.NOTHING_STATED,
)


def stated_until(as_of: dt.date, today: dt.date) -> Condition:
    """A statement without a date counts only if `as_of` is today or later: it may not be older than that."""
    return stated_by(as_of, is_past=as_of < today)


def stated_by(as_of: Day, *, is_past: bool) -> Condition:
    dated = col(AmountStatement.stated_on) <= as_of
    return dated if is_past else dated | col(AmountStatement.stated_on).is_(None)


def sums(as_of: Day, *, is_past: bool, basis: ReconciliationBasis | None = None, by_key: bool = False) -> sa.Subquery:
    """One row for each fund: `fund_id`, `basis`, `stated` in pence, `stated_bound`, and the `FIGURES` of its breakdown.

    Sizes are those that were stated by `as_of`; allocations have no day. The breakdown is that of `basis`, or by the
    parts if there are any, or by the allocations. With `by_key`, the funds are those of `KEYS`: a database does not see
    by itself that it need not add up the others.
    """
    own = aliased(Fund)
    by_parts, by_allocations = (basis in (None, each) for each in (PARTS, ALLOCATIONS))
    sizes = _sizes(as_of, is_past=is_past, by_key=by_key, of_parts=by_parts)
    breakdowns = {
        **({PARTS: _by_parts(sizes, by_key=by_key)} if by_parts else {}),
        **({ALLOCATIONS: _by_allocations(by_key=by_key)} if by_allocations else {}),
    }
    basis_value: sa.ColumnElement[str] = (
        sa.literal(basis.value)
        if basis
        else sa.case(
            *((breakdown.c.number.is_not(None), each.value) for each, breakdown in breakdowns.items()),
            else_=ReconciliationBasis.NONE.value,
        )
    )

    def figure(name: str) -> sa.ColumnElement[int]:
        # No figure of a breakdown is null, so that of a fund with both the first one counts.
        figures = [breakdown.c[name] for breakdown in breakdowns.values()]
        return (sa.func.coalesce(*figures, 0) if figures else sa.literal(0)).label(name)

    query = sa.select(
        col(own.id).label("fund_id"),
        basis_value.label("basis"),
        sizes.c.amount.label("stated"),
        sa.cast(sizes.c.bound, sa.String).label("stated_bound"),
        *map(figure, FIGURES),
    ).join(sizes, sizes.c.fund_id == own.id, isouter=True)
    for breakdown in breakdowns.values():
        query = query.join(breakdown, breakdown.c.owner == own.id, isouter=True)
    return query.where(*_of_keys(own.id, by_key=by_key)).subquery("sums")


def state(row: sa.Subquery) -> sa.ColumnElement[str]:
    """The state of each row of `sums`. AT_LEAST is no shortfall, and an unknown sum can only add."""
    left = row.c.stated - row.c.accounted
    no_less = (row.c.up_to == 0) & (row.c.about == 0)
    no_more = (row.c.unknown == 0) & (row.c.at_least == 0) & (row.c.about == 0)
    return sa.case(
        (row.c.stated.is_(None), ReconciliationState.NOTHING_STATED.value),
        (row.c.number == 0, ReconciliationState.INCOMPLETE.value),
        ((left == 0) & (row.c.unknown == 0), ReconciliationState.BALANCED.value),
        ((left < 0) & no_less & row.c.stated_bound.in_(["EXACT", "UP_TO"]), ReconciliationState.EXCESS.value),
        ((left > 0) & no_more & row.c.stated_bound.in_(["EXACT", "AT_LEAST"]), ReconciliationState.SHORTFALL.value),
        else_=ReconciliationState.INCOMPLETE.value,
    )


@Question
def of_funds(
    ids: Sequence[int], as_of: dt.date, today: dt.date, basis: ReconciliationBasis | None = None
) -> Query[dict[int, Reconciliation]]:
    def collect(rows: Sequence[RawRow], _: Make) -> dict[int, Reconciliation]:
        # Of a fund that is not on record yet, nothing is.
        return dict.fromkeys(ids, NOTHING) | {id: _reconciliation(*values) for id, *values in rows}

    return Query(_of_funds(as_of < today, basis), {"ids": ids, "as_of": as_of}, None, collect)


@lru_cache(maxsize=16)
def _of_funds(is_past: bool, basis: ReconciliationBasis | None) -> Statement:
    row = sums(AS_OF, is_past=is_past, basis=basis, by_key=True)
    return Statement(sa.select(row, state(row).label("state")))


def _reconciliation(
    basis: str,
    stated: int | None,
    stated_bound: str | None,
    number: int,
    accounted: int,
    unknown: int,
    at_least: int,
    up_to: int,
    about: int,
    state: str,
) -> Reconciliation:
    """From a row of `sums`, and its state."""
    return Reconciliation(
        basis=ReconciliationBasis(basis),
        stated=None if stated is None else pounds(stated),
        stated_bound=None if stated_bound is None else Bound(stated_bound),
        accounted_for=pounds(accounted),
        bound=bound_of(at_least + unknown + (number == 0), up_to, about),
        unknown_sums=int(unknown),
        state=ReconciliationState(state),
    )


def _of_keys(column: Column, *, by_key: bool) -> list[Condition]:
    return [among(col(column), KEYS)] if by_key else []


def _sizes(as_of: Day, *, is_past: bool, by_key: bool, of_parts: bool) -> sa.Subquery:
    """The last statement by `as_of` of the size of each fund: `fund_id`, `amount` in pence, `bound`. With `by_key`, the
    funds are those of `KEYS`, and if `of_parts` their parts, too."""
    place = sa.func.row_number().over(partition_by=col(AmountStatement.fund_id), order_by=NEWEST_FIRST)
    pence = sa.type_coerce(col(AmountStatement.amount), sa.BigInteger).label("amount")
    query = sa.select(col(AmountStatement.fund_id), pence, col(AmountStatement.bound), place.label("place"))
    query = query.where(stated_by(as_of, is_past=is_past))
    if by_key:
        parts = sa.select(col(Fund.id)).where(among(col(Fund.parent_id), KEYS))
        own = among(col(AmountStatement.fund_id), KEYS)
        query = query.where(own | col(AmountStatement.fund_id).in_(parts) if of_parts else own)
    ranked = query.subquery()
    return sa.select(ranked.c.fund_id, ranked.c.amount, ranked.c.bound).where(ranked.c.place == 1).subquery("sizes")


def _by_parts(sizes: sa.Subquery, *, by_key: bool) -> sa.Subquery:
    part = aliased(Fund)
    query = _breakdown(col(part.parent_id), sizes.c.amount, sizes.c.bound).select_from(part)
    query = query.join(sizes, sizes.c.fund_id == part.id, isouter=True).where(*_of_keys(part.parent_id, by_key=by_key))
    return query.group_by(col(part.parent_id)).subquery("parts")


def _by_allocations(*, by_key: bool) -> sa.Subquery:
    query = _breakdown(col(Allocation.fund_id), col(Allocation.amount), col(Allocation.bound))
    query = query.where(*_of_keys(Allocation.fund_id, by_key=by_key))
    return query.group_by(col(Allocation.fund_id)).subquery("allocations")


def _breakdown(owner: Column, amount: Column, bound: Column) -> sa.Select[Any]:
    """The `FIGURES` for each `owner`."""

    def with_bound(value: Bound) -> sa.ColumnElement[int]:
        return sa.func.count(sa.case((bound == value, 1))).label(value.lower())

    pence = sa.type_coerce(amount, sa.BigInteger)
    return sa.select(
        owner.label("owner"),
        sa.func.count().label("number"),
        sa.func.coalesce(sa.func.sum(pence), 0).label("accounted"),
        (sa.func.count() - sa.func.count(amount)).label("unknown"),
        *map(with_bound, (Bound.AT_LEAST, Bound.UP_TO, Bound.ABOUT)),
    )


def bound_of(at_least: int, up_to: int, about: int) -> Bound:
    """The bound of a sum of numbers, so many of which have each bound."""
    if about or (at_least and up_to):
        return Bound.ABOUT
    if at_least:
        return Bound.AT_LEAST
    return Bound.UP_TO if up_to else Bound.EXACT
