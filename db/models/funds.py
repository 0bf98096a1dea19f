"""Funds, statements of their size, and their allocations."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from db.columns import Pounds, enum_column, foreign_key
from db.models.base import Entity, Record, Searchable, all_or_none
from db.vocabulary import GBP, AmountKind, Bound, DatePrecision


class Fund(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("name", "note")
    __table_args__ = (sa.CheckConstraint("parent_id <> id", name="not_its_own_parent"),)

    slug: str = Field(unique=True)
    name: str
    period: str | None = None
    parent_id: int | None = foreign_key("fund.id", nullable=True)
    note: str | None = None


class AmountStatement(Entity, table=True):
    __table_args__ = (
        sa.CheckConstraint("amount > 0", name="amount"),
        all_or_none("stated_on", "precision", name="dated"),
    )

    key: str = Field(unique=True)
    fund_id: int = foreign_key("fund.id")
    kind: AmountKind = Field(sa_type=enum_column(AmountKind))
    amount: Decimal = Field(sa_type=Pounds)
    currency: str = GBP
    bound: Bound = Field(sa_type=enum_column(Bound))
    stated_on: dt.date | None = None
    precision: DatePrecision | None = Field(default=None, sa_type=enum_column(DatePrecision), nullable=True)


class Allocation(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("note",)
    __table_args__ = (
        sa.UniqueConstraint("fund_id", "recipient_id"),
        sa.CheckConstraint("amount > 0", name="amount"),
        all_or_none("amount", "bound", name="money"),
    )

    # The slugs of the fund and the recipient: the same allocation has the same key in every database.
    key: str = Field(unique=True)
    fund_id: int = Field(foreign_key="fund.id")
    recipient_id: int = foreign_key("organisation.id")
    amount: Decimal | None = Field(default=None, sa_type=Pounds, nullable=True)
    currency: str = GBP
    bound: Bound | None = Field(default=None, sa_type=enum_column(Bound), nullable=True)
    # The recipient gives it to others, who are not on record here.
    passes_on: bool = Field(default=False, nullable=False, sa_column_kwargs={"server_default": sa.text("false")})
    period: str | None = None
    note: str | None = None


class CommitmentFund(Record, table=True):
    commitment_id: int = Field(foreign_key="commitment.id", primary_key=True)
    fund_id: int = foreign_key("fund.id", primary_key=True)


class EventFund(Record, table=True):
    event_id: int = Field(foreign_key="event.id", primary_key=True)
    fund_id: int = foreign_key("fund.id", primary_key=True)
