"""What a change wrote, as text: the name of each record, and its values before and after."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from db.formatting import instant_text
from db.models.base import BOOKKEEPING, Base
from db.natural_keys import natural_key, reference

Values = dict[str, str | None]
# Columns without meaning outside this database, and the key, which the name of the record holds already.
HIDDEN_COLUMNS = {"id", "key", *BOOKKEEPING}


class Edits:
    """The values that a change wrote, as the log holds them: `record`, `field`, `before` and `after` of each."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.entries: list[dict[str, Any]] = []

    def add(self, row: Base) -> None:
        self._append(row, {}, values(self.session, row))

    def change(self, row: Base, before: Values) -> None:
        """`before` holds the columns that may have changed, as `values` gave them before the change."""
        after = {field: value for field, value in values(self.session, row).items() if field in before}
        self._append(row, before, after)

    def remove(self, row: Base) -> None:
        self._append(row, values(self.session, row), {})

    def _append(self, row: Base, before: Values, after: Values) -> None:
        name = record(self.session, row)
        for field in before | after:
            old, new = before.get(field), after.get(field)
            if old != new:
                self.entries.append({"record": name, "field": field, "before": old, "after": new})


def record(session: Session, row: Base) -> str:
    """The name of a record in the log, its model and its natural key: `Commitment SVS-19`."""
    return f"{type(row).__name__} {natural_key(session, row)}".rstrip()


def parse_record(text: str) -> tuple[str, str]:
    """The model and the natural key in the name of a record."""
    model, _, key = text.partition(" ")
    return model, key


def values(session: Session, row: Base, *columns: str) -> Values:
    """The values of these columns as text, by column, or of all but the hidden ones; foreign keys as natural keys."""
    model = type(row)
    names = columns or [column.name for column in model.__table__.c if column.name not in HIDDEN_COLUMNS]
    return {name.removesuffix("_id"): _text(session, model, name, getattr(row, name)) for name in names}


def _text(session: Session, model: type[Base], column: str, value: Any) -> str | None:
    return reference(session, model, column, value) if type(value) is int else text_of(value)


def text_of(value: Any) -> str | None:
    """A value as the log holds it, but for foreign keys."""
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case dt.datetime():
            return instant_text(value)
        case Decimal():
            return f"{value:.2f}"
        case list():
            return json.dumps(value, ensure_ascii=False) if value else None
        case _:
            return str(value)
