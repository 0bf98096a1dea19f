"""All tables as CSV with a machine-readable description: a Frictionless Data Package."""

import hashlib
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import IO, BinaryIO, TypeAlias, cast

import orjson
import sqlalchemy as sa
from sqlmodel import col

from api.exports import as_text
from api.exports.registry import BY_NAME, TABLES
from api.exports.snapshot import Snapshot
from api.exports.table import Column, ExportTable, Kind
from db.models import Document
from db.vocabulary import DocumentKind

Json: TypeAlias = dict[str, object]
MEDIA_TYPE = "application/zip"
DESCRIPTOR = "datapackage.json"
DESCRIPTION = (
    "Every statement has a source, and unknown is a value, never a guess. `asOf`, `knownAt` and `revision` in the"
    " custom properties tell the moment that the tables are about: all that they hold is of that revision. A text that"
    " begins with = + - @ (behind apostrophes, or not) has one more apostrophe before it, and so has one of these signs"
    " behind a semicolon, so that no spreadsheet takes it for a formula. Lists of names are separated by spaces; lists"
    " of texts are JSON."
)
TYPES = {
    Kind.TEXT: "string",
    Kind.DATE: "date",
    Kind.INSTANT: "datetime",
    Kind.INTEGER: "integer",
    Kind.POUNDS: "number",
    Kind.BOOLEAN: "boolean",
    Kind.NAMES: "string",
    Kind.TEXTS: "array",
}
# How a cell is read, where its type does not say so.
NOTES = {
    Kind.POUNDS: "An exact decimal with two places: read it as one, and not as a float.",
    Kind.NAMES: "Several are separated by spaces.",
    Kind.TEXTS: "A list, as JSON.",
}
# The first day that an archive can hold: the same files make the same archive.
ZIPPED_ON = (1980, 1, 1, 0, 0, 0)


class HashingWriter:
    """Counts and hashes the bytes that it passes on."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out, self.size, self.digest = out, 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.digest.update(data)
        return self.out.write(data)


def write(out: BinaryIO, snapshot: Snapshot) -> None:
    """The package in one archive."""
    with zipfile.ZipFile(out, "w") as archive:
        write_files(lambda name: archive.open(_entry(name), "w", force_zip64=True), snapshot)


def write_files(open_file: Callable[[str], IO[bytes]], snapshot: Snapshot) -> None:
    """The tables, and then their description, which has their sizes and digests."""
    stats: dict[str, Json] = {}
    for table in TABLES:
        with open_file(f"{table.name}.csv") as out:
            hashing = HashingWriter(out)
            as_text.write_csv(cast(BinaryIO, hashing), snapshot, table)
        stats[table.name] = {"bytes": hashing.size, "hash": f"sha256:{hashing.digest.hexdigest()}"}
    with open_file(DESCRIPTOR) as out:
        out.write(describe(snapshot, stats))


def write_descriptor(out: BinaryIO, snapshot: Snapshot) -> None:
    """The description alone, of the tables that are served beside it."""
    out.write(describe(snapshot, {}, snapshot.moment.query))


def describe(snapshot: Snapshot, stats: Mapping[str, Json], query: str = "") -> bytes:
    about = snapshot.about
    package = {
        "profile": "tabular-data-package",
        "name": "sixty-one",
        "title": f"Sixty-One: {snapshot.title}",
        "description": DESCRIPTION,
        "version": str(snapshot.facts.revision),
        "created": about["updatedAt"],
        "licenses": [{"name": re.sub(r"[^A-Za-z0-9.]+", "-", snapshot.facts.licence), "title": snapshot.facts.licence}],
        "sources": [{"title": snapshot.facts.attribution}, *_sources(snapshot)],
        **about,
        "resources": [_resource(table, query) | stats.get(table.name, {}) for table in TABLES],
    }
    return orjson.dumps(package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, ZIPPED_ON)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _sources(snapshot: Snapshot) -> list[dict[str, str]]:
    slug, kind = col(Document.slug), col(Document.kind)
    rows = snapshot.session.scalars(sa.select(Document).where(kind == DocumentKind.SEED).order_by(slug))
    return [{"title": row.title} | ({"path": row.url} if row.url else {}) for row in rows]


def _resource(table: ExportTable, query: str) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv{query}",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(table, column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": [column],
                    "reference": {"resource": "" if other == table.name else other, "fields": list(BY_NAME[other].key)},
                }
                for column, other in table.references
            ],
        },
    }


def _field(table: ExportTable, column: Column) -> Json:
    constraints: Json = {"required": True} if column.required else {}
    if table.key == (column.name,):
        constraints["unique"] = True
    if column.enum:
        constraints["enum"] = list(column.enum)
    return {
        "name": column.name,
        "type": TYPES[column.kind],
        "description": f"{column.description} {NOTES.get(column.kind, '')}".strip(),
        **({"constraints": constraints} if constraints else {}),
    }
