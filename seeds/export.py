"""Writes a database as files of the format: all that it holds but the tokens, editors' records and the log included."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from db.database import Database
from seeds import dump, parse, plain, rows
from seeds.exporting import changes, commitments, discrepancies, events, funds, sources
from seeds.exporting.tables import Tables

SINGLE: dict[type[rows.Row], Callable[[Tables], Any]] = {
    rows.Dataset: sources.dataset,
    rows.Strategy: commitments.strategy,
}
LISTS: dict[type[rows.Row], Callable[[Tables], list[Any]]] = {
    rows.Organisation: sources.organisations,
    rows.Document: sources.documents,
    rows.Commitment: commitments.commitments,
    rows.StatusUpdate: commitments.statuses,
    rows.Search: commitments.searches,
    rows.Fund: funds.funds,
    rows.Event: events.events,
    rows.Discrepancy: discrepancies.discrepancies,
    rows.Change: changes.changes,
}


def export(database: Database, directory: Path) -> Iterator[tuple[str, int]]:
    """The files as they are made, with how many rows each has. They appear in the directory together, at the end.

    In an order that depends on what the rows say and on nothing else, so that two exports differ only where the records
    do. Comments at the head of a file that is there already stay.
    """
    directory.mkdir(parents=True, exist_ok=True)
    made: dict[str, str] = {}
    with database.snapshot() as session:
        tables = Tables(session)
        for kind, one in SINGLE.items():
            made[kind.FILE] = dump.single(one(tables))
            yield kind.FILE, 1
        for kind, several in LISTS.items():
            found = several(tables)
            made[kind.FILE] = dump.rows(found)
            yield kind.FILE, len(found)
    # A folder of our own, in which there is nothing yet that a name could lead away from.
    with tempfile.TemporaryDirectory(prefix=".making-", dir=directory) as making:
        for name, text in made.items():
            Path(making, name).write_text(_head(directory, name) + text, encoding="utf-8")
        for name in made:
            if (directory / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(directory / name))
        for name in made:
            Path(making, name).replace(directory / name)


def _head(directory: Path, name: str) -> str:
    """The comments that a file there begins with. What is no plain file of the folder is replaced unread."""
    try:
        lines = plain.content(directory, name, most=parse.MAX_BYTES).decode().splitlines(keepends=True)
    except (plain.Unreadable, UnicodeDecodeError):
        return ""
    comments = list(takewhile(lambda line: line.startswith("#"), lines))
    return "".join([*comments, "\n"]) if comments else ""
