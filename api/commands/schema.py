"""`sixtyone schema`."""

import difflib
from pathlib import Path
from typing import Annotated

import typer

from api.commands.common import fail
from schema.build import Schema
from schema.limits import Limits

COMMITTED = Path(__file__).resolve().parents[2] / "schema" / "schema.graphql"
app = typer.Typer(add_completion=False)


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
