"""The moment as the command line gives it."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

import typer

from schema.errors import BadInput
from schema.scalars import read_day, read_instant

T = TypeVar("T")


def day(text: str) -> dt.date:
    return _read(read_day, text)


def instant(text: str) -> dt.datetime:
    return _read(read_instant, text)


def _read(read: Callable[[str], T], text: str) -> T:
    """As GraphQL reads it."""
    try:
        return read(text)
    except BadInput as error:
        raise typer.BadParameter(error.message) from None
