"""A backup of SQLite: a copy of the file by SQLite itself, which nobody has to wait for."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from db import versions
from db.backup.contents import BackupError, Contents, new_file
from db.database import Database

# How long to wait for those who have the file open, in seconds.
PATIENCE = 2.0


def write(database: Database, file: Path) -> Contents:
    path = Path(database.file.path)
    if not path.exists():
        raise BackupError(f"There is no database at {path}.")
    if file.exists() and any(file.samefile(part) for part in _parts(path) if part.exists()):
        raise BackupError(f"{file} is the database itself.")
    with new_file(file) as copy:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            # All pages in one step: a copy in parts begins again whenever somebody writes.
            source.backup(target)
            # One file, without a log beside it.
            target.execute("PRAGMA journal_mode = DELETE")
        return read(copy)


def restore(database: Database, file: Path, *, replace: bool) -> Contents:
    path = Path(database.file.path)
    is_there = path.exists() and path.stat().st_size > 0
    if is_there and not replace:
        raise BackupError(f"There is a database at {path}: say --replace to put the backup into its place.")
    if is_there and file.samefile(path):
        raise BackupError(f"{file} is the database itself.")
    with new_file(path) as copy:
        shutil.copyfile(file, copy)
        contents = read(copy)
        contents.require_known()
        if is_there:
            _require_unused(path)
        # A log that an earlier file left behind would be taken for one of the new file.
        for part in _parts(path)[1:]:
            part.unlink(missing_ok=True)
    return contents


def read(file: Path) -> Contents:
    """What is in a file. Raises `BackupError` if it is damaged, or not ours."""
    with closing(sqlite3.connect(file)) as connection:
        try:
            faults = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
            faults += [f"a row of {row[0]} belongs to none" for row in connection.execute("PRAGMA foreign_key_check")]
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        except sqlite3.DatabaseError as error:
            raise BackupError(f"The database is damaged: {error}") from error
        if faults:
            raise BackupError(f"The database is damaged: {faults[0]}")
        if not {"dataset", versions.TABLE} <= tables:
            raise BackupError("There is nothing to back up: the database has no tables of ours.")

        def first(query: str) -> Any:
            row = connection.execute(query).fetchone()
            return row and row[0]

        # The first version had no tokens.
        tokens = first("SELECT count(*) FROM token") if "token" in tables else 0
        return Contents(first(versions.CURRENT), first("SELECT revision FROM dataset"), tokens)


def _parts(path: Path) -> list[Path]:
    """The file, and those that SQLite keeps beside it; of a link, beside where it leads."""
    return [Path(f"{path.resolve()}{suffix}") for suffix in ("", "-wal", "-shm")]


def _require_unused(path: Path) -> None:
    """Raises `BackupError` while another process has the file open. One that is damaged is used by nobody."""
    with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname == "SQLITE_BUSY":
                raise BackupError(f"Another process has {path} open: stop the service first.") from error
            raise
        except sqlite3.DatabaseError:
            pass
