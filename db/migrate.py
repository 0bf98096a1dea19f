"""Brings a database to the tables of this version. The only way in which a table comes to be."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from db import postgresql
from db.database import Database
from db.failures import Unusable
from db.models import metadata

NUMBER = re.compile("[0-9]{4}")
# Which of PostgreSQL's advisory locks is ours. It ends with the transaction, so that a pooler between does no harm.
ALONE = sa.text("SELECT pg_advisory_xact_lock(612018)")
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def config(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration; `connection` is what the migrations run on."""
    made = Config()
    # The option takes `%` for the start of a name.
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def upgrade(database: Database, revision: str = "head") -> None:
    with _alone(database) as connection:
        command.upgrade(config(connection), revision)


def downgrade(database: Database, revision: str = "base") -> None:
    with _alone(database) as connection:
        command.downgrade(config(connection), revision)


def check(database: Database) -> None:
    """Raises when the tables of the code and of the migrations differ."""
    with database.writer.begin() as connection:
        command.check(config(connection))


def incompatibility(connection: sa.Connection) -> str | None:
    """Why these tables cannot become those of this version, if they cannot."""
    if connection.dialect.name == "postgresql":
        encoding = connection.execute(sa.text("SHOW server_encoding")).scalar_one()
        if encoding != postgresql.ENCODING:
            return f"The database is in {encoding}, which does not hold every character: make one in UTF8."
    found, known = current(connection), [script.revision for script in _scripts().walk_revisions()]
    if found is None:
        tables = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
        # A file belongs to one program; a database of PostgreSQL may hold what is not in our way.
        foreign = tables if connection.dialect.name == "sqlite" else tables & set(metadata.tables)
        return f"The database holds tables of others ({min(foreign)}): take one of its own." if foreign else None
    if found in known:
        return None
    if NUMBER.fullmatch(found) and found > known[0]:
        return f"The tables are of a newer version than this one ({found}, not {known[0]}): run the newer version."
    return f"The tables are of a version that is not known here ({found}): take a database of its own."


def head() -> str | None:
    return _scripts().get_current_head()


def current(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())


@contextmanager
def _alone(database: Database) -> Iterator[sa.Connection]:
    """A transaction in which no other process migrates; the tables are looked at when it is our turn."""
    with database.writer.begin() as connection:
        # SQLite lets one writer begin at a time anyway.
        if not database.is_sqlite:
            connection.execute(ALONE)
        if wrong := incompatibility(connection):
            raise Unusable(wrong)
        yield connection
