"""`sixtyone migrate`, `sixtyone seed` and `sixtyone verify`: the tables, the reviewed files, and their documents."""

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from alembic.util.exc import CommandError

from api.commands.common import fail, open_current, open_database, read_settings
from api.settings import Settings
from db import migrate as migrations
from db.clock import now
from db.database import Database
from seeds import DATA, files, loader
from seeds import verify as verification
from seeds.errors import SeedError

app = typer.Typer()


@app.command()
def migrate(
    *,
    check: Annotated[bool, typer.Option("--check", help="Only tell whether code and migrations agree.")] = False,
    down: Annotated[bool, typer.Option("--down", help="Take every table away, and the data with them.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before everything is taken away.")] = False,
) -> None:
    """Bring the tables of the database to those of this version."""
    if check:
        with tempfile.TemporaryDirectory() as folder:
            _check_migrations(Database(f"sqlite:///{folder}/check.db"))
        return
    with open_database(read_settings(Settings)) as db:
        if down and not yes:
            _confirm(db)
        (migrations.downgrade if down else migrations.upgrade)(db)


@app.command()
def seed(
    directory: Annotated[
        Path | None, typer.Argument(help="The files to load; those that `serve` loads if left out.")
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Only check the files, and load nothing.")] = False,
    summary: Annotated[
        str, typer.Option(help="What the log calls this load, before the number of its rows.")
    ] = loader.SUMMARY,
) -> None:
    """Load reviewed files into the database: all of them, or none."""
    settings = read_settings(Settings)
    directory = directory or settings.data or DATA
    try:
        if check:
            typer.echo(f"{directory} is sound: {files.read(directory, now=now(), reviewed=True)}")
            return
        with open_current(settings) as db:
            typer.echo(str(loader.load(db, directory, now=now(), summary=summary)))
    except SeedError as error:
        fail(str(error))


@app.command()
def verify(
    directory: Annotated[Path, typer.Argument(help="The files whose citations are held; our own if left out.")] = (
        DATA
    ),
    *,
    documents: Annotated[Path, typer.Option(help="The folder with the seed documents.")],
) -> None:
    """Hold every citation of a seed document against the document itself."""
    try:
        report = verification.verify(directory, documents)
    except SeedError as error:
        fail(str(error))
    typer.echo(report)
    if report.problems:
        raise typer.Exit(1)


def _confirm(db: Database) -> None:
    name = db.engine.url.render_as_string(hide_password=True)
    question = f"This takes every table of {name} away, and the data with them"
    if not sys.stdin.isatty():
        fail(f"{question}: say so with --yes.")
    typer.confirm(f"{question}. Go on?", abort=True)


def _check_migrations(db: Database) -> None:
    migrations.upgrade(db)
    try:
        migrations.check(db)
    except CommandError as error:
        fail(str(error))
    finally:
        db.close()
