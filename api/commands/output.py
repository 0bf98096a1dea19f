"""`sixtyone export` and `sixtyone schema`: the record and the schema as files."""

import difflib
from pathlib import Path
from typing import Annotated

import typer

from api.commands.common import clean_up_on_sigterm, fail, open_current, read_settings
from api.exports import folder
from api.exports.folder import Form
from api.moment import AS_OF, KNOWN_AT, REVISION, InvalidMoment, Moment, parse_moment
from api.settings import Settings
from db import dataset
from db.clock import Clock, now
from db.database import Database
from schema.build import Schema
from schema.limits import Limits
from seeds import export as seed_export

COMMITTED = Path(__file__).resolve().parents[2] / "schema" / "schema.graphql"
OPTIONS = {AS_OF: "'--as-of'", KNOWN_AT: "'--known-at'", REVISION: "'--revision'"}
app = typer.Typer()


@app.command()
def export(
    directory: Annotated[Path, typer.Argument(help="Where to; files of the same names that are there are replaced.")],
    *,
    form: Annotated[Form, typer.Option("--as", help="What to write. Seeds are the reviewed files: all there is.")] = (
        Form.SEEDS
    ),
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="The day in question; today if left out.")] = None,
    known_at: Annotated[
        str | None, typer.Option(metavar="INSTANT", help="By when it was known; now if left out.")
    ] = None,
    revision: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="The revision in question, in the place of --known-at.")
    ] = None,
) -> None:
    """Write the record as files: all of it as a backup (seeds), or what `/data/` serves. Tokens are left out."""
    if form is Form.SEEDS and any(text is not None for text in (as_of, known_at, revision)):
        fail(
            "The files of the seed format hold every day and every revision; --as-of, --known-at and --revision are for"
            " the other forms."
        )
    settings = read_settings(Settings)
    clock = Clock(now, settings.zone)
    try:
        moment = parse_moment(clock, as_of, known_at, revision)
    except InvalidMoment as error:
        raise typer.BadParameter(error.message, param_hint=OPTIONS.get(error.parameter or "")) from None
    with clean_up_on_sigterm(), open_current(settings) as db:
        if db.read_sync(dataset.state) is None:
            fail("There is nothing to write: no data is loaded.")
        try:
            moment = db.read_sync(moment.find, clock)
        except InvalidMoment as error:
            fail(error.message)
        try:
            _export(db, directory, form, moment)
        except OSError as error:
            fail(f"{directory} cannot be written: {error.strerror}")
    typer.echo(f"Written to {directory}")


@app.command()
def schema(
    *,
    check: Annotated[bool, typer.Option("--check", help="Only tell whether the committed file is up to date.")] = False,
) -> None:
    """Print the schema."""
    current = Schema(Limits()).sdl()
    if not check:
        typer.echo(current, nl=False)
        return
    committed = COMMITTED.read_text(encoding="utf-8")
    if committed != current:
        changes = difflib.unified_diff(committed.splitlines(), current.splitlines(), "committed", "code", lineterm="")
        fail("\n".join([*changes, "schema/schema.graphql is not what the code says: run `make schema`."]))


def _export(db: Database, directory: Path, form: Form, moment: Moment) -> None:
    if form is Form.SEEDS:
        for file, number in seed_export.export(db, directory):
            _echo_rows(file, number)
        return
    folder.export(db, directory, form, moment, lambda table, number: _echo_rows(table.name, number))


def _echo_rows(name: str, number: int) -> None:
    typer.echo(f"{name}: {number} {'row' if number == 1 else 'rows'}", err=True)
