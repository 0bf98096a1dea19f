"""Organisations, documents, citations of their paragraphs, and where they disagree."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from db.columns import enum_column, foreign_key
from db.models.base import Entity, Searchable, one_subject
from db.vocabulary import DiscrepancyKind, DiscrepancyState, DocumentKind, OrganisationKind


class Organisation(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("name",)

    slug: str = Field(unique=True)
    name: str = Field(unique=True)
    kind: OrganisationKind = Field(sa_type=enum_column(OrganisationKind))


class Document(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("title", "note", "original_title")

    slug: str = Field(unique=True)
    title: str
    publisher_id: int | None = foreign_key("organisation.id", nullable=True)
    published_on: dt.date | None = None
    # In the words of the publisher.
    original_title: str | None = None
    url: str | None = Field(default=None, unique=True)
    # Where the publisher has it, if `url` is a copy elsewhere.
    official_url: str | None = None
    # Where an archive of the web has it.
    archived_url: str | None = None
    kind: DocumentKind = Field(sa_type=enum_column(DocumentKind))
    via_id: int | None = foreign_key("organisation.id", nullable=True)
    note: str | None = None
    # What was read of it, in words, where that is not the whole.
    read_part: str | None = None
    # Of a seed document: the name of its file, and the digests of its heading and paragraphs.
    file: str | None = None
    digests: list[str] = Field(
        default_factory=list, sa_type=sa.JSON, nullable=False, sa_column_kwargs={"server_default": "[]"}
    )

    @property
    def paragraphs(self) -> int:
        return len(self.digests) - 1


class Citation(Entity, table=True):
    """A status update, an amount and an allocation have one citation each; the others any number."""

    # The foreign keys to what it supports: exactly one of them is set.
    SUBJECTS: ClassVar[Sequence[str]] = (
        "strategy_id", "commitment_id", "status_update_id", "fund_id", "amount_statement_id", "allocation_id",
        "event_id", "area_id", "term_id",
    )  # fmt: skip
    __table_args__ = (
        one_subject(SUBJECTS),
        sa.CheckConstraint("paragraph >= 1", name="paragraph"),
    )

    # See `natural_keys.citation`: the same citation has the same key in every database.
    key: str = Field(unique=True)
    document_id: int = foreign_key("document.id")
    paragraph: int | None = None
    # The place in a document without numbered paragraphs: a page, a column, an answer.
    locator: str | None = None
    figures: list[str] = Field(default_factory=list, sa_type=sa.JSON, nullable=False)
    note: str | None = None
    strategy_id: int | None = foreign_key("strategy.id", nullable=True)
    commitment_id: int | None = foreign_key("commitment.id", nullable=True)
    status_update_id: int | None = foreign_key("status_update.id", nullable=True, unique=True)
    fund_id: int | None = foreign_key("fund.id", nullable=True)
    amount_statement_id: int | None = foreign_key("amount_statement.id", nullable=True, unique=True)
    allocation_id: int | None = foreign_key("allocation.id", nullable=True, unique=True)
    event_id: int | None = foreign_key("event.id", nullable=True)
    area_id: int | None = foreign_key("area.id", nullable=True)
    term_id: int | None = foreign_key("term.id", nullable=True)


class Discrepancy(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("question", "explanation")
    # The foreign keys to what it is about: exactly one of them is set.
    SUBJECTS: ClassVar[Sequence[str]] = ("strategy_id", "commitment_id", "fund_id", "event_id")
    __table_args__ = (one_subject(SUBJECTS),)

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
    locator: str | None = None
    says: str
    figures: list[str] = Field(default_factory=list, sa_type=sa.JSON, nullable=False)
