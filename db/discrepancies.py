"""Questions about discrepancies."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlmodel import col

from db.columns import Condition
from db.models import Claim, Discrepancy
from db.paging import Order
from db.relations import Relation
from db.vocabulary import DiscrepancyKind, DiscrepancyState


def of_kind(kinds: Sequence[DiscrepancyKind]) -> Condition:
    return col(Discrepancy.kind).in_(kinds)


def in_state(states: Sequence[DiscrepancyState]) -> Condition:
    return col(Discrepancy.state).in_(states)


def by_slug() -> Order:
    return Order((col(Discrepancy.slug),))


@cache
def of(subject: Any) -> Relation[Discrepancy]:
    """The discrepancies about each row; `subject` is the column that names the row."""
    return Relation(Discrepancy, subject, col(Discrepancy.slug))


claims = Relation(Claim, col(Claim.discrepancy_id), col(Claim.position))
