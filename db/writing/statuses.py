"""Recording the status of a commitment, in a voice."""

import datetime as dt

from db.models import Change, Commitment, StatusUpdate
from db.vocabulary import ChangeAction, DatePrecision, ProblemCode, Status, Voice
from db.writing.base import Draft
from db.writing.fields import Prose
from db.writing.inputs import Input
from db.writing.sources import CitationInput, resolve_citation
from db.writing.statements import Statement, find_duplicate


class RecordStatusInput(Input):
    commitment: str
    status: Status
    effective_on: dt.date
    precision: DatePrecision = DatePrecision.DAY
    voice: Voice
    note: Prose
    citation: CitationInput | None = None


def record_status(draft: Draft, data: RecordStatusInput) -> tuple[StatusUpdate, Change]:
    commitment = draft.find(Commitment, data.commitment, "commitment")
    if commitment and not commitment.identified:
        message = f"{commitment.ref} is not identified yet, so nothing can be said of its status."
        draft.invalid(message, "commitment")
    citation = resolve_citation(draft, data.citation, "citation") if data.citation else None
    is_cited = data.citation is not None
    statement = Statement(
        data.status, data.effective_on, data.precision, data.voice, data.note, citation, is_cited=is_cited
    )
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
