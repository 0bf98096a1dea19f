"""Reads each format back into the rows of the JSON, so that formats can be compared."""

import csv
import datetime as dt
import io
import json
import re
import sqlite3
import zipfile
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl

from api.exports import cells
from api.exports.registry import SHEETS, TABLES
from api.exports.table import Column, ExportTable, Kind
from db.formatting import instant_text

Rows: TypeAlias = list[dict[str, Any]]
MARKED = re.compile(r"""(;"*)'('*[=+\-@\uff1d\uff0b\uff0d\uff20])""")


def from_json(content: bytes) -> Rows:
    result: Rows = json.loads(content)["rows"]
    return result


def from_csv(table: ExportTable, content: bytes) -> Rows:
    lines = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    assert next(lines) == list(table.names)
    return [_row(table, [_from_text(*cell) for cell in zip(table.columns, line, strict=True)]) for line in lines]


def from_zip(content: bytes) -> dict[str, Rows]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {table.name: from_csv(table, archive.read(f"{table.name}.csv")) for table in TABLES}


def from_xlsx(content: bytes) -> dict[str, Rows]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    rows = {table.name: _from_sheet(table, book[table.name]) for table in SHEETS}
    # What the other files have in one table.
    return {**rows, "commitments": rows["commitments"] + rows["later"]}


def from_sqlite(path: Path) -> dict[str, Rows]:
    database = sqlite3.connect(path)
    try:
        return {
            table.name: [
                _row(table, [_from_sqlite(*cell) for cell in zip(table.columns, row, strict=True)])
                for row in database.execute(f"SELECT * FROM {table.name} ORDER BY rowid")
            ]
            for table in TABLES
        }
    finally:
        database.close()


def remove_marks(text: str) -> str:
    """The text before `cells.safe` marked it."""
    inside = text[1:] if text.startswith(cells.MARK) and cells.FORMULA.match(text) else text
    return MARKED.sub(r"\1\2", inside)


def _row(table: ExportTable, values: list[Any]) -> dict[str, Any]:
    return dict(zip(table.names, values, strict=True))


def _from_text(column: Column, cell: str) -> Any:
    text = remove_marks(cell)
    match column.kind:
        case Kind.NAMES:
            return text.split()
        case Kind.TEXTS:
            return json.loads(text) if text else []
    if not text:
        return None
    match column.kind:
        case Kind.BOOLEAN:
            return {"true": True, "false": False}[text]
        case Kind.INTEGER:
            return int(text)
        case _:
            return text


def _from_sheet(table: ExportTable, sheet: Any) -> Rows:
    heading, *lines = sheet.iter_rows(values_only=True)
    assert heading == table.names
    return [_row(table, [_from_cell(*cell) for cell in zip(table.columns, line, strict=True)]) for line in lines]


def _from_cell(column: Column, value: Any) -> Any:
    match column.kind:
        case Kind.NAMES:
            return (value or "").split()
        case Kind.TEXTS:
            return json.loads(value) if value else []
        case Kind.DATE if value is not None:
            return value.date().isoformat()
        case Kind.INSTANT:
            # A sheet counts in fractions of a day.
            exact = (value + dt.timedelta(microseconds=500)).replace(microsecond=0, tzinfo=dt.UTC)
            return instant_text(exact)
        case Kind.POUNDS if value is not None:
            return f"{value:.2f}"
    return value


def _from_sqlite(column: Column, value: Any) -> Any:
    match column.kind:
        case Kind.NAMES | Kind.TEXTS:
            return json.loads(value)
        case Kind.POUNDS if value is not None:
            return f"{value:.2f}"
        case Kind.BOOLEAN:
            return bool(value)
    return value
