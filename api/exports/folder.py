"""The files in a folder: they appear there together when all are made, or not at all."""

import tempfile
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from api.exports import as_package
from api.exports.files import FILES, OF_TABLES
from api.exports.registry import TABLES
from api.exports.snapshot import Snapshot, open_snapshot
from api.exports.table import ExportTable
from api.moment import Moment
from db.database import Database

Write = Callable[[BinaryIO, Snapshot], object]


class Form(StrEnum):
    SEEDS = "seeds"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    PACKAGE = "package"
    SQLITE = "sqlite"


# Of the forms that are one file.
WHOLE = {Form.XLSX: "sixty-one.xlsx", Form.SQLITE: "sixty-one.db"}


def export(
    database: Database, directory: Path, form: Form, moment: Moment, on_table: Callable[[ExportTable, int], None]
) -> list[str]:
    """The names of the files; any that are there already are replaced."""
    directory.mkdir(parents=True, exist_ok=True)
    # In the same folder, so that to bring them to their place is to rename them.
    with tempfile.TemporaryDirectory(prefix=".making-", dir=directory) as folder:
        names = []
        with open_snapshot(database, moment, on_table=on_table, folder=Path(folder)) as snapshot:
            for name, write in _files(form):
                with (Path(folder) / name).open("wb") as out:
                    write(out, snapshot)
                names.append(name)
        for name in names:
            (Path(folder) / name).replace(directory / name)
    return names


def _files(form: Form) -> Iterator[tuple[str, Write]]:
    if form in WHOLE:
        yield WHOLE[form], FILES[WHOLE[form]].write
    elif form is Form.PACKAGE:
        yield from _package()
    else:
        yield from ((file.name, file.write) for file in OF_TABLES if file.format == form)


def _package() -> Iterator[tuple[str, Write]]:
    """The description comes last: it has the sizes and digests of the others."""
    stats: dict[str, dict[str, Any]] = {}

    def writer(table: ExportTable) -> Write:
        def write(out: BinaryIO, snapshot: Snapshot) -> None:
            stats[table.name] = as_package.write_table(out, snapshot, table)

        return write

    yield from ((f"{table.name}.csv", writer(table)) for table in TABLES)
    yield as_package.DESCRIPTOR, lambda out, snapshot: out.write(as_package.describe(snapshot, stats))
