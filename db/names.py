"""What a row is called outside of its database: by its slug, ref or key, or by the rows that it stands between."""

import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db import models
from db.models.base import FOLDED, Stored

# The rows that have a name of their own, and the column that it stands in.
NAMED: dict[type[Any], str] = {
    models.Strategy: "slug",
    models.Theme: "slug",
    models.Organisation: "slug",
    models.Document: "slug",
    models.Commitment: "ref",
    models.StatusUpdate: "key",
    models.Fund: "slug",
    models.AmountStatement: "key",
    models.Allocation: "key",
    models.Event: "slug",
    models.Discrepancy: "slug",
    models.Citation: "key",
}
# The others are named by what they stand between, or by where they stand in whose list.
BETWEEN: dict[type[Any], tuple[str, ...]] = {
    models.CommitmentLead: ("commitment_id", "organisation_id"),
    models.CommitmentFund: ("commitment_id", "fund_id"),
    models.CommitmentEvent: ("commitment_id", "event_id"),
    models.EventFund: ("event_id", "fund_id"),
    models.EventHost: ("event_id", "organisation_id"),
    models.Participant: ("event_id", "position"),
    models.Claim: ("discrepancy_id", "position"),
    models.Dataset: (),
}
MODELS: dict[str, type[Any]] = {model.__tablename__: model for model in [*NAMED, *BETWEEN]}
# What a reader has no use for: numbers of this database, and what the name says already.
LEFT_OUT = {"id", "seeded", "key", *FOLDED}


def name(session: Session, row: Any) -> str:
    model = type(row)
    if model in NAMED:
        return str(getattr(row, NAMED[model]))
    return "/".join(_text(session, model.__table__.c[column], getattr(row, column)) or "" for column in BETWEEN[model])


def spellings(names: Iterable[str]) -> list[str]:
    """Names as given, and as people should have typed them: slugs have small letters, and refs capitals."""
    forms = ((name, name.strip(" ").upper(), name.strip(" ").lower()) for name in names)
    return list(dict.fromkeys(form for spelt in forms for form in spelt))


def record(session: Session, row: Stored) -> str:
    """The kind of row and its name, such as `Commitment SVS-19`."""
    return f"{type(row).__name__} {name(session, row)}".rstrip()


def values(session: Session, row: Stored, *columns: str) -> dict[str, str | None]:
    """What a row says, as text: other rows by their names, and of all its columns where none is named."""
    table: sa.Table = type(row).__table__  # type: ignore[attr-defined]
    wanted = [table.c[column] for column in columns] or [c for c in table.c if c.name not in LEFT_OUT]
    return {c.name.removesuffix("_id"): _text(session, c, getattr(row, c.name)) for c in wanted}


def _text(session: Session, column: sa.Column[Any], value: Any) -> str | None:
    for key in column.foreign_keys if value is not None else ():
        found = session.get(MODELS[key.column.table.name], value)
        return name(session, found)
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case dt.datetime():
            return value.isoformat().replace("+00:00", "Z")
        case Decimal():
            return f"{value:.2f}"
        case list():
            return json.dumps(value, ensure_ascii=False) if value else None
        case _:
            return str(value)
