"""A backup: one file with the whole database, the digests of tokens included, and the way back from it."""

from pathlib import Path

from db.backup import postgresql, sqlite
from db.backup.contents import BackupError, Contents
from db.database import Database

# How a file of each kind begins.
MAGIC = {b"SQLite format 3\0": "SQLite", b"PGDMP": "PostgreSQL"}


def write(database: Database, file: Path, *, replace: bool) -> Contents:
    """Writes a backup of the database as it is at one moment, while others read and write. All of it, or nothing."""
    if file.exists() and not replace:
        raise BackupError(f"{file} is there already: choose another name, or say --replace.")
    return sqlite.write(database, file) if database.is_sqlite else postgresql.write(database, file)


def restore(database: Database, file: Path, *, replace: bool) -> Contents:
    """Puts a backup into the place of the database: all of it, or nothing. Only with `replace` where there is one."""
    kind, own = _kind(file), "SQLite" if database.is_sqlite else "PostgreSQL"
    if kind != own:
        raise BackupError(
            f"{file} is a backup of {kind}, and the database is one of {own}."
            " From one kind to the other, use `sixtyone export` and `sixtyone seed`."
        )
    if database.is_sqlite:
        return sqlite.restore(database, file, replace=replace)
    return postgresql.restore(database, file, replace=replace)


def _kind(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            head = opened.read(16)
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}") from error
    kind = next((name for magic, name in MAGIC.items() if head.startswith(magic)), None)
    if kind is None:
        raise BackupError(f"{file} is no backup: `sixtyone backup` did not write it, or it is damaged.")
    return kind
