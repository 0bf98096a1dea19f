"""A table as JSON: an object that says what it is, with a row a line."""

from typing import BinaryIO

import orjson

from api.exports import cells
from api.exports.edition import Edition
from api.exports.table import Table

MEDIA_TYPE = "application/json"


def write(out: BinaryIO, edition: Edition, table: Table) -> None:
    about = {"table": table.name, **edition.about}
    out.write(orjson.dumps(about).removesuffix(b"}") + b',"rows":[')
    between = b"\n"
    for batch in edition.rows(table):
        if batch:
            out.write(between + b",\n".join(orjson.dumps(cells.json(table.columns, row)) for row in batch))
            between = b",\n"
    out.write(b"\n]}\n")
