"""Correcting a status update: another one takes its place, and it stays on record."""

import datetime as dt

from sqlmodel import col, select

from db.models import Change, Citation, Commitment, Document, StatusUpdate
from db.vocabulary import ChangeAction, DatePrecision, ProblemCode, Status, Voice
from db.writing.base import Draft
from db.writing.fields import Prose
from db.writing.inputs import Input
from db.writing.sources import CitationInput, ValidCitation, resolve_citation
from db.writing.statements import Statement, describe, find_duplicate

PATH = "status_update"


class CorrectStatusInput(Input):
    reason: Prose
    status: Status | None = None
    effective_on: dt.date | None = None
    precision: DatePrecision | None = None
    voice: Voice | None = None
    note: Prose | None = None
    citation: CitationInput | None = None


def correct_status(draft: Draft, data: CorrectStatusInput, key: str | None) -> tuple[StatusUpdate, Change]:
    """`key` is that of the update to be corrected, None where the id is not that of an update."""
    old = None if key is None else draft.by_key(StatusUpdate, key)
    if old is None:
        draft.reject(ProblemCode.NOT_FOUND, "There is no such status update.", PATH)
    statement = _corrected_statement(draft, data, old)
    statement.validate(draft)
    if old.corrected_by_id is not None:
        correction = draft.session.get_one(StatusUpdate, old.corrected_by_id)
        if draft.is_valid() and _is_same(draft, correction, statement):
            draft.reject(ProblemCode.DUPLICATE, "It is corrected so already.", PATH, existing=correction)
        message = "It was corrected already: correct the update that took its place."
        draft.problem(ProblemCode.CONFLICT, message, PATH, existing=correction)
    if not draft.problems and _is_same(draft, old, statement):
        draft.invalid("Nothing would change: every value is the same.")
    draft.raise_if_rejected()
    commitment = draft.session.get_one(Commitment, old.commitment_id)
    row = statement.to_row(draft, commitment, corrects=old.key)
    same = find_duplicate(draft, row, statement.citation, besides=old)
    if same and same.corrected_by_id is None:
        draft.reject(ProblemCode.DUPLICATE, "Another statement says so already, by the same source.", existing=same)
    documents = statement.write(draft, row, corrects=old, reason=data.reason)
    summary = f"{statement.sentence(commitment, row)}, in place of {describe(old)}: {data.reason}"
    return row, draft.log(ChangeAction.CORRECTED, summary, commitment, *documents)


def _corrected_statement(draft: Draft, data: CorrectStatusInput, old: StatusUpdate) -> Statement:
    """The statement of the old update, with the values of the input in place of its own."""
    status = data.status or old.status
    day, precision = old.effective_on, data.precision or old.precision
    if status is Status.NO_EVIDENCE:
        precision = data.precision or DatePrecision.DAY
    if data.effective_on:
        day, precision = data.effective_on, data.precision or DatePrecision.DAY
    citation = resolve_citation(draft, data.citation, "citation") if data.citation else None
    # A search that found nothing has no source, even if the update that it corrects has one.
    if not data.citation and status is not Status.NO_EVIDENCE:
        citation = _citation_of(draft, old)
    voice, note, is_cited = data.voice or old.voice, data.note or old.note, bool(data.citation or citation)
    return Statement(status, day, precision, voice, note, citation, is_cited=is_cited)


def _citation_of(draft: Draft, row: StatusUpdate) -> ValidCitation | None:
    query = select(Citation, Document).join(Document).where(col(Citation.status_update_id) == row.id)
    result = draft.session.exec(query).one_or_none()
    if result is None:
        return None
    citation, document = result
    slug, published_on = document.slug, document.published_on
    return ValidCitation(
        draft, slug, published_on, lambda: document, citation.paragraph, citation.figures, citation.note
    )


def _is_same(draft: Draft, row: StatusUpdate, statement: Statement) -> bool:
    """Whether the row says the same by the same source."""
    fields = ("status", "effective_on", "precision", "voice", "note")
    return all(getattr(row, field) == getattr(statement, field) for field in fields) and _citation_values(
        statement.citation
    ) == _citation_values(_citation_of(draft, row))


def _citation_values(citation: ValidCitation | None) -> tuple[object, ...]:
    return (citation.slug, citation.paragraph, list(citation.figures), citation.note) if citation else ()
