"""All tables as one SQLite file, with their keys, which Datasette and other tools open."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import orjson

from api.exports import cells
from api.exports.registry import BY_NAME, TABLES
from api.exports.snapshot import Snapshot
from api.exports.table import Column, ExportTable, Kind

MEDIA_TYPE = "application/vnd.sqlite3"
# SQLite has no decimals. Of this type it keeps whole pounds as integers and the others as the nearest number, which are
# exact to the penny below 90 million million; as text, they would be compared and sorted as words.
POUNDS = "DECIMAL(17, 2)"
TYPES = {Kind.INTEGER: "INTEGER", Kind.POUNDS: POUNDS, Kind.BOOLEAN: "INTEGER"}


class MissingReference(Exception):
    """A row refers to one that is not there."""


def write(out: BinaryIO, snapshot: Snapshot) -> None:
    """SQLite writes to a path only, so the file is made in a temporary folder and copied."""
    with tempfile.TemporaryDirectory(dir=snapshot.folder) as folder:
        path = Path(folder) / "sixty-one.db"
        write_to(path, snapshot)
        with path.open("rb") as file:
            shutil.copyfileobj(file, out)


def write_to(path: Path, snapshot: Snapshot) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        # A file that is not complete is thrown away, so it need not be safe from crashes.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        _fill(database, snapshot)
        if broken := database.execute("PRAGMA foreign_key_check").fetchone():
            raise MissingReference(f"A row of {broken[0]} refers to one of {broken[2]} that is not there.")
        database.execute("COMMIT")


def _fill(database: sqlite3.Connection, snapshot: Snapshot) -> None:
    database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
    about = {"title": snapshot.title, **snapshot.about}
    database.executemany("INSERT INTO about VALUES (?, ?)", [(n, v if v is None else str(v)) for n, v in about.items()])
    database.execute(
        "CREATE TABLE columns (table_name TEXT, column_name TEXT, description TEXT,"
        " PRIMARY KEY (table_name, column_name))"
    )
    for table in TABLES:
        descriptions = [
            (table.name, "", table.description),
            *((table.name, c.name, c.description) for c in table.columns),
        ]
        database.executemany("INSERT INTO columns VALUES (?, ?, ?)", descriptions)
    for table in TABLES:
        database.execute(_create_statement(table))
        places = ", ".join("?" * len(table.columns))
        for batch in snapshot.rows(table):
            database.executemany(
                f"INSERT INTO {table.name} VALUES ({places})",  # noqa: S608  (the names are the code's own)
                [[_value(*cell) for cell in zip(table.columns, row, strict=True)] for row in batch],
            )
        for column, _ in table.references:
            if table.key[0] != column:
                database.execute(f'CREATE INDEX "{table.name}_{column}" ON {table.name} ("{column}")')


def _create_statement(table: ExportTable) -> str:
    lines = [
        f"{_quote(column.name)} {TYPES.get(column.kind, 'TEXT')}{' NOT NULL' if column.required else ''}"
        for column in table.columns
    ]
    lines.append(f"PRIMARY KEY ({', '.join(map(_quote, table.key))})")
    for column, other in table.references:
        [key] = BY_NAME[other].key
        lines.append(f"FOREIGN KEY ({_quote(column)}) REFERENCES {other} ({_quote(key)})")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {table.name} (\n  {body}\n)"


def _quote(name: str) -> str:
    return f'"{name}"'


def _value(column: Column, value: object) -> str | int | None:
    match value:
        case list():
            # Lists of keys are JSON, too: Datasette can make facets of them.
            return orjson.dumps(value).decode()
        case bool() | int() | None:
            return value
        case _:
            return cells.plain(column, value)
