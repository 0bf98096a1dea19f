"""What an operator asks of a database: which it is, in which encoding, how large, and what is wrong with it."""

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

# PostgreSQL is supported from here on, as `server_version_num` has it.
OLDEST = 140_000
PROGRAMS = ("pg_dump", "pg_restore", "psql")


@dataclass(frozen=True)
class Diagnosis:
    # Such as "PostgreSQL 16.4".
    kind: str
    encoding: str
    # In bytes.
    size: int
    # Each in a line; none if all is well.
    faults: list[str]


def diagnose(connection: sa.Connection, now: dt.datetime, tolerance: dt.timedelta) -> Diagnosis:
    return (_sqlite if connection.dialect.name == "sqlite" else _postgresql)(connection, now, tolerance)


def missing_programs(connection: sa.Connection) -> list[str]:
    """The programs that a backup needs and that are not here."""
    return [] if connection.dialect.name == "sqlite" else [name for name in PROGRAMS if shutil.which(name) is None]


def _sqlite(connection: sa.Connection, _now: dt.datetime, _tolerance: dt.timedelta) -> Diagnosis:
    def ask(query: str) -> str:
        return str(connection.execute(sa.text(query)).scalar())

    faults = []
    # One fault is enough: to find all of them takes much longer.
    if (harm := ask("PRAGMA quick_check(1)")) != "ok":
        faults.append(f"The file is damaged: {harm}")
    if ask("SELECT sqlite_compileoption_used('ENABLE_FTS5')") != "1":
        faults.append("The SQLite of this Python has no FTS5, which the search needs.")
    size = int(ask("PRAGMA page_count")) * int(ask("PRAGMA page_size"))
    return Diagnosis(f"SQLite {ask('SELECT sqlite_version()')}", ask("PRAGMA encoding"), size, faults)


def _postgresql(connection: sa.Connection, now: dt.datetime, tolerance: dt.timedelta) -> Diagnosis:
    version, number, encoding, clock, size = connection.execute(
        sa.text(
            "SELECT current_setting('server_version'), current_setting('server_version_num')::int,"
            " current_setting('server_encoding'), clock_timestamp(), pg_database_size(current_database())"
        )
    ).one()
    faults = []
    if number < OLDEST:
        faults.append(f"PostgreSQL {version} is too old: {OLDEST // 10_000} is needed.")
    if abs(clock - now) > tolerance:
        faults.append(f"The clocks are apart: {now:%H:%M:%S} here, {clock.astimezone(dt.UTC):%H:%M:%S} at the server.")
    return Diagnosis(f"PostgreSQL {version}", encoding, size, faults)


def file_of(database: sa.Engine) -> Path | None:
    """The file of a database of SQLite."""
    return Path(database.url.database or "") if database.dialect.name == "sqlite" else None
