"""Reads a directory of the format as typed rows, or reports everything that is wrong with it."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from seeds import parse, plain_files
from seeds.checks import check
from seeds.errors import SeedError, SeedProblem, SeedProblems
from seeds.folder import KINDS, R, SeedFile, SeedFolder

MAX_REASON = 300
MAX_NAME = 80
# Pydantic's types of errors in the words of the format.
REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is not a key of this table",
    "string_type": "should be text; put it in quotes",
    "int_type": "should be a whole number",
    "bool_type": "should be true or false",
    "list_type": "should be a list",
    "model_type": "should be keys and values",
}


def read(directory: Path, *, now: dt.datetime | None = None, reviewed: bool = False) -> SeedFolder:
    """Raises `SeedError` with every problem that can be seen, not only the first.

    `now` is the time of the load. Without it, the files may hold any instant. Of files that are `reviewed`, more is
    asked than of those that a database has written.
    """
    problems = SeedProblems()
    files: dict[str, SeedFile[Any]] = {name: _read_file(directory, kind, problems) for name, kind in KINDS.items()}
    folder = SeedFolder(**files)
    names = {kind.FILE for kind in KINDS.values()}
    for path in sorted([*directory.glob("*.yaml"), *directory.glob("*.yml")]):
        if path.name not in names:
            problems.note(path.name, "", "is not a file of the format")
    problems.add(check(folder, now, reviewed=reviewed))
    if problems:
        raise SeedError(problems, problems.more)
    return folder


def _read_file(directory: Path, kind: type[R], problems: SeedProblems) -> SeedFile[R]:
    file: SeedFile[R] = SeedFile()
    # A link to nothing exists, too: it was meant to be a file.
    if kind.OPTIONAL and not os.path.lexists(directory / kind.FILE):
        return SeedFile(readable=True, complete=True)
    try:
        content = plain_files.read_bytes(directory, kind.FILE, max_bytes=plain_files.MAX_BYTES)
    except plain_files.UnreadableFile as error:
        problems.note(kind.FILE, "", str(error))
        return file
    parser = parse.Parser(kind.FILE)
    values = parser.rows(content, single=kind.SINGLE)
    problems.add(parser.problems)
    problems.more += parser.problems.more
    file.readable = file.complete = bool(values) or not parser.problems
    for line, value in values:
        where = f"line {line}"
        name = value.get(kind.NAME) if isinstance(value, dict) else None
        if isinstance(name, str):
            file.names.add(name)
            where = f"{name[:MAX_NAME]} (line {line})"
        try:
            file.rows.append(kind.model_validate(value).at(where))
        except ValidationError as error:
            file.complete = False
            problems.add(SeedProblem(kind.FILE, where, _reason(detail)) for detail in error.errors(include_url=False))
    return file


def _reason(detail: ErrorDetails) -> str:
    # Counted from 1, as a reader counts: `amounts, no. 3, citation, document`.
    places = (part[:MAX_NAME] if isinstance(part, str) else f"no. {part + 1}" for part in detail["loc"])
    where = ", ".join(places)
    reason = REASONS.get(detail["type"]) or str(detail.get("ctx", {}).get("error") or detail["msg"])
    if detail["type"] in ("enum", "literal_error"):
        reason = f"{detail['input']!r} is none of {detail['ctx']['expected']}"
    # The input may be as long as a file.
    reason = reason if len(reason) <= MAX_REASON else f"{reason[:MAX_REASON]}..."
    return f"{where}: {reason}" if where else reason
