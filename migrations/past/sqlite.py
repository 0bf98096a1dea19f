"""The triggers on SQLite that write the versions of a table, and those that refuse all else."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from migrations.past.statements import (
    CLOSED,
    CURRENT,
    IS_RESTORE,
    OPEN,
    SINCE,
    close_version,
    column_names,
    content_columns,
    open_version,
    primary_key,
    same_row,
    take_revision,
)

REPLACE = "There is such a row, and a row is never replaced, only updated or deleted, so that its version stays."
# A writer is at work: the log has no entry yet for the revision that it took.
IS_WRITING = f"NOT EXISTS (SELECT 1 FROM change WHERE revision = {CURRENT} AND action <> 'CHANGED')"


def add(table: str) -> None:
    content, key = content_columns(table), primary_key(table)
    changes = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in content)
    take, current = take_revision("sqlite"), f"COALESCE({CURRENT}, 0)"
    mark = f"UPDATE {table} SET since = {current} WHERE {same_row(key, 'NEW')} AND since <> {current}"
    _create(
        f"{table}_past_update",
        f"AFTER UPDATE OF {', '.join(content)} ON {table} WHEN {changes}",
        *take,
        *close_version(table, current),
        open_version(table, current),
        mark,
    )
    is_restore = f"NEW.since > 0 AND {IS_RESTORE}"
    _create(f"{table}_past_restore", f"AFTER INSERT ON {table} WHEN {is_restore}", open_version(table, "NEW.since"))
    if table != "dataset":
        written = f"AFTER INSERT ON {table} WHEN NOT ({is_restore})"
        _create(f"{table}_past_insert", written, *take, open_version(table, current), mark)
        _create(f"{table}_past_delete", f"AFTER DELETE ON {table}", *take, *close_version(table, current))
    is_wrong = f"NEW.since IS NOT OLD.since AND NEW.since <> {current} AND NOT ({IS_RESTORE})"
    _forbid(f"{table}_past_since", f"UPDATE OF since ON {table} WHEN {is_wrong}", SINCE)
    keys = _unique_keys(table)
    same = " OR ".join(same_row(each, "NEW") for each in keys)
    moved = " OR ".join(f"({_differs(each)} AND {same_row(each, 'NEW')})" for each in keys)
    is_there = f"SELECT 1 FROM {table} WHERE"
    _forbid(f"{table}_past_replace", f"INSERT ON {table} WHEN EXISTS ({is_there} {same})", REPLACE)
    _forbid(
        f"{table}_past_displace",
        f"UPDATE ON {table} WHEN EXISTS ({is_there} rowid <> OLD.rowid AND ({moved}))",
        REPLACE,
    )
    _protect(f"{table}_version")


def drop(table: str) -> None:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND (name LIKE :own OR name LIKE :versions)"
    names = {"own": f"{table}_past_%", "versions": f"{table}_version_%"}
    for (name,) in op.get_bind().execute(sa.text(query), names).all():
        op.execute(f"DROP TRIGGER {name}")


def _protect(versions: str) -> None:
    is_open = f"OLD.until = {OPEN} AND {IS_WRITING}"
    rest = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in column_names(versions) if name != "until")
    closes = f"{is_open} AND NEW.until = {CURRENT} AND {rest}"
    _forbid(f"{versions}_update", f"UPDATE ON {versions} WHEN NOT ({IS_RESTORE} OR ({closes}))", CLOSED)
    undoes = f"{is_open} AND OLD.since = {CURRENT}"
    _forbid(f"{versions}_delete", f"DELETE ON {versions} WHEN NOT ({undoes})", CLOSED)
    opens = f"{IS_RESTORE} OR (NEW.until = {OPEN} AND NEW.since = COALESCE({CURRENT}, 0) AND {IS_WRITING})"
    same = f"SELECT 1 FROM {versions} WHERE {same_row(primary_key(versions), 'NEW')}"
    _forbid(f"{versions}_insert", f"INSERT ON {versions} WHEN NOT ({opens}) OR EXISTS ({same})", CLOSED)


def _unique_keys(table: str) -> list[list[str]]:
    inspector = sa.inspect(op.get_bind())
    unique = [list(constraint["column_names"]) for constraint in inspector.get_unique_constraints(table)]
    indexes = [index["column_names"] for index in inspector.get_indexes(table) if index["unique"]]
    return [primary_key(table), *unique, *([str(name) for name in names] for names in indexes)]


def _differs(key: Sequence[str]) -> str:
    return "(" + " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in key) + ")"


def _create(name: str, when: str, *statements: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN {'; '.join(statements)}; END")


def _forbid(name: str, what: str, why: str) -> None:
    _create(name, f"BEFORE {what}", f"SELECT RAISE(ABORT, '{why}')")
