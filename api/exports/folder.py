"""The files in a folder: all appear there together when they are complete, or none."""

import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from api.exports import as_package
from api.exports.files import OF_TABLES, WHOLES
from api.exports.snapshot import open_snapshot
from api.exports.table import ExportTable
from api.moment import Moment
from db.database import Database


class Form(StrEnum):
    SEEDS = "seeds"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    PACKAGE = "package"
    SQLITE = "sqlite"


FORMATS = {Form.CSV: "csv", Form.JSON: "json", Form.XLSX: "xlsx", Form.SQLITE: "db"}


def export(
    database: Database, directory: Path, form: Form, moment: Moment, on_table: Callable[[ExportTable, int], None]
) -> None:
    """Replaces files of the same names."""
    directory.mkdir(parents=True, exist_ok=True)
    # On the same file system, so that complete files are only renamed.
    with tempfile.TemporaryDirectory(prefix=".making-", dir=directory) as name:
        folder = Path(name)
        with open_snapshot(database, moment, on_table=on_table, folder=folder) as snapshot:
            if form is Form.PACKAGE:
                as_package.write_files(lambda name: (folder / name).open("wb"), snapshot)
            for file in (*OF_TABLES, *WHOLES):
                if file.format == FORMATS.get(form) and file.name != as_package.DESCRIPTOR:
                    with (folder / file.name).open("wb") as out:
                        file.write(out, snapshot)
        for path in sorted(folder.iterdir()):
            path.replace(directory / path.name)
