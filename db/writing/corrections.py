"""Corrections: a statement that takes the place of another, and hides nothing."""

import datetime as dt

from sqlmodel import col, select

from db.models import Change, Citation, Commitment, Document, StatusUpdate
from db.vocabulary import ChangeAction, DatePrecision, ProblemCode, Status, Voice
from db.writing.base import Input, Write
from db.writing.fields import Prose
from db.writing.sources import CitationInput, ValidCitation, resolve_citation
from db.writing.statements import Statement, describe, find_duplicate


class CorrectStatusInput(Input):
    reason: Prose
    status: Status | None = None
    effective_on: dt.date | None = None
    precision: DatePrecision | None = None
    voice: Voice | None = None
    note: Prose | None = None
    citation: CitationInput | None = None


def correct_status(write: Write, given: CorrectStatusInput, key: str | None) -> tuple[StatusUpdate, Change]:
    """`key` is that of the update to be corrected, None where no such update can be."""
    old = None if key is None else write.by_key(StatusUpdate, key)
    if old is None:
        write.stop(ProblemCode.NOT_FOUND, "There is no such status update.", "status_update")
    said = _corrected(write, given, old)
    said.validate(write)
    if old.corrected_by_id is not None:
        correction = write.session.get_one(StatusUpdate, old.corrected_by_id)
        if write.is_valid() and _same(correction, said) and _told(said.cited) == _told(_source_of(write, correction)):
            write.stop(ProblemCode.DUPLICATE, "It is corrected so already.", "status_update", existing=correction)
        message = "It was corrected already: correct what took its place, if need be."
        write.problem(ProblemCode.CONFLICT, message, "status_update", existing=correction)
    if not write.problems and _same(old, said) and _told(said.cited) == _told(_source_of(write, old)):
        write.invalid("Nothing would be corrected: all is as it was.")
    write.raise_if_rejected()
    commitment = write.session.get_one(Commitment, old.commitment_id)
    row = said.row(write, commitment, corrects=old.key)
    same = find_duplicate(write, row, said.cited, besides=old)
    if same and same.corrected_by_id is None:
        write.stop(ProblemCode.DUPLICATE, "Another statement says so already, by the same source.", existing=same)
    said.write(write, row, corrects=old, why=given.reason)
    summary = f"{said.sentence(commitment, row)}, in place of {describe(old)}: {given.reason}"
    return row, write.log(ChangeAction.CORRECTED, summary, commitment, *said.about())


def _corrected(write: Write, given: CorrectStatusInput, old: StatusUpdate) -> Statement:
    """The old statement, with what is given in its place."""
    status = given.status or old.status
    day, precision = old.effective_on, given.precision or old.precision
    if status is Status.NO_EVIDENCE:
        precision = given.precision or DatePrecision.DAY
    if given.effective_on:
        day, precision = given.effective_on, given.precision or DatePrecision.DAY
    cited = resolve_citation(write, given.citation, "citation") if given.citation else None
    # A search that found nothing has no source, whatever it takes the place of.
    if not given.citation and status is not Status.NO_EVIDENCE:
        cited = _source_of(write, old)
    return Statement(
        status,
        day,
        precision,
        given.voice or old.voice,
        given.note or old.note,
        cited,
        is_cited=given.citation is not None or cited is not None,
    )


def _source_of(write: Write, old: StatusUpdate) -> ValidCitation | None:
    query = select(Citation, Document).join(Document).where(col(Citation.status_update_id) == old.id)
    found = write.session.exec(query).one_or_none()
    if found is None:
        return None
    citation, document = found
    return ValidCitation(
        write,
        document.slug,
        document.published_on,
        lambda: document,
        citation.paragraph,
        citation.figures,
        citation.note,
    )


def _told(source: ValidCitation | None) -> tuple[object, ...]:
    return () if source is None else (source.slug, source.paragraph, list(source.figures), source.note)


def _same(old: StatusUpdate, said: Statement) -> bool:
    fields = ("status", "effective_on", "precision", "voice", "note")
    return all(getattr(old, field) == getattr(said, field) for field in fields)
