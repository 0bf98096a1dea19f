"""Writes a database as files of the format: all that it holds but the tokens, editors' records and the log included."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from db.database import Database
from seeds import dump, rows
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
    made: dict[Path, str] = {}
    with database.snapshot() as session:
        tables = Tables(session)
        for kind, one in SINGLE.items():
            made[directory / kind.FILE] = dump.single(one(tables))
            yield kind.FILE, 1
        for kind, several in LISTS.items():
            found = several(tables)
            made[directory / kind.FILE] = dump.rows(found)
            yield kind.FILE, len(found)
    for path, text in made.items():
        path.with_suffix(".new").write_text(_head(path) + text, encoding="utf-8")
    for path in made:
        path.with_suffix(".new").replace(path)


def _head(path: Path) -> str:
    if not path.exists():
        return ""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    comments = []
    for line in lines:
        if not line.startswith("#"):
            break
        comments.append(line)
    return "".join([*comments, "\n"]) if comments else ""
