"""Brings a database to the tables of this version. The only way in which a table comes to be."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from db.database import Database
from db.failures import Unusable
from db.versions import MIGRATIONS, incompatibility

# Which of PostgreSQL's advisory locks is ours. It ends with the transaction, so that a pooler between does no harm.
ALONE = sa.text("SELECT pg_advisory_xact_lock(612018)")


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
