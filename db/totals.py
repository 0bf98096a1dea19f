"""Sums of allocations, with no pound added twice: what is in a known sum from the whole, and what may be the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa
from sqlmodel import Session, col

from db.columns import Condition
from db.formatting import pounds
from db.forms import statement_of
from db.fund_tree import FundTree
from db.models import Allocation
from db.reconciliation import bound_of
from db.vocabulary import Bound


@dataclass(frozen=True, slots=True)
class Total:
    """`amount` and `bound` are None where no sum is known.

    `may_overlap`: whether sums were left out as perhaps the same money.
    """

    amount: Decimal | None
    bound: Bound | None
    unknown_sums: int
    may_overlap: bool


class Sum(NamedTuple):
    """A sum, how many allocations in it are unknown or inexact, and how many sums were left out of it."""

    pence: int = 0
    unknown: int = 0
    at_least: int = 0
    up_to: int = 0
    about: int = 0
    left_out: int = 0


# What each body got from each fund.
Received: TypeAlias = Mapping[int, Mapping[int, Sum]]


def allocations(session: Session, *wanted: Condition) -> Sequence[Any]:
    """The recipient, the fund, the sum in pence and its bound of each allocation that meets the conditions."""
    statement, params = statement_of(_allocations, wanted)
    return statement.ask(session, params)


def _allocations(wanted: Sequence[Condition]) -> sa.Select[*tuple[Any, ...]]:
    pence = sa.type_coerce(col(Allocation.amount), sa.BigInteger).label("pence")
    bound = sa.cast(col(Allocation.bound), sa.String).label("bound")
    query = sa.select(col(Allocation.recipient_id), col(Allocation.fund_id), pence, bound)
    return query.where(*wanted)


def received_by(rows: Sequence[Any], funds: FundTree, around: Mapping[int, int] | None = None) -> Received:
    """What came from a part of a fund is in a known sum from the whole. `around` has the fund that each counts for."""
    received: defaultdict[int, dict[int, Sum]] = defaultdict(dict)
    for recipient, fund, pence, bound in not_included(rows, funds):
        of_body, key = received[recipient], around[fund] if around else funds.widest(fund)
        one = sum_of(pence, bound)
        of_body[key] = add((of_body[key], one)) if key in of_body else one
    return received


def not_included(rows: Sequence[Any], funds: FundTree) -> list[Any]:
    """The allocations that are in no known sum, among the others, to the same recipient from a fund around."""
    known = {(recipient, fund) for recipient, fund, pence, _ in rows if pence is not None}
    return [row for row in rows if not any((row[0], fund) in known for fund in funds.around(row[1]))]


def sum_of(pence: int | None, bound: str | None) -> Sum:
    """The sum of one allocation."""
    if pence is None:
        return Sum(unknown=1)
    return Sum(pence, 0, bound == Bound.AT_LEAST, bound == Bound.UP_TO, bound == Bound.ABOUT)


def add(sums: Iterable[Sum]) -> Sum:
    return Sum(*map(sum, zip(*sums, strict=True)))


def largest(sums: Sequence[Sum]) -> Sum:
    """The largest of sums that may be the same money, with all that is unknown."""
    if len(sums) == 1:
        return sums[0]
    most = max(sums)
    left_out = sum(one.left_out + (one.pence > 0) for one in sums) - (most.pence > 0)
    return most._replace(unknown=sum(one.unknown for one in sums), left_out=left_out)


def total(sum: Sum) -> Total:
    more, is_known = sum.at_least + sum.unknown + sum.left_out, sum.pence > 0
    return Total(
        amount=pounds(sum.pence) if is_known else None,
        bound=bound_of(more, sum.up_to, sum.about) if is_known else None,
        unknown_sums=sum.unknown,
        may_overlap=sum.left_out > 0,
    )
