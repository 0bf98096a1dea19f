"""`sixtyone verify`."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.common import fail
from seeds import files
from seeds import verify as verification
from seeds.errors import SeedError

app = typer.Typer(add_completion=False)


@app.command()
def verify(
    directory: Annotated[Path, typer.Argument(help="The files whose citations are held; our own if left out.")] = (
        files.DATA
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
