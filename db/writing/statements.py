"""A statement of where a commitment stands: the rules that it must meet, and how it is written."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import col, select

from db import natural_keys, statuses
from db.formatting import date_text, enum_label
from db.models import Citation, Commitment, Document, StatusUpdate
from db.models.base import Entity
from db.periods import first_day
from db.vocabulary import DatePrecision, DocumentKind, ProblemCode, Status, Voice
from db.writing.base import Write
from db.writing.sources import ValidCitation

FOUND = "A source was found."


@dataclass
class Statement:
    """What is about to be said. None stands for what was not given, or was found at fault."""

    status: Status | None
    effective_on: dt.date | None
    precision: DatePrecision | None
    voice: Voice | None
    note: str | None
    cited: ValidCitation | None
    # Whether a source was named at all, sound or not.
    is_cited: bool

    def validate(self, write: Write) -> None:
        """The rules of evidence."""
        searched = self.status is Status.NO_EVIDENCE
        if self.voice is not None and self.voice not in write.author.voices:
            write.problem(ProblemCode.NOT_ALLOWED, f"Your token does not speak for {self.voice}.", "voice")
        if self.status is Status.NOT_ASSESSED:
            write.invalid("NOT_ASSESSED is the absence of a statement, and so is never one.", "status")
        if searched and self.voice not in (None, Voice.TRACKER):
            write.invalid("Only the tracker says that it searched: NO_EVIDENCE is in the voice TRACKER.", "voice")
        if self.voice is Voice.TRACKER and self.status not in (None, Status.NO_EVIDENCE, Status.UNTESTABLE):
            write.invalid("The tracker witnesses nothing: its word is NO_EVIDENCE or UNTESTABLE.", "voice")
        if searched and self.is_cited:
            write.invalid("A search that found nothing has no source; its note says where it looked.", "citation")
        if not searched and not self.is_cited:
            write.invalid("Give the source: nothing is asserted without one.", "citation")
        self._validate_date(write)

    def _validate_date(self, write: Write) -> None:
        """Sets the date to the last day of its period, which must be over."""
        if self.effective_on is None or self.precision is None:
            return
        if self.status is Status.NO_EVIDENCE and self.precision is not DatePrecision.DAY:
            write.invalid("A search was made on a day.", "precision")
        if self.cited:
            self.cited.precedes(first_day(self.effective_on, self.precision), "effective_on")
        self.effective_on = write.require_past_period(self.effective_on, self.precision, "effective_on")

    def row(self, write: Write, commitment: Commitment, corrects: str | None = None) -> StatusUpdate:
        """As a row that is not written yet, once nothing was found at fault."""
        assert self.status
        assert self.effective_on
        assert self.precision
        assert self.voice
        assert self.note
        key = natural_keys.status_update(
            commitment.ref,
            self.effective_on,
            self.precision,
            self.voice,
            self.status,
            self.cited.slug if self.cited else None,
            self.cited.paragraph if self.cited else None,
            corrects=corrects,
        )
        return StatusUpdate(
            key=key,
            commitment_id=commitment.id,
            status=self.status,
            effective_on=self.effective_on,
            precision=self.precision,
            recorded_at=write.moment,
            voice=self.voice,
            note=self.note,
        )

    def write(self, write: Write, row: StatusUpdate, *, corrects: StatusUpdate | None = None, why: str = "") -> None:
        """Writes the row with its source, and marks what it takes the place of."""
        if row.status is Status.NO_EVIDENCE:
            _reject_search_if_evidence(write, row, besides=corrects)
        write.add(row)
        if self.cited:
            self.cited.cite(row)
        if corrects:
            _mark_corrected(write, corrects, row, why)
        if row.voice is not Voice.TRACKER:
            _supersede_searches(write, row)

    def about(self) -> list[Entity]:
        """What it bears on, beside the commitment."""
        document: Document | None = self.cited.document() if self.cited else None
        # Of a seed document hundreds of rows may speak; nobody follows it for each of them.
        return [document] if document and document.kind is DocumentKind.RECORD else []

    def sentence(self, commitment: Commitment, row: StatusUpdate) -> str:
        source = f", by {self.cited}" if self.cited else ""
        return f"{commitment.ref}: {describe(row)}{source}"


def find_duplicate(
    write: Write, row: StatusUpdate, cited: ValidCitation | None, besides: StatusUpdate | None = None
) -> StatusUpdate | None:
    """The statement that says the same, the one that stands if any does, by the same source: it may be a correction."""
    same = ("commitment_id", "status", "effective_on", "precision", "voice")
    query = (
        select(StatusUpdate)
        .outerjoin(Citation, col(Citation.status_update_id) == col(StatusUpdate.id))
        .outerjoin(Document)
        .where(
            *(getattr(StatusUpdate, column) == getattr(row, column) for column in same),
            col(Document.slug).is_not_distinct_from(cited.slug if cited else None),
            col(Citation.paragraph).is_not_distinct_from(cited.paragraph if cited else None),
            col(StatusUpdate.id) != (besides.id if besides else 0),
        )
        .order_by(col(StatusUpdate.corrected_by_id).is_not(None), col(StatusUpdate.recorded_at))
        .limit(1)
    )
    return write.session.exec(query).one_or_none()


def describe(row: StatusUpdate) -> str:
    """Not started on 2019-06 (Civil society)."""
    status, voice = map(enum_label, (row.status, row.voice))
    return f"{status} on {date_text(row.effective_on, row.precision)} ({voice})"


def _reject_search_if_evidence(write: Write, search: StatusUpdate, besides: StatusUpdate | None) -> None:
    """A search cannot have found nothing where something stands, `besides` what it takes the place of."""
    query = select(StatusUpdate).where(
        col(StatusUpdate.commitment_id) == search.commitment_id,
        col(StatusUpdate.id) != (besides.id if besides else 0),
        *statuses.in_force(search.effective_on, None, statuses.EVIDENCE_VOICES),
    )
    if witness := write.session.exec(query.limit(1)).one_or_none():
        message = f"The search did not find nothing: there is {describe(witness)}."
        write.stop(ProblemCode.CONFLICT, message, "status", existing=witness)


def _supersede_searches(write: Write, row: StatusUpdate) -> None:
    """A search that found nothing gives way to a source on the same day or an earlier one that was found later.

    Else it would hide what it missed, because it is the later word.
    """
    searches = select(StatusUpdate).where(
        col(StatusUpdate.commitment_id) == row.commitment_id,
        col(StatusUpdate.status) == Status.NO_EVIDENCE,
        col(StatusUpdate.effective_on) >= row.effective_on,
        *statuses.uncorrected(None),
    )
    for search in write.session.exec(searches).all():
        _mark_corrected(write, search, row, FOUND)


def _mark_corrected(write: Write, old: StatusUpdate, row: StatusUpdate, reason: str) -> None:
    write.change(old, corrected_by_id=row.id, correction_reason=reason)
