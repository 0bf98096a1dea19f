"""Writes a database as files of the format: all that it holds but the tokens, editors' records and the log included."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path

from db.database import Database
from seeds import dump, plain_files
from seeds.exporting import custom
from seeds.exporting.history import history
from seeds.exporting.rows import export_rows
from seeds.exporting.snapshot import FileRow, Snapshot
from seeds.folder import KINDS

# The files that are more than the rows of one table, by their names in `SeedFolder`.
CUSTOM: dict[str, Callable[[Snapshot], list[FileRow]]] = {
    "datasets": custom.dataset,
    "statuses": custom.statuses,
    "searches": custom.searches,
    "funds": custom.funds,
    "changes": custom.changes,
    "versions": history,
}


def export(database: Database, directory: Path) -> Iterator[tuple[str, int]]:
    """Yields the name of each file and the number of its rows. The files appear in the directory together, at the end.

    Their order depends on what the rows say and on nothing else, so two exports differ only where the records do.
    Comments at the head of an existing file stay.
    """
    directory.mkdir(parents=True, exist_ok=True)
    texts: dict[str, str] = {}
    with database.snapshot() as session:
        snapshot = Snapshot(session)
        for name, kind in KINDS.items():
            rows = CUSTOM[name](snapshot) if name in CUSTOM else export_rows(snapshot, kind)
            texts[kind.FILE] = dump.single(rows[0]) if kind.SINGLE else dump.rows(rows)
            yield kind.FILE, len(rows)
    # A new folder holds no links that could lead a name elsewhere.
    with tempfile.TemporaryDirectory(prefix=".making-", dir=directory) as making:
        for name, text in texts.items():
            Path(making, name).write_text(_head(directory, name) + text, encoding="utf-8")
        for name in texts:
            if (directory / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(directory / name))
        for name in texts:
            Path(making, name).replace(directory / name)


def _head(directory: Path, name: str) -> str:
    """The comments at the head of an existing file; empty where it is not a plain file of the folder."""
    try:
        content = plain_files.read_bytes(directory, name, max_bytes=plain_files.MAX_BYTES)
        lines = content.decode().splitlines(keepends=True)
    except (plain_files.UnreadableFile, UnicodeDecodeError):
        return ""
    comments = list(takewhile(lambda line: line.startswith("#"), lines))
    return "".join([*comments, "\n"]) if comments else ""
