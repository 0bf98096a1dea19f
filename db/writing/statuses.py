"""Recording the status of a commitment, and correcting it: another update takes its place, and it stays on record."""

import datetime as dt

from sqlmodel import col, select

from db.models import Change, Citation, Commitment, Document, StatusUpdate
from db.vocabulary import ChangeAction, DatePrecision, ProblemCode, Status, Voice
from db.writing.base import Draft
from db.writing.inputs import Input, Prose
from db.writing.sources import CitationInput, ValidCitation, resolve_citation
from db.writing.statements import FIELDS, Statement, describe, find_duplicate

# The path of the update to be corrected.
PATH = "status_update"


class RecordStatusInput(Input):
    commitment: str
    status: Status
    effective_on: dt.date
    precision: DatePrecision = DatePrecision.DAY
    voice: Voice
    note: Prose
    citation: CitationInput | None = None


class CorrectStatusInput(Input):
    reason: Prose
    status: Status | None = None
    effective_on: dt.date | None = None
    precision: DatePrecision | None = None
    voice: Voice | None = None
    note: Prose | None = None
    citation: CitationInput | None = None


def record_status(draft: Draft, data: RecordStatusInput) -> tuple[StatusUpdate, Change]:
    commitment = draft.find(Commitment, data.commitment, "commitment")
    if commitment and not commitment.identified:
        message = f"{commitment.ref} is not identified yet, so nothing can be said of its status."
        draft.invalid(message, "commitment")
    citation = resolve_citation(draft, data.citation, "citation") if data.citation else None
    statement = Statement(**data.values(*FIELDS), citation=citation, is_cited=data.citation is not None)
    statement.validate(draft)
    draft.raise_if_rejected()
    assert commitment
    row = statement.to_row(draft, commitment)
    if same := find_duplicate(draft, row, citation):
        message = "This statement is recorded already."
        if same.corrected_by_id:
            message = "This statement was recorded before, and was corrected since."
        elif same.note != row.note:
            message = "This statement is recorded already, with another note: to change that, correct it."
        draft.reject(ProblemCode.DUPLICATE, message, existing=same)
    documents = statement.write(draft, row)
    summary = f"{statement.sentence(commitment, row)}."
    return row, draft.log(ChangeAction.RECORDED, summary, commitment, *documents)


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
    values = citation.paragraph, citation.figures, citation.note
    return ValidCitation(draft, document.slug, document.published_on, lambda: document, *values)


def _is_same(draft: Draft, row: StatusUpdate, statement: Statement) -> bool:
    """Whether the row says the same by the same source."""
    has_values = all(getattr(row, field) == value for field, value in statement.values().items())
    return has_values and _citation_values(statement.citation) == _citation_values(_citation_of(draft, row))


def _citation_values(citation: ValidCitation | None) -> tuple[object, ...]:
    return (citation.slug, citation.paragraph, list(citation.figures), citation.note) if citation else ()
