"""Reads a directory of the format into an folder, or says everything that is wrong with it."""

import datetime as dt
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from seeds import checks, clock, log, parse, plain, rows
from seeds.errors import SeedError, SeedProblem, SeedProblems
from seeds.folder import R, SeedFile, SeedFolder

DATA = Path(__file__).resolve().parent / "data"

LONGEST = 300
LONGEST_NAME = 80
SAID = {
    "missing": "is missing",
    "extra_forbidden": "is not a key of this table",
    "string_type": "should be text; put it in quotes",
    "int_type": "should be a whole number",
    "bool_type": "should be true or false",
    "list_type": "should be a list",
    "model_type": "should be keys and values",
}


def read(directory: Path, *, now: dt.datetime | None = None) -> SeedFolder:
    """Raises `SeedError` with every problem that could be found, not only the first.

    `now` is the time of the load. Without it, what the files say to have been recorded may be of any time.
    """
    problems = SeedProblems()
    folder = SeedFolder(
        datasets=_table(directory, rows.Dataset, problems, single=True),
        strategies=_table(directory, rows.Strategy, problems, single=True),
        organisations=_table(directory, rows.Organisation, problems),
        documents=_table(directory, rows.Document, problems),
        commitments=_table(directory, rows.Commitment, problems),
        statuses=_table(directory, rows.StatusUpdate, problems),
        searches=_table(directory, rows.Search, problems),
        funds=_table(directory, rows.Fund, problems),
        events=_table(directory, rows.Event, problems),
        discrepancies=_table(directory, rows.Discrepancy, problems),
        changes=_table(directory, rows.Change, problems, optional=True),
    )
    known = {model.FILE for model in rows.Row.__subclasses__()}
    for path in sorted([*directory.glob("*.yaml"), *directory.glob("*.yml")]):
        if path.name not in known:
            problems.note(path.name, "", "is not a file of the format")
    problems.add(checks.check(folder))
    problems.add(log.check(folder))
    if now is not None:
        problems.add(clock.check(folder, now))
    if problems:
        raise SeedError(problems, problems.more)
    return folder


def _table(
    directory: Path, model: type[R], problems: SeedProblems, *, single: bool = False, optional: bool = False
) -> SeedFile[R]:
    table: SeedFile[R] = SeedFile()
    if optional and not plain.exists(directory, model.FILE):
        return table
    try:
        content = plain.content(directory, model.FILE, most=parse.MAX_BYTES)
    except plain.Unreadable as error:
        problems.note(model.FILE, "", str(error))
        return table
    parser = parse.Parser(model.FILE)
    raws = parser.rows(content, single=single)
    problems.add(parser.problems)
    problems.more += parser.problems.more
    table.read = table.whole = bool(raws) or not parser.problems
    for raw in raws:
        place = f"line {raw.line}"
        name = raw.value.get(model.NAME) if isinstance(raw.value, dict) else None
        if isinstance(name, str):
            table.names.add(name)
            place = f"{name[:LONGEST_NAME]} (line {raw.line})"
        try:
            table.rows.append(model.model_validate(raw.value).at(place))
        except ValidationError as error:
            table.whole = False
            problems.add(SeedProblem(model.FILE, place, _reason(detail)) for detail in error.errors(include_url=False))
    return table


def _reason(detail: ErrorDetails) -> str:
    # Counted from 1, as a reader counts: `amounts, no. 3, citation, document`.
    places = (part[:LONGEST_NAME] if isinstance(part, str) else f"no. {part + 1}" for part in detail["loc"])
    where = ", ".join(places)
    said = SAID.get(detail["type"]) or str(detail.get("ctx", {}).get("error") or detail["msg"])
    if detail["type"] in ("enum", "literal_error"):
        said = f"{detail['input']!r} is none of {detail['ctx']['expected']}"
    # A message names what is wrong; it is no place to repeat a whole file.
    said = said if len(said) <= LONGEST else f"{said[:LONGEST]}..."
    return f"{where}: {said}" if where else said
