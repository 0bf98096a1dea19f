"""`sixtyone migrate`."""

import sys
import tempfile
from typing import Annotated

import typer
from alembic.util.exc import CommandError

from api.commands.common import fail, open_database, read_settings
from api.settings import Settings
from db import migrate as migrations
from db.database import Database

app = typer.Typer(add_completion=False)


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
