"""Correcting and withdrawing documents and organisations, which other rows name."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import col, select

from db.clock import first_day
from db.models import AmountStatement, Area, AreaOrganisation, Change, Citation, Document, Organisation, StatusUpdate
from db.text import fold
from db.vocabulary import DocumentKind, OrganisationKind, ProblemCode
from db.writing import sources
from db.writing.base import Draft
from db.writing.corrections import Correction, log_correction, replace_rows, set_values
from db.writing.inputs import Line, Prose, Slug, Url
from db.writing.sources import DOCUMENT_VALUES, OrganisationInput
from db.writing.withdrawals import Withdrawal, Withdrawn, log_withdrawal, remove, require_free

OF_STATUS = col(Citation.status_update_id) == col(StatusUpdate.id)
OF_AMOUNT = col(Citation.amount_statement_id) == col(AmountStatement.id)


class DocumentField(StrEnum):
    PUBLISHER = "PUBLISHER"
    PUBLISHED_ON = "PUBLISHED_ON"
    URL = "URL"
    VIA = "VIA"
    NOTE = "NOTE"
    ORIGINAL_TITLE = "ORIGINAL_TITLE"
    OFFICIAL_URL = "OFFICIAL_URL"
    ARCHIVED_URL = "ARCHIVED_URL"
    READ_PART = "READ_PART"


class CorrectDocumentInput(Correction):
    document: Slug
    title: Line | None = None
    original_title: Line | None = None
    publisher: OrganisationInput | None = None
    published_on: dt.date | None = None
    url: Url | None = None
    official_url: Url | None = None
    archived_url: Url | None = None
    via: OrganisationInput | None = None
    read_part: Prose | None = None
    note: Prose | None = None
    clear: list[DocumentField] = Field(default_factory=list)


class WithdrawDocumentInput(Withdrawal):
    document: Slug


class CorrectOrganisationInput(Correction):
    organisation: Slug
    name: Line | None = None
    kind: OrganisationKind | None = None
    areas: list[str] | None = Field(default=None, max_length=50)


class WithdrawOrganisationInput(Withdrawal):
    organisation: Slug


def correct_document(draft: Draft, data: CorrectDocumentInput) -> tuple[Document, Change]:
    data.check(draft)
    document = draft.find(Document, data.document, "document")
    publisher = sources.resolve_organisation(draft, data.publisher, "publisher")
    via = sources.resolve_organisation(draft, data.via, "via")
    draft.require_past_date(data.published_on, "published_on")
    if document and data.published_on:
        _require_not_after_statements(draft, document, data.published_on)
    if document and data.url is not None:
        same = select(Document).where(col(Document.url) == data.url, col(Document.id) != document.id)
        if other := draft.session.exec(same).one_or_none():
            message = f"The document at this address has the slug {other.slug!r}."
            draft.problem(ProblemCode.CONFLICT, message, "url", existing=other)
    draft.raise_if_rejected()
    assert document
    values = data.given(*DOCUMENT_VALUES)
    for field, resolve in (("publisher", publisher), ("via", via)):
        if data.is_given(field):
            values[f"{field}_id"] = resolve().id if resolve else None
    set_values(draft, document, values)
    return document, log_correction(draft, data, f"The document {document.slug}", document, document)


def withdraw_document(draft: Draft, data: WithdrawDocumentInput) -> Withdrawn:
    document = draft.find(Document, data.document, "document")
    if document and document.kind is DocumentKind.SEED:
        draft.problem(ProblemCode.CONFLICT, "A seed document is never withdrawn.", "document", existing=document)
    elif document:
        require_free(draft, document, "document")
    draft.raise_if_rejected()
    assert document
    what = f"The document {document.slug}, {document.title},"
    return {}, log_withdrawal(draft, data, what, document, *remove(draft, document))


def correct_organisation(draft: Draft, data: CorrectOrganisationInput) -> tuple[Organisation, Change]:
    data.check(draft)
    organisation = draft.find(Organisation, data.organisation, "organisation")
    if organisation and data.name is not None:
        same = select(Organisation).where(
            col(Organisation.sort_text) == fold(data.name), col(Organisation.id) != organisation.id
        )
        if other := draft.session.exec(same).first():
            message = f"{data.name} has the slug {other.slug!r}."
            draft.problem(ProblemCode.CONFLICT, message, "name", existing=other)
    areas = draft.find_all(Area, data.areas or [], "areas")
    draft.raise_if_rejected()
    assert organisation
    in_area = col(AreaOrganisation.organisation_id) == organisation.id
    before = draft.session.exec(select(Area).join(AreaOrganisation).where(in_area).order_by(col(Area.slug))).all()
    set_values(draft, organisation, data.given("name", "kind"))
    if data.areas is not None:
        owner, rows = {"organisation_id": organisation.id}, [{"area_id": area.id} for area in areas]
        replace_rows(draft, AreaOrganisation, owner, "area_id", rows)
    what = f"The organisation {organisation.slug}"
    return organisation, log_correction(draft, data, what, organisation, organisation, *before, *areas)


def withdraw_organisation(draft: Draft, data: WithdrawOrganisationInput) -> Withdrawn:
    organisation = draft.find(Organisation, data.organisation, "organisation")
    if organisation:
        require_free(draft, organisation, "organisation")
    draft.raise_if_rejected()
    assert organisation
    remove(draft, organisation)
    what = f"The organisation {organisation.slug}, {organisation.name},"
    return {}, log_withdrawal(draft, data, what, organisation)


def _require_not_after_statements(draft: Draft, document: Document, published_on: dt.date) -> None:
    """A problem if the document is cited for a later day than that of its publication."""
    statements = (
        sa.select(col(StatusUpdate.effective_on), col(StatusUpdate.precision)).join(Citation, OF_STATUS),
        sa.select(col(AmountStatement.stated_on), col(AmountStatement.precision)).join(Citation, OF_AMOUNT),
    )
    for query in statements:
        for day, precision in draft.session.execute(query.where(col(Citation.document_id) == document.id)):
            if day and precision and (first := first_day(day, precision)) > published_on:
                message = f"It is cited for {first}: it can say nothing of a later day."
                draft.problem(ProblemCode.CONFLICT, message, "published_on")
