"""Values as text: of a cell in a CSV file, and of a value in JSON."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

import orjson

from api.exports.table import Column, Kind
from db.formatting import instant_text

# The start of a text that a spreadsheet reads as a formula, behind apostrophes or not: `safe` adds one more apostrophe,
# so that it can be removed again. Japanese spreadsheets read the wide signs, too.
FORMULA = re.compile(r"'*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
# Where lists are separated by semicolons, the text behind one is a cell by itself.
WITHIN = re.compile(r"""(;"*)('*[=+\-@\uff1d\uff0b\uff0d\uff20])""")
MARK = "'"
TEXTUAL = (Kind.TEXT, Kind.NAMES, Kind.TEXTS)


def plain(column: Column, value: object) -> str:
    """A value as text. None is the empty text, which no row of the data holds."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dt.datetime():
            return instant_text(value)
        case Decimal():
            return f"{value:.2f}"
        case list() if column.kind is Kind.NAMES:
            return " ".join(value)
        case list():
            return orjson.dumps(value).decode() if value else ""
        case _:
            return str(value)


def safe(column: Column, value: object) -> str:
    """The same with an apostrophe before each text that a spreadsheet would read as a formula."""
    text = plain(column, value)
    # Many cells are empty, and need no guard.
    return guard(text) if text and column.kind in TEXTUAL else text


def guard(text: str) -> str:
    inside = WITHIN.sub(rf"\1{MARK}\2", text) if ";" in text else text
    return MARK + inside if FORMULA.match(text) else inside


def json(columns: Sequence[Column], row: Sequence[object]) -> dict[str, object]:
    """A row as the API would give it: decimals as text, lists as lists."""
    return {
        column.name: value if isinstance(value, (bool, int, list, type(None))) else plain(column, value)
        for column, value in zip(columns, row, strict=True)
    }
