"""Exports the rows of one file as their declarations say, from tables that are read once for all files."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum

from db import natural_keys
from db.formatting import date_text, instant_text
from seeds import mapping
from seeds.dump import Line
from seeds.exporting.keys import stated_key
from seeds.exporting.snapshot import FileRow, Snapshot
from seeds.mapping import DatabaseRow, SeedPart
from seeds.rows.base import CitationPart, SeedRow


def export_rows(snapshot: Snapshot, kind: type[SeedRow]) -> list[FileRow]:
    return [export_part(snapshot, kind, row) for row in sorted(snapshot.rows(kind.MODEL), key=kind.sort_key)]


def export_part(
    snapshot: Snapshot, kind: type[SeedPart], row: DatabaseRow, custom: Mapping[str, object] | None = None
) -> FileRow:
    """One row of the database as the files have it, without the keys that may be left out."""
    owner_column = f"{kind.MODEL.__tablename__}_id"
    values: FileRow = {}
    for name, declaration in kind.MAPPINGS.items():
        value: object = None
        match declaration:
            case mapping.Column(column):
                value = to_yaml(getattr(row, column))
            case mapping.PeriodColumns(day):
                value = getattr(row, day) and date_text(getattr(row, day), row.precision)
            case mapping.Reference(model):
                id = getattr(row, f"{name}_id")
                value = id and snapshot.key(model, id)
            case mapping.Subject():
                model, id = natural_keys.subject_of(kind.MODEL, row)
                value = Line(type=model.__tablename__, key=snapshot.key(model, id))
            case mapping.Links():
                value = _links(snapshot, declaration, owner_column, row.id)
            case mapping.Parts(part):
                value = _parts(snapshot, part, owner_column, row.id)
            case mapping.Citations(single):
                citations = _parts(snapshot, CitationPart, owner_column, row.id)
                value = citations[0] if single else citations
            case mapping.StatedKey():
                value = stated_key(snapshot, kind.MODEL, row)
            case mapping.Custom() if custom:
                value = custom[name]
        field = kind.model_fields[name]
        if value is not None and value != [] and value != field.default:
            values[field.alias or name] = value
    return values


def to_yaml(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case dt.datetime():
            return instant_text(value)
        case dt.date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == int(value) else f"{value:.2f}"
        case _:
            return value


def _links(snapshot: Snapshot, links: mapping.Links, owner_column: str, owner: int) -> list[str]:
    rows = snapshot.rows_of(links.link, owner_column, owner)
    has_position = "position" in links.link.model_fields
    if has_position:
        rows = sorted(rows, key=lambda row: row.position)
    keys = [snapshot.key(links.model, getattr(row, f"{links.model.__tablename__}_id")) for row in rows]
    return keys if has_position else sorted(keys)


def _parts(snapshot: Snapshot, kind: type[SeedPart], owner_column: str, owner: int) -> list[FileRow]:
    rows = sorted(snapshot.rows_of(kind.MODEL, owner_column, owner), key=kind.sort_key)
    parts = [export_part(snapshot, kind, row) for row in rows]
    # A part without parts of its own is written on one line.
    return [part if any(isinstance(value, dict) for value in part.values()) else Line(part) for part in parts]
