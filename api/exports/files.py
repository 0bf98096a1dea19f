"""Every file that can be taken away, with what a list of them says of each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

from api.exports import as_csv, as_json, as_package, as_sqlite, as_xlsx
from api.exports.registry import TABLES
from api.exports.snapshot import Snapshot
from api.exports.table import ExportTable

FOLDER = "/data/"


@dataclass(frozen=True)
class File:
    """`shown` if a browser may show it."""

    name: str
    title: str
    description: str
    media_type: str
    write: Callable[[BinaryIO, Snapshot], None]
    table: ExportTable | None = None
    shown: bool = False
    # Whether it begins with a byte order mark.
    marked: bool = False

    def with_mark(self) -> "File":
        """The same beginning with a byte order mark, without which Excel on Windows does not read it as UTF-8."""
        return replace(self, marked=True, write=partial(as_csv.write_marked, write=self.write))

    @property
    def address(self) -> str:
        return FOLDER + self.name

    @property
    def packs(self) -> bool:
        """Whether there is something to be gained by packing it. A workbook and an archive are packed already."""
        return self.format not in ("xlsx", "zip")

    @property
    def format(self) -> str:
        return self.name.rpartition(".")[2]


def _of(table: ExportTable) -> tuple[File, File]:
    about = (table.title, table.description)
    return (
        File(f"{table.name}.csv", *about, as_csv.MEDIA_TYPE, partial(as_csv.write, table=table), table),
        File(
            f"{table.name}.json", *about, as_json.MEDIA_TYPE, partial(as_json.write, table=table), table,
            shown=True,
        ),
    )  # fmt: skip


# All tables in one file.
WHOLES = (
    File(
        "sixty-one.xlsx", "Workbook",
        "For Excel, LibreOffice and Numbers: every table as a sheet, and one that says what the columns mean.",
        as_xlsx.MEDIA_TYPE, as_xlsx.write,
    ),
    File(
        "sixty-one.zip", "Data Package",
        "For R, Python and other tools: every table as CSV, and a description with types, keys and licence"
        " (Frictionless Data Package).",
        as_package.MEDIA_TYPE, as_package.write,
    ),
    File(
        "sixty-one.db", "SQLite",
        "For SQL and Datasette: every table with its keys in one SQLite file.",
        as_sqlite.MEDIA_TYPE, as_sqlite.write,
    ),
    File(
        as_package.DESCRIPTOR, "Description of the package",
        "The description alone, of the CSV files beside it.",
        as_json.MEDIA_TYPE, as_package.write_descriptor, shown=True,
    ),
)  # fmt: skip
OF_TABLES = tuple(file for table in TABLES for file in _of(table))
FILES = {file.name: file for file in (*OF_TABLES, *WHOLES)}
