"""A change in a sentence for a reader: titles in the place of keys, and by whose word."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from db.changes import FOLLOWABLE_KINDS
from db.edits import parse_record
from db.formatting import day_text, enum_label, money_text, says
from db.vocabulary import Bound, ChangeAction, DatePrecision, Status, Voice

# The kind of what a field of the log names by its key.
REFERENCES = {
    "commitment": "Commitment", "document": "Document", "event": "Event", "fund": "Fund", "parent": "Fund",
    "organisation": "Organisation", "publisher": "Organisation", "recipient": "Organisation", "theme": "Theme",
}  # fmt: skip
# The columns of which the first that a kind of row has is what readers call it.
NAMES = ("title", "name", "question")
TIES = {"CommitmentFund": ("commitment", "fund"), "CommitmentEvent": ("commitment", "event")}
Values = Mapping[str, str | None]
Names = Mapping[tuple[str, str], str]


class ChangeRow(NamedTuple):
    """What a sentence takes of a change, by the names of the columns."""

    revision: int
    action: ChangeAction
    subject_type: str
    subject_key: str
    reason: str | None
    edits: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Record:
    """What a change wrote of one row: its values before and after, by field."""

    kind: str
    key: str
    before: Values
    after: Values

    @property
    def is_new(self) -> bool:
        return all(value is None for value in self.before.values())

    @property
    def is_gone(self) -> bool:
        return all(value is None for value in self.after.values())


class Headline:
    """The sentence of one change. `names` are what readers call the rows that it mentions."""

    def __init__(self, change: ChangeRow, names: Names) -> None:
        self.change = change
        self.records = _records(change.edits)
        # What the change itself wrote, of rows that are not there any more.
        own = {(one.kind, one.key): _called(one.after) or _called(one.before) for one in self.records}
        self.names = {**{reference: name for reference, name in own.items() if name}, **names}
        self.because = f": {change.reason}" if change.reason else ""

    def text(self) -> str | None:
        """None where the log does not hold what the sentence takes, as entries of early versions."""
        texts = {
            ChangeAction.RECORDED: self._recorded,
            ChangeAction.CORRECTED: self._corrected,
            ChangeAction.IDENTIFIED: self._identified,
            ChangeAction.ADDED: self._added,
            ChangeAction.STATED: self._stated,
            ChangeAction.ALLOCATED: self._allocated,
            ChangeAction.LINKED: self._tied,
            ChangeAction.UNLINKED: self._tied,
            ChangeAction.OPENED: self._disagreement,
            ChangeAction.SETTLED: self._disagreement,
            ChangeAction.REOPENED: self._disagreement,
            ChangeAction.WITHDRAWN: self._withdrawn,
        }
        text = texts.get(ChangeAction(self.change.action))
        return text() if text else None

    def _first(self, *kinds: str) -> Record | None:
        return next((record for kind in kinds for record in self.records if record.kind == kind), None)

    def _name(self, kind: str, key: str | None) -> str:
        return self.names.get((kind, key or ""), key or "")

    def _subject(self) -> str:
        return self._name(self.change.subject_type, self.change.subject_key)

    def _source(self) -> str:
        """By which document: what a new citation of the change names."""
        citation = self._first("Citation")
        document = citation.after.get("document") if citation else None
        return f", says “{self._name('Document', document)}”" if document else ""

    def _statement(self, values: Values) -> str | None:
        """What a status update says: in progress, the government says, 8 May 2019."""
        parts = [values.get(name) for name in ("status", "voice", "effective_on", "precision")]
        if None in parts:
            return None
        status, voice, day, precision = map(str, parts)
        when = day_text(dt.date.fromisoformat(day), DatePrecision(precision))
        if status == Status.NO_EVIDENCE and voice == Voice.TRACKER:
            return f"this tracker searched and found nothing, {when}"
        return f"{enum_label(status).lower()}, {says(Voice(voice))}, {when}"

    def _recorded(self) -> str | None:
        update = self._first("StatusUpdate")
        statement = self._statement(update.after) if update else None
        return f"{self._subject()}: {statement}" if statement else None

    def _corrected(self) -> str | None:
        new = next((one for one in self.records if one.kind == "StatusUpdate" and one.is_new), None)
        if new:
            statement = self._statement(new.after)
            return (
                f"{self._subject()}: {statement}, in place of an earlier statement{self.because}" if statement else None
            )
        if self._first("AmountStatement"):
            return f"{self._subject()}: what was said of its size is corrected{self.because}"
        if allocation := self._first("Allocation"):
            recipient = self._name("Organisation", allocation.key.rpartition("/")[2])
            return f"{self._subject()}: what {recipient} was given or promised is corrected{self.because}"
        if self._first(self.change.subject_type):
            return f"{self._titled(self.change.subject_type, self._subject())} is corrected{self.because}"
        return f"{self._subject()}: a source is corrected{self.because}"

    def _identified(self) -> str | None:
        row = self._first("Commitment")
        return f"{row.key} is identified: {row.after.get('title')}" if row and row.after.get("title") else None

    def _added(self) -> str:
        return f"New {_noun(self.change.subject_type)} on record: {self._subject()}"

    def _stated(self) -> str | None:
        row = self._first("AmountStatement")
        money = _money(row.after) if row else None
        if not row or not money:
            return None
        day = row.after.get("stated_on")
        when = (
            f", {day_text(dt.date.fromisoformat(day), DatePrecision(row.after['precision'] or 'DAY'))}" if day else ""
        )
        kind = enum_label(row.after["kind"] or "").lower()
        return f"{self._subject()}: {money} {kind}{when}{self._source()}"

    def _allocated(self) -> str | None:
        row = self._first("Allocation")
        if not row:
            return None
        money = _money(row.after) or "a sum that is not known"
        return f"{self._subject()}: {money} to {self._name('Organisation', row.after.get('recipient'))}{self._source()}"

    def _tied(self) -> str | None:
        row = self._first(*TIES)
        if not row:
            return None
        values = row.before if row.is_gone else row.after
        one, other = (self._name(REFERENCES[field], values.get(field)) for field in TIES[row.kind])
        return f"{one} and {other} {'are no longer' if row.is_gone else 'are now'} tied{self.because}"

    def _disagreement(self) -> str | None:
        """What sources disagree about, and what came of it."""
        row = self._first("Discrepancy")
        if not row:
            return None
        question = self._name("Discrepancy", row.key)
        if self.change.action == ChangeAction.OPENED:
            return f"Sources disagree: {question}"
        if self.change.action == ChangeAction.REOPENED:
            return f"A disagreement between sources is open again: {question} {self.change.reason}"
        state, explanation = enum_label(row.after.get("state") or "settled").lower(), row.after.get("explanation")
        return f"A disagreement between sources is {state}: {question} {explanation or ''}".rstrip()

    def _withdrawn(self) -> str | None:
        identified = self._first("Commitment")
        if identified and (title := _called(identified.before)) and not _called(identified.after):
            return f"{identified.key} is no longer identified as “{title}”{self.because}"
        gone = next((one for one in self.records if one.kind in FOLLOWABLE_KINDS and one.is_gone), None)
        if gone:
            return f"{self._titled(gone.kind, _called(gone.before) or gone.key)} is withdrawn{self.because}"
        if row := self._first("AmountStatement"):
            what = f"that {_money(row.before)} was {enum_label(row.before.get('kind') or 'stated').lower()}"
        elif row := self._first("Allocation"):
            recipient = self._name("Organisation", row.before.get("recipient"))
            what = f"{_money(row.before) or 'a sum that is not known'} to {recipient}"
        elif row := self._first("StatusUpdate"):
            what = f"“{self._statement(row.before)}”"
        elif row := self._first("Citation"):
            what = f"the source “{self._name('Document', row.before.get('document'))}”"
        else:
            return None
        return f"{self._subject()}: {what} is withdrawn{self.because}"

    def _titled(self, kind: str, name: str) -> str:
        return name if kind == "Commitment" else f"The {_noun(kind)} “{name}”"


def _records(edits: Sequence[Mapping[str, Any]]) -> list[Record]:
    """The rows of the edits of a change, in their order."""
    before: dict[str, dict[str, str | None]] = defaultdict(dict)
    after: dict[str, dict[str, str | None]] = defaultdict(dict)
    for edit in edits:
        before[edit["record"]][edit["field"]] = edit["before"]
        after[edit["record"]][edit["field"]] = edit["after"]
    return [Record(*parse_record(name), before[name], after[name]) for name in before]


def _called(values: Values) -> str | None:
    return next((value for name in NAMES if (value := values.get(name))), None)


def _noun(kind: str) -> str:
    return {"Document": "source", "Discrepancy": "disagreement"}.get(kind, kind.lower())


def _money(values: Values) -> str | None:
    amount, currency, bound = (values.get(name) for name in ("amount", "currency", "bound"))
    return money_text(Decimal(amount), currency, Bound(bound)) if amount and currency and bound else None
