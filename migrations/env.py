"""Runs the migrations on the connection that `db.migrate` hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

import db.models.indexes  # noqa: F401
from db.columns import Instant, Pounds
from db.models import metadata, past_metadata
from db.models.past import WORDS

# The present and the past, with the names that the present gives to constraints.
every_table = sa.MetaData(naming_convention=metadata.naming_convention)
for table in (*metadata.tables.values(), *past_metadata.tables.values()):
    table.to_metadata(every_table)


def render_item(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    # A migration is history: it names SQLAlchemy's own types, not classes of ours that may change, nor SQLModel's,
    # whose import autogenerate forgets.
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, Pounds):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def include_name(name: str | None, kind: str, _: object) -> bool:
    """SQLite shows the tables within its index of words as tables of ours."""
    return kind != "table" or name is None or WORDS not in name


def run(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        for table in every_table.tables.values():
            # Those of expressions, which it has not.
            table.indexes = {index for index in table.indexes if index.columns}
    context.configure(
        connection=connection,
        target_metadata=every_table,
        render_item=render_item,
        include_name=include_name,
        # SQLite cannot alter a constraint in place; batch mode rebuilds the table.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
