"""A table as JSON: an object that describes itself, with a line for each row."""

from typing import BinaryIO

import orjson

from api.exports import cells
from api.exports.snapshot import Snapshot
from api.exports.table import ExportTable

MEDIA_TYPE = "application/json"


def write(out: BinaryIO, snapshot: Snapshot, table: ExportTable) -> None:
    about = {"table": table.name, **snapshot.about}
    out.write(orjson.dumps(about).removesuffix(b"}") + b',"rows":[')
    between = b"\n"
    for batch in snapshot.rows(table):
        if batch:
            out.write(between + b",\n".join(orjson.dumps(cells.json(table.columns, row)) for row in batch))
            between = b",\n"
    out.write(b"\n]}\n")
