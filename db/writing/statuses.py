"""Recording where a commitment stands, by whose word."""

import datetime as dt

from db.models import Change, Commitment, StatusUpdate
from db.vocabulary import ChangeAction, DatePrecision, ProblemCode, Status, Voice
from db.writing.base import Input, Write
from db.writing.fields import Prose
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


def record_status(write: Write, given: RecordStatusInput) -> tuple[StatusUpdate, Change]:
    commitment = write.find(Commitment, given.commitment, "commitment")
    if commitment and not commitment.identified:
        message = f"{commitment.ref} is not identified yet, so nothing can be said of its status."
        write.invalid(message, "commitment")
    said = Statement(
        given.status,
        given.effective_on,
        given.precision,
        given.voice,
        given.note,
        resolve_citation(write, given.citation, "citation") if given.citation else None,
        is_cited=given.citation is not None,
    )
    said.validate(write)
    write.raise_if_rejected()
    assert commitment
    row = said.row(write, commitment)
    if same := find_duplicate(write, row, said.cited):
        message = "This statement is recorded already."
        if same.corrected_by_id:
            message = "This statement was recorded before, and was corrected since."
        elif same.note != row.note:
            message = "This statement is recorded already, with another note: to change that, correct it."
        write.stop(ProblemCode.DUPLICATE, message, existing=same)
    said.write(write, row)
    summary = f"{said.sentence(commitment, row)}."
    return row, write.log(ChangeAction.RECORDED, summary, commitment, *said.about())
