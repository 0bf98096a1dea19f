"""Questions about discrepancies."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col

from db import relations
from db.columns import Condition
from db.models import Claim, Discrepancy
from db.paging import Order
from db.vocabulary import DiscrepancyKind, DiscrepancyState


def of_kind(kinds: Sequence[DiscrepancyKind]) -> Condition:
    return col(Discrepancy.kind).in_(kinds)


def in_state(states: Sequence[DiscrepancyState]) -> Condition:
    return col(Discrepancy.state).in_(states)


def by_slug() -> Order:
    return Order((col(Discrepancy.slug),))


def of(session: Session, ids: Sequence[int], subject: Any) -> dict[int, list[Discrepancy]]:
    """The discrepancies about each row; `subject` is the column that names the row."""
    return relations.children(session, ids, subject, col(Discrepancy.slug))


def claims(session: Session, ids: Sequence[int]) -> dict[int, list[Claim]]:
    return relations.children(session, ids, col(Claim.discrepancy_id), col(Claim.position))
