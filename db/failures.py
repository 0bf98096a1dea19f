"""What can be wrong with a database: the same questions about an error of either database, and one line about it."""

import sqlite3
import sys
from typing import TypeAlias

import sqlalchemy as sa

Errors: TypeAlias = tuple[type[Exception], ...]
# Classes and codes of errors of the database itself and not of a statement: it does not answer, is full, is read-only,
# is locked, is damaged.
UNAVAILABLE = (
    "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN",
    "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_PROTOCOL", "SQLITE_PERM",
    "08", "25006", "28", "3D000", "40", "53", "55P03", "57P", "58", "XX001", "XX002",
)  # fmt: skip
DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002")
REFUSED = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "25006", "53")
TIMEOUT = ("SQLITE_INTERRUPT", "57014")


class FileReplaced(sqlite3.OperationalError):
    """The file was deleted or replaced while it was open: a write would be lost, or harm another record."""


class Overloaded(sa.exc.TimeoutError):
    """Others kept all connections for too long: the question was not run."""


class Behind(sa.exc.TimeoutError):
    """The server does not have the revision yet that is asked for: the question was not run."""

    def __init__(self, revision: int) -> None:
        """`revision` is the one that it has."""
        super().__init__(f"the server has revision {revision}, and a later one is asked for")
        self.revision = revision


class Unusable(sa.exc.SQLAlchemyError):
    """This version cannot serve from the database."""


def errors(*others: type[Exception]) -> Errors:
    """Those of every database, for `except`; and others."""
    return (*server_errors(), sqlite3.Error, *others)


def server_errors() -> Errors:
    """Those of a server, and not of a file that is written beside it."""
    return (sa.exc.SQLAlchemyError, *_psycopg("Error"))


def driver_errors(*others: type[Exception]) -> Errors:
    """Those of the drivers themselves; and others."""
    return (sqlite3.Error, *_psycopg("Error"), *others)


def is_unavailable(error: BaseException) -> bool:
    """Whether the same question may be answered later."""
    driver_error = cause(error)
    if state := code(driver_error):
        return state.startswith(UNAVAILABLE)
    # An error of a connection to PostgreSQL has no code.
    return isinstance(driver_error, (sa.exc.TimeoutError, FileReplaced, *_psycopg("OperationalError")))


def is_timeout(error: BaseException) -> bool:
    """Whether the statement took longer than it may."""
    return code(cause(error)) in TIMEOUT


def is_damaged(error: BaseException) -> bool:
    return code(cause(error)).startswith(DAMAGED)


def describe(error: BaseException) -> str:
    """One line for the operator."""
    driver_error = cause(error)
    # Without the statement, which PostgreSQL repeats.
    diagnosis = getattr(driver_error, "diag", None)
    message = diagnosis.message_primary if diagnosis else None
    lines = (message or str(driver_error)).splitlines()
    text = "; ".join(" ".join(line.split()) for line in lines if line.strip())
    if isinstance(driver_error, Unusable):
        return text
    if is_damaged(driver_error):
        return f"This is no database, or a damaged one: {text}"
    is_silent = is_unavailable(driver_error) and not code(driver_error).startswith(REFUSED)
    return f"The database {'does not answer' if is_silent else 'refuses'}: {text}"


def cause(error: BaseException) -> BaseException:
    """The error of the driver, without those that SQLAlchemy and task groups wrap around it."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    original = getattr(error, "orig", None)
    return original if isinstance(original, BaseException) else error


def code(error: BaseException) -> str:
    return getattr(error, "sqlite_errorname", getattr(error, "sqlstate", None)) or ""


def _psycopg(name: str) -> Errors:
    """A class of errors of PostgreSQL's driver; none where no server is in use, and it was not imported."""
    driver = sys.modules.get("psycopg")
    return (getattr(driver, name),) if driver else ()
