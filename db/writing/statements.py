"""A statement of the status of a commitment: the rules that it must meet, and how it is written."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from db import natural_keys
from db.clock import first_day
from db.columns import Condition
from db.formatting import date_text, enum_label
from db.models import Citation, Commitment, Document, StatusUpdate
from db.statements import Statement as Compiled
from db.vocabulary import DatePrecision, DocumentKind, ProblemCode, Status, Voice
from db.writing import rows
from db.writing.base import Draft
from db.writing.sources import ValidCitation

# The fields of a statement that are columns of its row.
FIELDS = ("status", "effective_on", "precision", "voice", "note")
# The columns in which two updates that say the same are equal, beside their sources.
SAME = ("commitment_id", "status", "effective_on", "precision", "voice")
DUPLICATES = Compiled(
    sa.select(StatusUpdate.__table__)
    .outerjoin(Citation, col(Citation.status_update_id) == col(StatusUpdate.id))
    .outerjoin(Document)
    .where(
        *(col(getattr(StatusUpdate, name)) == sa.bindparam(name) for name in SAME),
        col(Document.slug).is_not_distinct_from(sa.bindparam("slug", type_=sa.String)),
        col(Citation.paragraph).is_not_distinct_from(sa.bindparam("paragraph", type_=sa.Integer)),
        col(StatusUpdate.id) != sa.bindparam("besides"),
    )
    .order_by(col(StatusUpdate.corrected_by_id).is_not(None), col(StatusUpdate.recorded_at))
    .limit(1)
)


@dataclass
class Statement:
    """The values of a status update. None stands for a value that is missing, or has a problem."""

    status: Status | None
    effective_on: dt.date | None
    precision: DatePrecision | None
    voice: Voice | None
    note: str | None
    citation: ValidCitation | None
    # Whether the input has a citation, valid or not.
    is_cited: bool

    def validate(self, draft: Draft) -> None:
        """The rules of evidence. Sets the date to the last day of its period."""
        is_search = self.status is Status.NO_EVIDENCE
        if self.voice is not None and self.voice not in draft.author.voices:
            draft.problem(ProblemCode.NOT_ALLOWED, f"Your token does not speak for {self.voice}.", "voice")
        if self.status is Status.NOT_ASSESSED:
            draft.invalid("NOT_ASSESSED is the absence of a statement, and so is never one.", "status")
        if is_search and self.voice not in (None, Voice.TRACKER):
            draft.invalid("Only the tracker says that it searched: NO_EVIDENCE is in the voice TRACKER.", "voice")
        if self.voice is Voice.TRACKER and self.status not in (None, Status.NO_EVIDENCE, Status.UNTESTABLE):
            draft.invalid("The tracker witnesses nothing: its word is NO_EVIDENCE or UNTESTABLE.", "voice")
        if is_search and self.is_cited:
            draft.invalid("A search that found nothing has no source; its note says where it looked.", "citation")
        if not is_search and not self.is_cited:
            draft.invalid("Give the source: nothing is asserted without one.", "citation")
        if self.effective_on is None or self.precision is None:
            return
        if is_search and self.precision is not DatePrecision.DAY:
            draft.invalid("A search was made on a day.", "precision")
        if self.citation:
            self.citation.require_not_before(first_day(self.effective_on, self.precision), "effective_on")
        self.effective_on = draft.require_past_period(self.effective_on, self.precision, "effective_on")

    def values(self) -> dict[str, Any]:
        return {field: getattr(self, field) for field in FIELDS}

    def to_row(self, draft: Draft, commitment: Commitment, corrects: str | None = None) -> StatusUpdate:
        """The row, not written yet. The statement has no problems."""
        assert self.status and self.effective_on and self.precision and self.voice and self.note  # noqa: PT018
        source = (self.citation.slug, self.citation.paragraph) if self.citation else (None, None)
        parts = (commitment.ref, self.effective_on, self.precision, self.voice, self.status, *source)
        compose = partial(natural_keys.status_update, corrects=corrects)
        key = draft.unused_key(StatusUpdate, compose, *parts)
        return StatusUpdate(key=key, commitment_id=commitment.id, recorded_at=draft.instant, **self.values())

    def write(
        self, draft: Draft, row: StatusUpdate, *, corrects: StatusUpdate | None = None, reason: str = ""
    ) -> list[Document]:
        """Writes the row with its citation, and marks what it corrects.

        Returns the document that the change affects, if any: not a seed document, which hundreds of rows cite.
        """
        draft.add(row)
        if self.citation:
            self.citation.cite(row)
        if corrects:
            draft.change(corrects, corrected_by_id=row.id, correction_reason=reason)
        document = self.citation.document() if self.citation else None
        return [document] if document and document.kind is DocumentKind.RECORD else []

    def sentence(self, commitment: Commitment, row: StatusUpdate) -> str:
        source = f", by {self.citation}" if self.citation else ""
        return f"{commitment.ref}: {describe(row)}{source}"


def find_duplicate(
    draft: Draft, row: StatusUpdate, citation: ValidCitation | None, besides: StatusUpdate | None = None
) -> StatusUpdate | None:
    """The update that says the same by the same source, rather one in force than a corrected one."""
    values = {name: getattr(row, name) for name in SAME}
    source = {"slug": citation and citation.slug, "paragraph": citation and citation.paragraph}
    return rows.one(
        draft.session, StatusUpdate, DUPLICATES, {**values, **source, "besides": besides.id if besides else 0}
    )


def describe(row: StatusUpdate) -> str:
    """Not started on 2019-06 (Civil society)."""
    return f"{enum_label(row.status)} on {date_text(row.effective_on, row.precision)} ({enum_label(row.voice)})"


def release(draft: Draft, row: StatusUpdate, *conditions: Condition) -> list[Commitment]:
    """Puts in force again what an update has corrected, if it meets the conditions. Gives the commitments of that."""
    query = select(StatusUpdate).where(col(StatusUpdate.corrected_by_id) == row.id, *conditions)
    corrected = draft.session.exec(query.order_by(col(StatusUpdate.key))).all()
    for other in corrected:
        draft.change(other, corrected_by_id=None, correction_reason=None)
    return [draft.session.get_one(Commitment, other.commitment_id) for other in corrected]
