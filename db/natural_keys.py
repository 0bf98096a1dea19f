"""The natural keys of rows, the same in every database: the only registry of them, and the composed keys.

Published ids are built on these keys, so what goes into a key, and in which order, never changes.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from db import models
from db.models.base import Base
from db.vocabulary import AmountKind, DatePrecision, Status, Voice

# The column that holds the natural key, for each model that has one.
KEY_COLUMN: dict[type[Base], str] = {
    **dict.fromkeys((models.Strategy, models.Theme, models.Organisation, models.Area, models.Person), "slug"),
    **dict.fromkeys((models.Term, models.Document, models.Fund, models.Event, models.Discrepancy), "slug"),
    **dict.fromkeys((models.StatusUpdate, models.AmountStatement, models.Allocation, models.Citation), "key"),
    models.Commitment: "ref",
    models.Change: "revision",
}
# The columns that identify a row of the other models: the rows that it links, or its owner and its position.
LINK_COLUMNS: dict[type[Base], tuple[str, ...]] = {
    models.AreaOrganisation: ("area_id", "organisation_id"),
    models.CommitmentLead: ("commitment_id", "organisation_id"),
    models.CommitmentFund: ("commitment_id", "fund_id"),
    models.CommitmentEvent: ("commitment_id", "event_id"),
    models.EventFund: ("event_id", "fund_id"),
    models.EventHost: ("event_id", "organisation_id"),
    models.Participant: ("event_id", "position"),
    models.Claim: ("discrepancy_id", "position"),
    models.Dataset: (),
}
# The models whose rows the log of changes names, by table.
MODELS: dict[str, type[Base]] = {
    model.__tablename__: model for model in (*KEY_COLUMN, *LINK_COLUMNS) if model is not models.Change
}
# The models that a citation and a discrepancy can be about, each with the foreign key that points to it.
SUBJECT_COLUMNS: dict[type[Base], dict[type[Base], str]] = {
    model: {MODELS[column.removesuffix("_id")]: column for column in model.SUBJECTS}
    for model in (models.Citation, models.Discrepancy)
}


def subject_of(model: type[Base], row: Any) -> tuple[type[Base], int]:
    """The model and the id of what a row of `model`, a citation or a discrepancy, is about: one foreign key is set."""
    columns = SUBJECT_COLUMNS[model].items()
    return next((subject, id) for subject, column in columns if (id := getattr(row, column)) is not None)


def key_columns(model: type[Base]) -> tuple[str, ...]:
    """The columns whose values make up the natural key of a row."""
    return (KEY_COLUMN[model],) if model in KEY_COLUMN else LINK_COLUMNS[model]


def target(model: type[Base], column: str) -> type[Base] | None:
    """The model that a foreign key points to; None for another column."""
    for key in model.__table__.c[column].foreign_keys:
        return MODELS[key.column.table.name]
    return None


def natural_key(session: Session, row: Base) -> str:
    """The key of a row; of a link, the keys of the rows that it links, joined by slashes."""
    model = type(row)
    if model in KEY_COLUMN:
        return str(getattr(row, KEY_COLUMN[model]))
    return "/".join(reference(session, model, column, getattr(row, column)) for column in LINK_COLUMNS[model])


def reference(session: Session, model: type[Base], column: str, value: Any) -> str:
    """The value of a column as text: a foreign key as the natural key of its row."""
    other = target(model, column)
    return str(value) if other is None else natural_key(session, session.get_one(other, value))


def spellings(keys: Iterable[str]) -> list[str]:
    """The keys as they are, and in capitals and small letters: refs have capitals, and slugs small letters."""
    return list(dict.fromkeys(form for key in keys for form in (key, key.strip(" ").upper(), key.strip(" ").lower())))


def status_update(
    commitment: str,
    effective_on: dt.date,
    precision: DatePrecision,
    voice: Voice,
    status: Status,
    document: str | None,
    paragraph: int | None,
    *,
    corrects: str | None = None,
    again: int = 0,
) -> str:
    """`corrects` is the key of the update that this one corrects, which may say the same of the same day.

    `again` is above 0 where other rows have the keys below it, although their values are others now.
    """
    parts = ("status_update", commitment, effective_on, precision, voice, status, document, paragraph)
    return _key(*parts, *([] if corrects is None else [corrects]), *_place(again))


def amount_statement(
    fund: str,
    kind: AmountKind,
    stated_on: dt.date | None,
    precision: DatePrecision | None,
    document: str | None,
    paragraph: int | None,
    *,
    again: int = 0,
) -> str:
    return _key("amount_statement", fund, kind, stated_on, precision, document, paragraph, *_place(again))


def citation(subject: str, key: str, document: str, paragraph: int | None, *, again: int = 0) -> str:
    """`subject` is the table that is supported, `key` the slug, reference or key of the row in it."""
    return _key("citation", subject, key, document, paragraph, *_place(again))


def allocation(fund: str, recipient: str) -> str:
    """Readable, because the pair is short."""
    return f"{fund}/{recipient}"


def _place(again: int) -> list[str]:
    # Not a number alone, which could be read as a part of another key.
    return [f"again-{again}"] if again else []


def _key(*parts: object) -> str:
    # No part holds a slash but the key of an allocation, which is always two: no two lists of parts read the same.
    text = "/".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
