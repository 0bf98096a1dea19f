"""`sixtyone backup` and `sixtyone restore`: the whole database as one file, tokens included."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.commands.common import clean_up_on_sigterm, fail, open_database, read_settings
from api.database_settings import DatabaseSettings
from db import backup as backups
from db import versions
from db.backup.contents import BackupError
from db.database import Database

app = typer.Typer()


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to. Only its owner may read it: it holds the digests of tokens.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of a file that is there.")] = False,
) -> None:
    """Write the whole database into one file, also while it is served, and check that file."""
    with _open() as db:
        contents = backups.write(db, file, replace=replace)
    typer.echo(f"Written to {file}: {contents}")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `sixtyone backup` wrote.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take away the database that is there, with everything in it.")
    ] = False,
) -> None:
    """Put a backup into the place of the database. Stop the service before."""
    with _open() as db:
        contents = backups.restore(db, file, replace=replace)
    typer.echo(f"Restored from {file}: {contents}")
    if contents.version != versions.LATEST:
        typer.echo(f"This version needs {versions.LATEST}: `sixtyone migrate` or the next start brings them there.")


@contextmanager
def _open() -> Iterator[Database]:
    try:
        with clean_up_on_sigterm(), open_database(read_settings(DatabaseSettings)) as db:
            yield db
    except BackupError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or 'The file'} cannot be written: {error.strerror}")
