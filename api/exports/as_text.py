"""A table as CSV, by RFC 4180, and as JSON: an object that describes itself, with a line for each row. In UTF-8."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

import orjson

from api.exports import cells
from api.exports.snapshot import Snapshot
from api.exports.table import ExportTable

CSV_TYPE = "text/csv; charset=utf-8; header=present"
JSON_TYPE = "application/json"


def write_csv(out: BinaryIO, snapshot: Snapshot, table: ExportTable) -> None:
    out.write(csv_lines([table.names]))
    for batch in snapshot.rows(table):
        out.write(csv_lines([cells.safe(*cell) for cell in zip(table.columns, row, strict=True)] for row in batch))


def write_json(out: BinaryIO, snapshot: Snapshot, table: ExportTable) -> None:
    about = {"table": table.name, **snapshot.about}
    out.write(orjson.dumps(about).removesuffix(b"}") + b',"rows":[')
    between = b"\n"
    for batch in snapshot.rows(table):
        if batch:
            out.write(between + b",\n".join(orjson.dumps(cells.json(table.columns, row)) for row in batch))
            between = b",\n"
    out.write(b"\n]}\n")


def csv_lines(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
