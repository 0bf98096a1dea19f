"""What an operator asks of a database: which it is, in which encoding, how large, and what is wrong with it."""

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from db.models import LastLoad, Token, metadata

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
    # How many connections the server takes from all who are no superuser; None for SQLite.
    connections: int | None
    # Each in a line; none if all is well.
    faults: list[str]


def diagnose(connection: sa.Connection, now: dt.datetime, tolerance: dt.timedelta) -> Diagnosis:
    return (_sqlite if connection.dialect.name == "sqlite" else _postgresql)(connection, now, tolerance)


def missing_programs(connection: sa.Connection) -> list[str]:
    """The programs that a backup needs and that are not here."""
    return [] if connection.dialect.name == "sqlite" else [name for name in PROGRAMS if shutil.which(name) is None]


def missing_rights(connection: sa.Connection) -> str | None:
    """What a reader of a PostgreSQL needs and this role may not read, if there is anything."""
    query = sa.text(
        "SELECT nspname || '.' || relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
        " WHERE (nspname = 'public' AND relname = ANY (:tables) OR nspname = 'past' AND relkind = 'v')"
        " AND NOT (has_schema_privilege(nspname, 'USAGE') AND has_table_privilege(pg_class.oid, 'SELECT')) ORDER BY 1"
    )
    # These are read from the primary alone.
    tables = list(metadata.tables.keys() - {Token.__tablename__, LastLoad.__tablename__})
    names = connection.execute(query, {"tables": tables}).scalars().all()
    if not names:
        return None
    what = f"{len(names)} tables and views, such as {names[0]}"
    return f"The role may not read {what}: grant it USAGE and SELECT in the schemas public and past."


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
    return Diagnosis(f"SQLite {ask('SELECT sqlite_version()')}", ask("PRAGMA encoding"), size, None, faults)


def _postgresql(connection: sa.Connection, now: dt.datetime, tolerance: dt.timedelta) -> Diagnosis:
    version, number, encoding, clock, size, room = connection.execute(
        sa.text(
            "SELECT current_setting('server_version'), current_setting('server_version_num')::int,"
            " current_setting('server_encoding'), clock_timestamp(), pg_database_size(current_database()),"
            " current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
        )
    ).one()
    faults = []
    if number < OLDEST:
        faults.append(f"PostgreSQL {version} is too old: {OLDEST // 10_000} is needed.")
    if abs(clock - now) > tolerance:
        faults.append(f"The clocks are apart: {now:%H:%M:%S} here, {clock.astimezone(dt.UTC):%H:%M:%S} at the server.")
    return Diagnosis(f"PostgreSQL {version}", encoding, size, room, faults)


def file_of(database: sa.Engine) -> Path | None:
    """The file of a database of SQLite."""
    return Path(database.url.database or "") if database.dialect.name == "sqlite" else None
