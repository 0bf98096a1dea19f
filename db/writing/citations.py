"""The citation of a statement: correcting where it comes from, and withdrawing one of several sources."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from pydantic import Field
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from db.clock import first_day
from db.columns import Column
from db.models import (
    Allocation,
    AmountStatement,
    Area,
    Change,
    Citation,
    Commitment,
    Document,
    Event,
    Fund,
    StatusUpdate,
)
from db.models.base import Base, Entity
from db.natural_keys import SUBJECT_COLUMNS, natural_key, subject_of
from db.vocabulary import DocumentKind, ProblemCode
from db.writing.base import Draft
from db.writing.corrections import Correction, log_correction, set_values
from db.writing.inputs import Count, Line, Lines, Prose, Slug
from db.writing.sources import AddDocumentInput, CitationInput, ValidCitation, resolve_citation
from db.writing.withdrawals import Withdrawal, Withdrawn, log_withdrawal, remove

# The path of the citation.
PATH = "citation"
# What is never without a source. A commitment is one of them once it is identified.
CITED = (Commitment, Event, Area, StatusUpdate, AmountStatement, Allocation)


class CitationField(StrEnum):
    PARAGRAPH = "PARAGRAPH"
    LOCATOR = "LOCATOR"
    NOTE = "NOTE"


class CorrectCitationInput(Correction):
    document: Slug | None = None
    new_document: AddDocumentInput | None = None
    paragraph: Count | None = None
    locator: Line | None = None
    figures: Lines | None = None
    note: Prose | None = None
    clear: list[CitationField] = Field(default_factory=list)


class WithdrawCitationInput(Withdrawal):
    """The citation is named by its id."""


def citation_of(draft: Draft, column: Column, row: Entity) -> ValidCitation | None:
    """The only citation of a row, given the foreign key that points to it."""
    query = select(Citation, Document).join(Document).where(col(column) == row.id)
    result = draft.session.exec(query).one_or_none()
    if result is None:
        return None
    citation, document = result
    values = citation.paragraph, citation.figures, citation.note, citation.locator
    return ValidCitation(draft, document.slug, document.published_on, lambda: document, *values)


def correct_citation(draft: Draft, data: CorrectCitationInput, key: str | None) -> tuple[Citation, Change]:
    data.check(draft)
    row = draft.get(Citation, key, PATH)
    subject = draft.session.get_one(*subject_of(Citation, row))
    document = draft.session.get_one(Document, row.document_id)
    values: dict[str, Any] = {
        "paragraph": row.paragraph, "locator": row.locator, "figures": row.figures, "document": document.slug,
    }  # fmt: skip
    if data.is_given("document") or data.is_given("new_document"):
        # What stood in one document does not stand in another.
        values = {"document": data.document, "new_document": data.new_document}
    values |= {"note": row.note} | data.given("paragraph", "locator", "figures", "note")
    # A value that has a problem would be taken for one that is left out.
    citation = resolve_citation(draft, CitationInput(**values)) if draft.is_valid() else None
    if citation:
        same = (
            _siblings(row)
            .join(Document)
            .where(
                col(Document.slug) == citation.slug, col(Citation.paragraph).is_not_distinct_from(citation.paragraph)
            )
        )
        if existing := draft.session.exec(same.limit(1)).one_or_none():
            draft.problem(ProblemCode.DUPLICATE, f"{citation} is cited there already.", "document", existing=existing)
        match subject:
            case StatusUpdate():
                citation.require_not_before(first_day(subject.effective_on, subject.precision), "document")
            case AmountStatement() if subject.stated_on and subject.precision:
                citation.require_not_before(first_day(subject.stated_on, subject.precision), "document")
    draft.raise_if_rejected()
    assert citation
    before = _sentence(draft, subject, document, row)
    new = {"paragraph": citation.paragraph, **_remarks(citation)}
    set_values(draft, row, new | {"document_id": citation.document().id})
    others = [other for other in (document, citation.document()) if other.kind is DocumentKind.RECORD]
    return row, log_correction(draft, data, before, row, followed(draft, subject), *others)


def withdraw_citation(draft: Draft, data: WithdrawCitationInput, key: str | None) -> Withdrawn:
    row = draft.get(Citation, key, PATH)
    subject = draft.session.get_one(*subject_of(Citation, row))
    document = draft.session.get_one(Document, row.document_id)
    must_be_cited = subject.identified if isinstance(subject, Commitment) else isinstance(subject, CITED)
    if must_be_cited and draft.session.exec(_siblings(row).limit(1)).one_or_none() is None:
        message = "It is the only source of what it supports: correct it, or withdraw that."
        draft.reject(ProblemCode.CONFLICT, message, PATH, existing=followed(draft, subject))
    draft.raise_if_rejected()
    sentence = _sentence(draft, subject, document, row)
    remove(draft, row)
    documents = [document] if document.kind is DocumentKind.RECORD else []
    return {}, log_withdrawal(draft, data, sentence, followed(draft, subject), *documents)


def replace_citations(draft: Draft, subject: Entity, wanted: Sequence[ValidCitation]) -> None:
    """Makes these the sources of a subject. One that is cited already, with the same paragraph, stays."""
    column = getattr(Citation, SUBJECT_COLUMNS[Citation][type(subject)])
    query = select(Citation, Document.slug).join(Document).where(column == subject.id).order_by(col(Citation.key))
    existing = {(slug, row.paragraph): row for row, slug in draft.session.exec(query)}
    places = [(citation.slug, citation.paragraph) for citation in wanted]
    for place, row in existing.items():
        if place not in places:
            draft.remove(row)
    for place, citation in zip(places, wanted, strict=True):
        if place in existing:
            set_values(draft, existing[place], _remarks(citation))
        else:
            citation.cite(subject)


def _remarks(citation: ValidCitation) -> dict[str, Any]:
    """The columns that are not part of what two citations are told apart by."""
    return {"locator": citation.locator, "figures": list(citation.figures), "note": citation.note}


def followed(draft: Draft, subject: Base) -> Base:
    """What readers follow of the subject of a citation: of a statement, what it is about."""
    match subject:
        case StatusUpdate():
            return draft.session.get_one(Commitment, subject.commitment_id)
        case AmountStatement() | Allocation():
            return draft.session.get_one(Fund, subject.fund_id)
    return subject


def _siblings(row: Citation) -> SelectOfScalar[Citation]:
    """The other citations of the same subject."""
    kind, id = subject_of(Citation, row)
    column = getattr(Citation, SUBJECT_COLUMNS[Citation][kind])
    return select(Citation).where(column == id, col(Citation.id) != row.id)


def _sentence(draft: Draft, subject: Base, document: Document, row: Citation) -> str:
    place = document.slug if row.paragraph is None else f"{document.slug}, paragraph {row.paragraph}"
    return f"{natural_key(draft.session, followed(draft, subject))}: the source {place}"
