"""What can be wrong with a database, told apart whichever of the two it is, and in one line."""

import sqlite3

import psycopg
import sqlalchemy as sa

ERRORS = (sa.exc.SQLAlchemyError, sqlite3.Error, psycopg.Error)
# Classes and codes of errors that are about the database and not about what was asked: it does not answer, is full, may
# only be read, is locked, is damaged.
AWAY_SQLITE = ("BUSY", "LOCKED", "FULL", "READONLY", "IOERR", "CANTOPEN", "CORRUPT", "NOTADB", "PROTOCOL", "PERM")
AWAY_POSTGRESQL = ("08", "25006", "28", "3D000", "40", "53", "55P03", "57P", "58", "XX001", "XX002")
DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002")
REFUSES = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "25006", "53")
SLOW = ("SQLITE_INTERRUPT", "57014")


class FileReplaced(sqlite3.OperationalError):
    """The file was deleted or replaced while it was open: what is written now would be lost, or harm another record."""


class Overloaded(sa.exc.TimeoutError):
    """Too many ask at once: this one was not asked."""


class Unusable(sa.exc.SQLAlchemyError):
    """The database is not one that this version can serve from."""


def is_unavailable(error: BaseException) -> bool:
    """Whether it may answer later, though nobody changes the question."""
    found = cause(error)
    match found:
        case sa.exc.TimeoutError() | FileReplaced():
            return True
        case sqlite3.Error():
            return code(found).startswith(tuple(f"SQLITE_{word}" for word in AWAY_SQLITE))
        case psycopg.Error():
            state = code(found)
            return state.startswith(AWAY_POSTGRESQL) if state else isinstance(found, psycopg.OperationalError)
    return False


def is_timeout(error: BaseException) -> bool:
    """Whether the statement took longer than it may."""
    return code(cause(error)) in SLOW


def is_damaged(error: BaseException) -> bool:
    return code(cause(error)).startswith(DAMAGED)


def describe(error: BaseException) -> str:
    """What an operator has to know, in one line."""
    found = cause(error)
    # Without the statement, which PostgreSQL repeats.
    told = found.diag.message_primary if isinstance(found, psycopg.Error) else None
    text = "; ".join(" ".join(line.split()) for line in (told or str(found)).splitlines() if line.strip())
    if isinstance(found, Unusable):
        return text
    if is_damaged(found):
        return f"This is no database, or a damaged one: {text}"
    is_silent = is_unavailable(found) and not code(found).startswith(REFUSES)
    return f"The database {'does not answer' if is_silent else 'refuses'}: {text}"


def cause(error: BaseException) -> BaseException:
    """What the driver said, out of what SQLAlchemy and groups of tasks put around it."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    original = getattr(error, "orig", None)
    return original if isinstance(original, BaseException) else error


def code(error: BaseException) -> str:
    return getattr(error, "sqlite_errorname", getattr(error, "sqlstate", None)) or ""
