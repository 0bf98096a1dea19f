"""A table as CSV, by RFC 4180, in UTF-8."""

import csv
import io
from typing import BinaryIO

from api.exports import cells
from api.exports.snapshot import Snapshot
from api.exports.table import ExportTable

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"


def write(out: BinaryIO, snapshot: Snapshot, table: ExportTable) -> None:
    out.write(_lines([table.names]))
    for batch in snapshot.rows(table):
        out.write(_lines([[cells.safe(*cell) for cell in zip(table.columns, row, strict=True)] for row in batch]))


def _lines(rows: object) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode()
