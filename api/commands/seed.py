"""`sixtyone seed`."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.common import fail, open_current, read_settings
from api.settings import Settings
from db.clock import now
from seeds import files, loader
from seeds.errors import SeedError

app = typer.Typer(add_completion=False)


@app.command()
def seed(
    directory: Annotated[
        Path | None, typer.Argument(help="The files to load; those that `serve` loads if left out.")
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Only check the files, and load nothing.")] = False,
) -> None:
    """Load reviewed files into the database: all of them, or none."""
    settings = read_settings(Settings)
    directory = directory or settings.data or files.DATA
    try:
        if check:
            typer.echo(f"{directory} is sound: {files.read(directory, now=now())}")
            return
        with open_current(settings) as db:
            typer.echo(str(loader.load(db, directory, now=now())))
    except SeedError as error:
        fail(str(error))
