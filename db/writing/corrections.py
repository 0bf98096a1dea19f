"""What corrections have in common. A correction changes columns of a row, never its key; what is left out stays."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlmodel import select

from db import edits
from db.columns import snake_case
from db.models import Change
from db.models.base import Base, Entity, Record
from db.vocabulary import ChangeAction, DatePrecision, ProblemCode
from db.writing.base import Draft
from db.writing.inputs import Input, Prose


class Correction(Input):
    """A field that is null counts as left out. Subclasses with a field `clear` name in it the columns to be emptied."""

    reason: Prose

    @property
    def cleared(self) -> list[str]:
        return [name.lower() for name in getattr(self, "clear", None) or ()]

    def is_given(self, field: str) -> bool:
        """Whether the field has a value, or is to be emptied."""
        return getattr(self, field) is not None or field in self.cleared

    def given(self, *fields: str) -> dict[str, Any]:
        """The values of those of these fields that are given, for columns of the same names."""
        return {field: getattr(self, field) for field in fields if self.is_given(field)}

    def check(self, draft: Draft) -> None:
        """A problem if no value is given, and for each field that has a value and is to be emptied."""
        for number, field in enumerate(self.cleared):
            if getattr(self, field) is not None:
                draft.invalid("It has a value here, so it cannot be emptied.", "clear", str(number))
        optional = [name for name, field in type(self).model_fields.items() if not field.is_required()]
        if not draft.problems and not any(self.is_given(name) for name in optional if name != "clear"):
            draft.invalid("Nothing would change: give what is to be corrected.")

    def corrected_period(
        self, draft: Draft, field: str, day: dt.date | None, precision: DatePrecision | None
    ) -> tuple[dt.date, DatePrecision] | tuple[None, None]:
        """The period of a row, with the day of `field` and its precision in place of its own where they are given."""
        given: dict[str, Any] = self.given(field, "precision")
        if field in given:
            day, precision = given[field], None
        return draft.optional_period(day, given.get("precision", precision), field)


def set_values(draft: Draft, row: Record, values: dict[str, Any]) -> None:
    """Sets the columns that have other values now."""
    if changed := {column: value for column, value in values.items() if getattr(row, column) != value}:
        draft.change(row, **changed)


def replace_rows(
    draft: Draft, model: type[Record], owner: dict[str, Any], key: str, rows: Sequence[dict[str, Any]]
) -> None:
    """Makes these the rows of an owner, each known there by its value in the column `key`."""
    query = select(model).where(*(getattr(model, column) == id for column, id in owner.items()))
    existing = {getattr(row, key): row for row in draft.session.exec(query.order_by(getattr(model, key))).all()}
    wanted = {row[key]: row for row in rows}
    for name, row in existing.items():
        if name not in wanted:
            draft.remove(row)
    for name, values in wanted.items():
        if name in existing:
            set_values(draft, existing[name], values)
        else:
            draft.add(model(**owner, **values))


def log_correction(draft: Draft, data: Correction, what: str, row: Entity, subject: Base, *others: Base) -> Change:
    """Ends the correction of a row, which the summary calls `what`. One that has changed nothing is a duplicate."""
    if not draft.edits.entries:
        draft.reject(ProblemCode.DUPLICATE, "Nothing would change: every value is the same.", existing=row)
    name = edits.record(draft.session, row)
    fields = [
        edit["field"] if edit["record"] == name else snake_case(edits.parse_record(edit["record"])[0])
        for edit in draft.edits.entries
    ]
    words = ", ".join(dict.fromkeys(field.replace("_", " ") for field in fields))
    summary = f"{what} is corrected ({words}): {data.reason}"
    return draft.log(ChangeAction.CORRECTED, summary, subject, *others, reason=data.reason)
