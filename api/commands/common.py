"""What several commands do: read the settings, open the database, load files, and fail in one line."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import typer
from pydantic import ValidationError

from api.database_settings import PREFIX, DatabaseSettings
from db import failures, versions
from db.database import Database

S = TypeVar("S", bound=DatabaseSettings)


def read_settings(kind: Callable[[], S]) -> S:
    try:
        return kind()
    except ValidationError as error:
        # Without the values, among which are passwords.
        problems = [(f"{PREFIX}{problem['loc'][0]}".upper(), problem["msg"]) for problem in error.errors()]
        fail("\n".join(f"{name}: {message.removeprefix('Value error, ')}" for name, message in problems))


@contextmanager
def open_database(settings: DatabaseSettings) -> Iterator[Database]:
    """The database of the settings, with tables of any version."""
    db = Database(settings.database_url)
    try:
        yield db
    except failures.errors() as error:
        fail(failures.describe(error))
    finally:
        db.close()


@contextmanager
def open_current(settings: DatabaseSettings) -> Iterator[Database]:
    """The database of the settings, with the tables of this version."""
    with open_database(settings) as db:
        if fault := db.read_sync(lambda session: versions.fault(session.connection())):
            fail(fault)
        yield db


@contextmanager
def clean_up_on_sigterm() -> Iterator[None]:
    """SIGTERM raises SystemExit, so that files that are not complete are removed, as on SIGINT."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
