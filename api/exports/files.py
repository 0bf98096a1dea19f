"""Every file that can be downloaded, with its title and its description."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from api.exports import as_package, as_sqlite, as_text
from api.exports.registry import TABLES
from api.exports.snapshot import Snapshot
from api.exports.table import ExportTable

FOLDER = "/data/"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class File:
    """`inline` if a browser may show it."""

    name: str
    title: str
    description: str
    media_type: str
    write: Callable[[BinaryIO, Snapshot], None]
    table: ExportTable | None = None
    inline: bool = False
    # The parameters that choose its rows.
    params: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        return FOLDER + self.name

    @property
    def format(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def is_compressible(self) -> bool:
        return self.format not in ("xlsx", "zip")


def table_files(table: ExportTable) -> tuple[File, File]:
    csv, json = partial(as_text.write_csv, table=table), partial(as_text.write_json, table=table)
    return (
        File(f"{table.name}.csv", table.title, table.description, as_text.CSV_TYPE, csv, table),
        File(f"{table.name}.json", table.title, table.description, as_text.JSON_TYPE, json, table, inline=True),
    )


def write_workbook(out: BinaryIO, snapshot: Snapshot) -> None:
    # XlsxWriter has forty modules, which a start can do without.
    from api.exports import as_xlsx  # noqa: PLC0415

    as_xlsx.write(out, snapshot)


# All tables in one file.
WHOLES = (
    File(
        "sixty-one.xlsx", "Workbook",
        "For Excel, LibreOffice and Numbers: every table as a sheet, and one that says what the columns mean.",
        WORKBOOK_TYPE, write_workbook,
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
        as_text.JSON_TYPE, as_package.write_descriptor, inline=True,
    ),
)  # fmt: skip
OF_TABLES = tuple(file for table in TABLES for file in table_files(table))
FILES = {file.name: file for file in (*OF_TABLES, *WHOLES)}
