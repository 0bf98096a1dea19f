"""The past of a table, for migrations: the table of its versions, the triggers that write it, and its view.

All of it is made from the columns that the table has at the time. A migration that changes a table of the record drops
its past before, changes the table and `<table>_version` alike, and adds it again.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from alembic import op

from migrations.past import postgresql, sqlite
from migrations.past.statements import OPEN, kept_columns, primary_key

# Nearly all rows have no value there, and SQLite would look those up by the index.
PARTIAL = ["corrected_by_id"]


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def create_version_table(table: str, names: Sequence[str], indexes: Iterable[Sequence[str]]) -> None:
    """`names` are the columns that a version has, and `indexes` those that versions are looked up by."""
    keys = {*primary_key(table), "since"}
    columns = [
        sa.Column(
            column["name"],
            column["type"],
            nullable=column["nullable"],
            primary_key=column["name"] in keys,
            autoincrement=False,
        )
        for column in sa.inspect(op.get_bind()).get_columns(table)
        if column["name"] in names
    ]
    op.create_table(f"{table}_version", *columns, sa.Column("until", sa.Integer(), nullable=False))
    for index in indexes:
        name = f"ix_{table}_version_{index[0]}_{len(index)}"
        where = sa.text(f"{index[0]} IS NOT NULL") if index == PARTIAL else None
        ends = [*index, "since", "until"]
        op.create_index(name, f"{table}_version", ends, sqlite_where=where, postgresql_where=where)
    ended = sa.text(f"until < {OPEN}")
    op.create_index(
        f"ix_{table}_version_ended", f"{table}_version", ["until"], sqlite_where=ended, postgresql_where=ended
    )


def open_versions(table: str) -> None:
    """The versions in force, of the rows that the table has."""
    names = ", ".join(kept_columns(table))
    op.execute(f"INSERT INTO {table}_version ({names}, until) SELECT {names}, {OPEN} FROM {table}")


def add(table: str) -> None:
    """The triggers of a table and of its versions, and on PostgreSQL its view of the past."""
    (sqlite if is_sqlite() else postgresql).add(table)


def drop(table: str) -> None:
    (sqlite if is_sqlite() else postgresql).drop(table)
