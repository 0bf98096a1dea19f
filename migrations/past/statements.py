"""The SQL by which triggers write the versions of a table, as both databases have it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# `until` of the version that is in force.
OPEN = 2**31 - 1
# Without a meaning outside of this database: a change of these columns alone makes no version.
BOOKKEEPING = {"since", "seeded", "sort_text", "search_text", "search_words"}
CLOSED = "A version is what was said then: triggers write it, and it is never edited or deleted."
SINCE = "Only a change of the row changes its revision."
BY_SQL = "A row was changed in the database itself, by SQL."
NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f000', 'now')", "postgresql": "now()"}
IS_RESTORE = "NOT EXISTS (SELECT 1 FROM change)"
CURRENT = "(SELECT revision FROM dataset)"


def column_names(table: str) -> list[str]:
    return [column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)]


def kept_columns(table: str) -> list[str]:
    return [name for name in column_names(f"{table}_version") if name != "until"]


def content_columns(table: str) -> list[str]:
    """The columns whose change makes a version."""
    return [name for name in kept_columns(table) if name not in BOOKKEEPING]


def primary_key(table: str) -> list[str]:
    return sa.inspect(op.get_bind()).get_pk_constraint(table)["constrained_columns"]


def same_row(key: Sequence[str], row: str) -> str:
    return "(" + " AND ".join(f"{name} = {row}.{name}" for name in key) + ")"


def take_revision(dialect: str) -> list[str]:
    """The statements by which a tool without a writer takes the next revision, with its entry in the log.

    What it writes at the same instant is of one revision.
    """
    now = NOW[dialect]
    after = "strftime('%Y-%m-%d %H:%M:%f000', updated_at, '+0.001 seconds')"
    instant = f"MAX({now}, {after})"
    if dialect == "postgresql":
        instant = f"GREATEST({now}, updated_at + interval '1 microsecond')"
    return [
        "INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits)"
        f" SELECT dataset.revision + 1, {instant}, 'sql', 'CHANGED', '{BY_SQL}', 'Strategy', strategy.slug, '[]'"
        f" FROM dataset CROSS JOIN strategy WHERE {is_idle(dialect)}",
        "INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key"
        # SQLite reads the first table of a CROSS JOIN first: that of one row, and not the whole log.
        " FROM dataset CROSS JOIN change WHERE change.revision = dataset.revision + 1",
        "UPDATE dataset SET revision = revision + 1,"
        " updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1)"
        " WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1)",
    ]


def is_idle(dialect: str) -> str:
    """No writer is at work: the log has the entry for the revision of the dataset."""
    return (
        "EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision"
        # An entry that had to be later than now may be that of another statement, which has been read since.
        f" AND NOT (change.action = 'CHANGED' AND change.recorded_at = {NOW[dialect]}))"
    )


def open_version(table: str, since: str) -> str:
    names = [name for name in kept_columns(table) if name != "since"]
    values = ", ".join(f"NEW.{name}" for name in names)
    return f"INSERT INTO {table}_version ({', '.join(names)}, since, until) VALUES ({values}, {since}, {OPEN})"


def close_version(table: str, current: str) -> list[str]:
    """Ends the version in force. One that began in the same revision was never seen, and goes."""
    versions = f"{table}_version"
    which = f"{same_row(primary_key(table), 'OLD')} AND until = {OPEN}"
    return [
        f"DELETE FROM {versions} WHERE {which} AND since = {current}",
        f"UPDATE {versions} SET until = {current} WHERE {which}",
    ]
