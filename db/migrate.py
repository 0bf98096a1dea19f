"""Brings a database to the tables of this version. Tables come to be in no other way."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from db.database import Database
from db.failures import Unusable
from db.versions import MIGRATIONS, incompatibility

# PostgreSQL's advisory lock with our number. It ends with the transaction, so that a pooler between does no harm.
LOCK = sa.text("SELECT pg_advisory_xact_lock(612018)")


def config(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration. The migrations run on `connection`."""
    result = Config()
    # Alembic takes `%` for the start of a name.
    result.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    result.set_main_option("path_separator", "os")
    result.attributes["connection"] = connection
    return result


def upgrade(database: Database, revision: str = "head") -> None:
    with _lock(database) as connection:
        command.upgrade(config(connection), revision)


def downgrade(database: Database, revision: str = "base") -> None:
    with _lock(database) as connection:
        command.downgrade(config(connection), revision)


def check(database: Database) -> None:
    """Raises if the tables of the code and of the migrations differ."""
    with database.writer.begin() as connection:
        command.check(config(connection))


@contextmanager
def _lock(database: Database) -> Iterator[sa.Connection]:
    """A transaction in which no other process migrates. The tables are checked once the lock is held."""
    with database.writer.begin() as connection:
        # SQLite lets one writer begin at a time anyway.
        if not database.is_sqlite:
            connection.execute(LOCK)
        if reason := incompatibility(connection):
            raise Unusable(reason)
        yield connection
