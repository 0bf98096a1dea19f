"""What a backup holds, in three numbers, and the file that it is written to."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from db import versions


class BackupError(Exception):
    """Nothing was written, and why."""


@dataclass(frozen=True)
class Contents:
    # The version of the tables.
    version: str
    # None before the first load.
    revision: int | None
    tokens: int

    def require_known(self) -> None:
        """Raises `BackupError` unless this version can bring the tables up to date."""
        if reason := versions.unknown(self.version):
            raise BackupError(reason)

    def __str__(self) -> str:
        data = "no data" if self.revision is None else f"revision {self.revision}"
        return f"{data}, {self.tokens} {'token' if self.tokens == 1 else 'tokens'}, tables of version {self.version}"


@contextmanager
def new_file(file: Path) -> Iterator[Path]:
    """A file beside this one, which takes its place at the end of the block if nothing fails. Only its owner reads it.

    What root writes belongs to the owner of what was there, or of the folder. A link stays, and leads to the new file.
    """
    file = file.resolve()
    if file.exists() and not file.is_file():
        # Root could put a file into the place of a device.
        raise BackupError(f"{file} is no file: choose another name.")
    folder = file.parent
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=folder)
    except OSError as error:
        raise BackupError(f"{folder} cannot be written to: {error.strerror}") from error
    try:
        if os.geteuid() == 0:
            owner = (file if file.exists() else folder).stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        yield Path(name)
        os.fsync(descriptor)
        os.replace(name, file)
        _flush(folder)
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}") from error
    finally:
        os.close(descriptor)
        for suffix in ("", "-journal", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    """A name is only safe against a loss of power when its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
