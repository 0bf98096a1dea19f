"""Discrepancies between sources, and what each source says."""

import sqlalchemy as sa
from sqlmodel import Field

from db.columns import enum_column, foreign_key
from db.models.base import Entity, exactly_one
from db.vocabulary import DiscrepancyKind, DiscrepancyState

# The foreign keys to what a discrepancy is about: exactly one of them is set.
DISCREPANCY_SUBJECTS = ("strategy_id", "commitment_id", "fund_id", "event_id")


class Discrepancy(Entity, table=True):
    __table_args__ = (exactly_one(DISCREPANCY_SUBJECTS, "one_subject"),)

    slug: str = Field(unique=True)
    kind: DiscrepancyKind = Field(sa_type=enum_column(DiscrepancyKind))
    question: str
    state: DiscrepancyState = Field(sa_type=enum_column(DiscrepancyState))
    explanation: str | None = None
    strategy_id: int | None = foreign_key("strategy.id", nullable=True)
    commitment_id: int | None = foreign_key("commitment.id", nullable=True)
    fund_id: int | None = foreign_key("fund.id", nullable=True)
    event_id: int | None = foreign_key("event.id", nullable=True)


class Claim(Entity, table=True):
    __table_args__ = (
        sa.UniqueConstraint("discrepancy_id", "position"),
        sa.CheckConstraint("paragraph >= 1", name="paragraph"),
    )

    discrepancy_id: int = Field(foreign_key="discrepancy.id")
    position: int
    document_id: int = foreign_key("document.id")
    paragraph: int | None = None
    says: str
    figures: list[str] = Field(default_factory=list, sa_type=sa.JSON, nullable=False)
