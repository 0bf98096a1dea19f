"""Values as text: of a cell in a CSV file, and of a value in JSON."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

import orjson

from api.exports.columns import Column, Kind
from db.formatting import instant_text

# What a spreadsheet takes for the start of a formula; and, so that the mark can be told from the text, what is marked.
# Those of Japan take the wide signs, too; and where lists have semicolons, what stands behind one is a cell of its own.
FORMULA = re.compile(r"'*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
WITHIN = re.compile(r"""(;"*)('*[=+\-@\uff1d\uff0b\uff0d\uff20])""")
MARKED = re.compile(r"""(;"*)'('*[=+\-@\uff1d\uff0b\uff0d\uff20])""")
MARK = "'"
TEXTUAL = (Kind.TEXT, Kind.NAMES, Kind.TEXTS)


def plain(column: Column, value: object) -> str:
    """A value as text, the same for every reader. Nothing is the empty text, which no row of the data holds."""
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
    """The same for a file that a spreadsheet may open: an apostrophe before what it would take for a formula."""
    text = plain(column, value)
    if column.kind not in TEXTUAL:
        return text
    inside = WITHIN.sub(rf"\1{MARK}\2", text)
    return MARK + inside if FORMULA.match(text) else inside


def unmarked(text: str) -> str:
    """What `safe` was given."""
    inside = text[1:] if text.startswith(MARK) and FORMULA.match(text) else text
    return MARKED.sub(r"\1\2", inside)


def json(columns: Sequence[Column], row: Sequence[object]) -> dict[str, object]:
    """A row as the API would give it: decimals as text, lists as lists."""
    return {
        column.name: value if isinstance(value, (bool, int, list, type(None))) else plain(column, value)
        for column, value in zip(columns, row, strict=True)
    }
