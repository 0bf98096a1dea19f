"""The version of the tables in a database, which Alembic records there, and whether this code can use it.

Without Alembic, whose import takes a tenth of a second that only a migration needs.
"""

import re
from pathlib import Path

import sqlalchemy as sa

from db import postgresql
from db.failures import Unusable
from db.models import metadata, past_metadata

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
VERSION = re.compile("[0-9]{4}")
# In order: the name of a migration's file begins with its version.
VERSIONS = sorted(file.name[:4] for file in MIGRATIONS.glob("versions/[0-9]*.py"))
LATEST = VERSIONS[-1]
TABLE = "alembic_version"
CURRENT = f"SELECT version_num FROM {TABLE}"  # noqa: S608


def current(connection: sa.Connection) -> str | None:
    """None for a database without a version."""
    if not sa.inspect(connection).has_table(TABLE):
        return None
    versions = connection.execute(sa.text(CURRENT)).scalars().all()
    if len(versions) > 1:
        raise Unusable(f"The tables are of several versions ({', '.join(sorted(versions))}): take another database.")
    return versions[0] if versions else None


def incompatibility(connection: sa.Connection) -> str | None:
    """Why these tables cannot become those of this version, if they cannot."""
    if connection.dialect.name == "postgresql":
        encoding = connection.execute(sa.text("SHOW server_encoding")).scalar_one()
        if encoding != postgresql.ENCODING:
            return f"The database is in {encoding}, which does not hold every character: make one in UTF8."
    version = current(connection)
    if version is None:
        tables = set(sa.inspect(connection).get_table_names()) - {TABLE}
        # A file belongs to one program; a database of PostgreSQL may hold tables that do not collide with ours.
        foreign = tables if connection.dialect.name == "sqlite" else tables & {*metadata.tables, *past_metadata.tables}
        return f"The database holds tables of others ({min(foreign)}): take one of its own." if foreign else None
    return unknown(version)


def unknown(version: str) -> str | None:
    """Why tables of this version cannot become those of this code, if they cannot."""
    if version in VERSIONS:
        return None
    if VERSION.fullmatch(version) and version > LATEST:
        return f"The tables are of a newer version than this one ({version}, not {LATEST}): run the newer version."
    return f"The tables are of a version that is not known here ({version}): take a database of its own."


def fault(connection: sa.Connection) -> str | None:
    """Why the database cannot be used as it is, if it cannot."""
    if reason := incompatibility(connection):
        return reason
    is_latest = current(connection) == LATEST
    return None if is_latest else "The tables are not those of this version: run `sixtyone migrate`."
