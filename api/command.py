"""What the commands have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from alembic.util.exc import CommandError
from pydantic import ValidationError

from api import health
from api.settings import PREFIX, Settings
from db import failures
from db.database import Database


def settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        # Not the values, among which are passwords.
        faults = [(f"{PREFIX}{fault['loc'][0]}".upper(), fault["msg"]) for fault in error.errors()]
        fail("\n".join(f"{name}: {message.removeprefix('Value error, ')}" for name, message in faults))


@contextmanager
def database(given: Settings | None = None) -> Iterator[Database]:
    """The database of the settings, whose tables may be those of any version."""
    db = Database((given or settings()).database_url)
    try:
        yield db
    except failures.ERRORS as error:
        fail(failures.describe(error))
    except CommandError as error:
        # Of what others have written into Alembic's table.
        fail(f"The tables cannot be migrated: {error}")
    finally:
        db.close()


@contextmanager
def migrated() -> Iterator[Database]:
    """The database of the settings, with the tables of this version."""
    with database() as db:
        if fault := db.read_sync(health.tables):
            fail(fault)
        yield db


def fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
