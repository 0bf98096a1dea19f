"""Recording the status of a commitment, and correcting it: another update takes its place, and it stays on record."""

import datetime as dt

from sqlmodel import col

from db.models import Change, Citation, Commitment, StatusUpdate
from db.vocabulary import ChangeAction, DatePrecision, ProblemCode, Status, Voice
from db.writing.base import Draft
from db.writing.citations import citation_of
from db.writing.corrections import Correction
from db.writing.inputs import Input, Prose
from db.writing.sources import CitationInput, ValidCitation, resolve_citation
from db.writing.statements import FIELDS, Statement, describe, find_duplicate, release
from db.writing.withdrawals import Withdrawal, Withdrawn, log_withdrawal, remove

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


class CorrectStatusInput(Correction):
    commitment: str | None = None
    status: Status | None = None
    effective_on: dt.date | None = None
    precision: DatePrecision | None = None
    voice: Voice | None = None
    note: Prose | None = None
    citation: CitationInput | None = None


class WithdrawStatusInput(Withdrawal):
    """The update is named by its id."""


def record_status(draft: Draft, data: RecordStatusInput) -> tuple[StatusUpdate, Change]:
    commitment = _identified(draft, data.commitment)
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
    old = draft.get(StatusUpdate, key, PATH)
    was_about = draft.session.get_one(Commitment, old.commitment_id)
    commitment = _identified(draft, data.commitment) if data.commitment is not None else was_about
    statement = _corrected_statement(draft, data, old)
    statement.validate(draft)
    if old.corrected_by_id is not None:
        correction = draft.session.get_one(StatusUpdate, old.corrected_by_id)
        if draft.is_valid() and commitment and _is_same(draft, correction, statement, commitment):
            draft.reject(ProblemCode.DUPLICATE, "It is corrected so already.", PATH, existing=correction)
        message = "It was corrected already: correct the update that took its place."
        draft.problem(ProblemCode.CONFLICT, message, PATH, existing=correction)
    if not draft.problems and commitment and _is_same(draft, old, statement, commitment):
        draft.invalid("Nothing would change: every value is the same.")
    draft.raise_if_rejected()
    assert commitment
    row = statement.to_row(draft, commitment, corrects=old.key)
    same = find_duplicate(draft, row, statement.citation, besides=old)
    if same and same.corrected_by_id is None:
        draft.reject(ProblemCode.DUPLICATE, "Another statement says so already, by the same source.", existing=same)
    documents = statement.write(draft, row, corrects=old, reason=data.reason)
    if commitment is not was_about:
        # The searches on the other commitment found nothing after all.
        release(draft, old, col(StatusUpdate.status) == Status.NO_EVIDENCE)
    of = f" of {was_about.ref}" if commitment is not was_about else ""
    summary = f"{statement.sentence(commitment, row)}, in place of {describe(old)}{of}: {data.reason}"
    others = [was_about, *documents]
    return row, draft.log(ChangeAction.CORRECTED, summary, commitment, *others, reason=data.reason)


def withdraw_status(draft: Draft, data: WithdrawStatusInput, key: str | None) -> Withdrawn:
    row = draft.get(StatusUpdate, key, PATH)
    commitment = draft.session.get_one(Commitment, row.commitment_id)
    if row.voice not in draft.author.voices:
        draft.problem(ProblemCode.NOT_ALLOWED, f"Your token does not speak for {row.voice}.", PATH)
    if row.corrected_by_id is not None:
        correction = draft.session.get_one(StatusUpdate, row.corrected_by_id)
        message = "It was corrected: withdraw the update that took its place."
        draft.problem(ProblemCode.CONFLICT, message, PATH, existing=correction)
    draft.raise_if_rejected()
    sentence = f"{commitment.ref}: {describe(row)}"
    affected = release(draft, row)
    remove(draft, row)
    return {}, log_withdrawal(draft, data, sentence, commitment, *affected)


def _identified(draft: Draft, ref: str | None) -> Commitment | None:
    """The commitment with this ref; a problem if there is none, or if it is not identified."""
    commitment = draft.find(Commitment, ref, "commitment")
    if commitment and not commitment.identified:
        message = f"{commitment.ref} is not identified yet, so nothing can be said of its status."
        draft.invalid(message, "commitment")
    return commitment


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
        citation = citation_of(draft, Citation.status_update_id, old)
    voice, note, is_cited = data.voice or old.voice, data.note or old.note, bool(data.citation or citation)
    return Statement(status, day, precision, voice, note, citation, is_cited=is_cited)


def _is_same(draft: Draft, row: StatusUpdate, statement: Statement, commitment: Commitment) -> bool:
    """Whether the row says the same of the commitment by the same source."""
    values = statement.values() | {"commitment_id": commitment.id}
    has_values = all(getattr(row, field) == value for field, value in values.items())
    source = citation_of(draft, Citation.status_update_id, row)
    return has_values and _citation_values(statement.citation) == _citation_values(source)


def _citation_values(citation: ValidCitation | None) -> tuple[object, ...]:
    return (citation.slug, citation.paragraph, list(citation.figures), citation.note) if citation else ()
