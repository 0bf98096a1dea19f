"""All tables as a workbook for spreadsheets: a sheet that describes them, and a sheet for each."""

import datetime as dt
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from api.exports import cells
from api.exports.registry import SHEETS
from api.exports.snapshot import Snapshot
from api.exports.table import Cells, Column, ExportTable, Kind

OPTIONS = {
    # A row at a time; texts as they are, whatever they look like.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.INSTANT: "yyyy-mm-dd hh:mm:ss", Kind.POUNDS: "#,##0.00"}
WIDTHS = {Kind.DATE: 12, Kind.INSTANT: 20, Kind.INTEGER: 12, Kind.POUNDS: 18, Kind.BOOLEAN: 11, Kind.NAMES: 28}
# Of texts, by the name of the column; the others are as wide as their longest word or their name.
WIDE = {"title": 60, "summary": 80, "note": 80, "statusNote": 80, "question": 60, "says": 60, "explanation": 60,
        "meaning": 80, "evidence": 80, "name": 40, "url": 40}  # fmt: skip
CAPTION = {"author": "", "x_scale": 3, "y_scale": 2}
# What a sheet and a cell can hold.
MOST_ROWS = 1_048_576
MOST_LETTERS = 32_767
CUT = " … (cut: more than a cell can hold)"
# Spreadsheets count days differently before this one.
FIRST_DAY = dt.date(1900, 3, 1)
ABOUT = "About"


class TooLong(Exception):
    """A table has more rows than a sheet can hold."""


class Sheet:
    """Rows are added one below the other, and do not stay in memory."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[Column] = ()) -> None:
        self.name, self.columns, self.sheet = name, columns, book.add_worksheet(name)
        self.formats = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
        self.bold = book.add_format({"bold": True})
        self.length = 0

    def add(self, row: Cells) -> None:
        if self.length == MOST_ROWS:
            raise TooLong(f"A sheet can hold {MOST_ROWS} rows, and {self.name} has more: take the CSV file.")
        for place, (column, value) in enumerate(zip(self.columns, row, strict=True)):
            if value is not None:
                self._write(place, column, value)
        self.length += 1

    def add_texts(self, *texts: str | None, bold: bool = False) -> None:
        for place, text in enumerate(texts):
            if text is not None:
                self.sheet.write_string(self.length, place, text, self.bold if bold else None)
        self.length += 1

    def _write(self, place: int, column: Column, value: object) -> None:
        match value:
            case bool():
                self.sheet.write_boolean(self.length, place, value)
            case dt.datetime():
                # Spreadsheets have no zones; it is UTC, as the About sheet says.
                self.sheet.write_datetime(self.length, place, value.replace(tzinfo=None), self.formats[column.kind])
            case dt.date() if value >= FIRST_DAY:
                self.sheet.write_datetime(self.length, place, value, self.formats[column.kind])
            case int() | Decimal():
                self.sheet.write_number(self.length, place, value, self.formats.get(column.kind))
            case _:
                text = cells.plain(column, value)
                if len(text) > MOST_LETTERS:
                    text = text[: MOST_LETTERS - len(CUT)] + CUT
                self.sheet.write_string(self.length, place, text)


def write(out: BinaryIO, snapshot: Snapshot) -> None:
    # The library keeps the rows of each sheet in a temporary file until the end.
    with tempfile.TemporaryDirectory(dir=snapshot.folder) as folder:
        book = Workbook(out, OPTIONS | {"tmpdir": folder})
        try:
            _fill(book, snapshot)
        except BaseException:
            # Do not call book.close(): it would assemble the partial workbook.
            for sheet in book.worksheets():
                sheet._opt_close()
            raise
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error


def _fill(book: Workbook, snapshot: Snapshot) -> None:
    # The library would write the time of day: the same tables make the same file.
    created = snapshot.facts.updated_at.replace(tzinfo=None)
    book.set_properties({"title": snapshot.title, "comments": snapshot.facts.licence, "created": created})
    _about(book, snapshot)
    for table in SHEETS:
        _table(book, snapshot, table)


def _about(book: Workbook, snapshot: Snapshot) -> None:
    sheet = Sheet(book, ABOUT)
    sheet.sheet.set_column(0, 1, 26)
    sheet.sheet.set_column(2, 2, 120)
    sheet.add_texts(snapshot.title, bold=True)
    for name, value in snapshot.about.items():
        sheet.add_texts(name, None if value is None else str(value))
    sheet.add_texts("")
    sheet.add_texts("", None, "Instants are in UTC. An empty cell is what is not known, or does not apply.")
    sheet.add_texts("")
    sheet.add_texts("Table", "Column", "Meaning", bold=True)
    for table in SHEETS:
        sheet.add_texts(table.name, None, table.description)
        for column in table.columns:
            sheet.add_texts(table.name, column.name, column.description)


def _table(book: Workbook, snapshot: Snapshot, table: ExportTable) -> None:
    sheet = Sheet(book, table.name, table.columns)
    for place, column in enumerate(table.columns):
        sheet.sheet.set_column(place, place, _width(column))
    sheet.sheet.freeze_panes(1, 1)
    sheet.add_texts(*table.names, bold=True)
    # A caption that is no row: programs read the names of the columns from the first one.
    sheet.sheet.write_comment(0, 0, f"{table.title}. {table.description}", CAPTION)
    for batch in snapshot.rows(table):
        for row in batch:
            sheet.add(row)
    sheet.sheet.autofilter(0, 0, sheet.length - 1, len(table.columns) - 1)


def _width(column: Column) -> int:
    longest = max((len(word) for word in column.enum), default=20)
    return max(len(column.name) + 3, WIDTHS.get(column.kind, WIDE.get(column.name, longest + 2)))
