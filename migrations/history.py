"""The past of a table, for migrations: the table of its versions, the triggers that write it, and its view.

All of it is made from the columns that the table has at the time. A migration that changes a table of the record drops
its past before, changes the table and `<table>_version` alike, and adds it again.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from alembic import op

# `until` of the version that is in force.
OPEN = 2**31 - 1
# Without a meaning outside of this database: a change of these columns alone makes no version.
BOOKKEEPING = {"since", "seeded", "sort_text", "search_text"}
CLOSED = "A version is what was said then: triggers write it, and it is never edited or deleted."
REPLACE = "There is such a row, and a row is never replaced, only updated or deleted, so that its version stays."
SINCE = "Only a change of the row changes its revision."
TRUNCATE = "Rows are deleted one by one, so that their versions stay."
BY_SQL = "A row was changed in the database itself, by SQL."
NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f000', 'now')", "postgresql": "now()"}
IS_RESTORE = "NOT EXISTS (SELECT 1 FROM change)"
CURRENT = "(SELECT revision FROM dataset)"
# A writer is at work: the log has no entry yet for the revision that it took.
IS_WRITING = f"NOT EXISTS (SELECT 1 FROM change WHERE revision = {CURRENT} AND action <> 'CHANGED')"
# Nearly all rows have no value there, and SQLite would look those up by the index.
PARTIAL = ["corrected_by_id"]
SCHEMA = "past"
REVISION = "current_setting('sixtyone.revision')::integer"


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def column_names(table: str) -> list[str]:
    return [column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)]


def create_version_table(table: str, names: Sequence[str], indexes: Iterable[Sequence[str]]) -> None:
    """`names` are the columns that a version has, and `indexes` those that versions are looked up by."""
    keys = {*_primary_key(table), "since"}
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
    names = ", ".join(_kept(table))
    op.execute(f"INSERT INTO {table}_version ({names}, until) SELECT {names}, {OPEN} FROM {table}")


def add(table: str) -> None:
    """The triggers of a table and of its versions, and on PostgreSQL its view of the past."""
    (_add_sqlite if is_sqlite() else _add_postgresql)(table)


def drop(table: str) -> None:
    if is_sqlite():
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND (name LIKE :own OR name LIKE :versions)"
        names = {"own": f"{table}_past_%", "versions": f"{table}_version_%"}
        for (name,) in op.get_bind().execute(sa.text(query), names).all():
            op.execute(f"DROP TRIGGER {name}")
        return
    op.execute(f"DROP VIEW {SCHEMA}.{table}")
    op.execute(f"DROP TRIGGER {table}_past_truncate ON {table}")
    op.execute(f"DROP TRIGGER {table}_version_truncate ON {table}_version")
    for function in (f"{table}_since", f"{table}_past", f"{table}_version_write"):
        op.execute(f"DROP FUNCTION {function} CASCADE")


def _kept(table: str) -> list[str]:
    return [name for name in column_names(f"{table}_version") if name != "until"]


def _content(table: str) -> list[str]:
    """The columns whose change makes a version."""
    return [name for name in _kept(table) if name not in BOOKKEEPING]


def _primary_key(table: str) -> list[str]:
    return sa.inspect(op.get_bind()).get_pk_constraint(table)["constrained_columns"]


def _take_revision(dialect: str) -> list[str]:
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
        f" FROM dataset CROSS JOIN strategy WHERE {_is_idle(dialect)}",
        "INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key"
        " FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1",
        "UPDATE dataset SET revision = revision + 1,"
        " updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1)"
        " WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1)",
    ]


def _is_idle(dialect: str) -> str:
    """No writer is at work: the log has the entry for the revision of the dataset."""
    return (
        "EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision"
        # An entry that had to be later than now may be that of another statement, which has been read since.
        f" AND NOT (change.action = 'CHANGED' AND change.recorded_at = {NOW[dialect]}))"
    )


def _open(table: str, since: str) -> str:
    names = [name for name in _kept(table) if name != "since"]
    values = ", ".join(f"NEW.{name}" for name in names)
    return f"INSERT INTO {table}_version ({', '.join(names)}, since, until) VALUES ({values}, {since}, {OPEN})"


def _close(table: str, current: str) -> list[str]:
    """Ends the version in force. One that began in the same revision was never seen, and goes."""
    versions = f"{table}_version"
    which = f"{_same(_primary_key(table), 'OLD')} AND until = {OPEN}"
    return [
        f"DELETE FROM {versions} WHERE {which} AND since = {current}",
        f"UPDATE {versions} SET until = {current} WHERE {which}",
    ]


def _add_sqlite(table: str) -> None:
    content, key = _content(table), _primary_key(table)
    changes = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in content)
    take, current = _take_revision("sqlite"), f"COALESCE({CURRENT}, 0)"
    mark = f"UPDATE {table} SET since = {current} WHERE {_same(key, 'NEW')} AND since <> {current}"
    _sqlite(
        f"{table}_past_update",
        f"AFTER UPDATE OF {', '.join(content)} ON {table} WHEN {changes}",
        *take,
        *_close(table, current),
        _open(table, current),
        mark,
    )
    is_restore = f"NEW.since > 0 AND {IS_RESTORE}"
    _sqlite(f"{table}_past_restore", f"AFTER INSERT ON {table} WHEN {is_restore}", _open(table, "NEW.since"))
    if table != "dataset":
        written = f"AFTER INSERT ON {table} WHEN NOT ({is_restore})"
        _sqlite(f"{table}_past_insert", written, *take, _open(table, current), mark)
        _sqlite(f"{table}_past_delete", f"AFTER DELETE ON {table}", *take, *_close(table, current))
    is_wrong = f"NEW.since IS NOT OLD.since AND NEW.since <> {current} AND NOT ({IS_RESTORE})"
    _forbid_sqlite(f"{table}_past_since", f"UPDATE OF since ON {table} WHEN {is_wrong}", SINCE)
    keys = _unique_keys(table)
    same = " OR ".join(_same(each, "NEW") for each in keys)
    moved = " OR ".join(f"({_differs(each)} AND {_same(each, 'NEW')})" for each in keys)
    is_there = f"SELECT 1 FROM {table} WHERE"
    _forbid_sqlite(f"{table}_past_replace", f"INSERT ON {table} WHEN EXISTS ({is_there} {same})", REPLACE)
    _forbid_sqlite(
        f"{table}_past_displace",
        f"UPDATE ON {table} WHEN EXISTS ({is_there} rowid <> OLD.rowid AND ({moved}))",
        REPLACE,
    )
    _protect_sqlite(f"{table}_version")


def _protect_sqlite(versions: str) -> None:
    is_open = f"OLD.until = {OPEN} AND {IS_WRITING}"
    rest = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in column_names(versions) if name != "until")
    closes = f"{is_open} AND NEW.until = {CURRENT} AND {rest}"
    _forbid_sqlite(f"{versions}_update", f"UPDATE ON {versions} WHEN NOT ({IS_RESTORE} OR ({closes}))", CLOSED)
    undoes = f"{is_open} AND OLD.since = {CURRENT}"
    _forbid_sqlite(f"{versions}_delete", f"DELETE ON {versions} WHEN NOT ({undoes})", CLOSED)
    opens = f"{IS_RESTORE} OR (NEW.until = {OPEN} AND NEW.since = COALESCE({CURRENT}, 0) AND {IS_WRITING})"
    same = f"SELECT 1 FROM {versions} WHERE {_same(_primary_key(versions), 'NEW')}"
    _forbid_sqlite(f"{versions}_insert", f"INSERT ON {versions} WHEN NOT ({opens}) OR EXISTS ({same})", CLOSED)


def _unique_keys(table: str) -> list[list[str]]:
    inspector = sa.inspect(op.get_bind())
    unique = [list(constraint["column_names"]) for constraint in inspector.get_unique_constraints(table)]
    indexes = [index["column_names"] for index in inspector.get_indexes(table) if index["unique"]]
    return [_primary_key(table), *unique, *([str(name) for name in names] for names in indexes)]


def _same(key: Sequence[str], row: str) -> str:
    return "(" + " AND ".join(f"{name} = {row}.{name}" for name in key) + ")"


def _differs(key: Sequence[str]) -> str:
    return "(" + " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in key) + ")"


def _sqlite(name: str, when: str, *statements: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN {'; '.join(statements)}; END")


def _forbid_sqlite(name: str, what: str, why: str) -> None:
    _sqlite(name, f"BEFORE {what}", f"SELECT RAISE(ABORT, '{why}')")


def _add_postgresql(table: str) -> None:
    changes = " OR ".join(f"OLD.{name}::text IS DISTINCT FROM NEW.{name}::text" for name in _content(table))
    log, node, claim = _take_revision("postgresql")
    read, events = f"current := {CURRENT}", "INSERT OR UPDATE OR DELETE"
    if table == "dataset":
        # The row that fires the trigger cannot be updated by a statement within it.
        claim = (
            "SELECT revision, recorded_at INTO NEW.revision, NEW.updated_at FROM change"
            " WHERE revision = OLD.revision + 1"
        )
        read, events = "current := NEW.revision", "INSERT OR UPDATE"
    unchanged = f"TG_OP = 'UPDATE' AND NOT ({changes})"
    is_wrong = f"NEW.since <> OLD.since AND NOT ({IS_RESTORE})"
    is_idle = f"EXISTS (SELECT 1 FROM dataset WHERE {_is_idle('postgresql')})"
    _function(
        f"{table}_since",
        f"IF {unchanged} THEN IF {is_wrong} THEN {_raise(SINCE)}; END IF; RETURN NEW; END IF",
        f"{read}; IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT ({IS_RESTORE}) THEN"
        f" IF {is_idle} THEN {log}; {node}; {claim}; {read}; END IF;"
        " IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF",
        "RETURN COALESCE(NEW, OLD)",
    )
    closing = "; ".join(_close(table, "current"))
    _function(
        f"{table}_past",
        f"IF {unchanged} THEN RETURN NULL; END IF",
        # A statement of many rows may have taken a revision for each by now.
        f"current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE({CURRENT}, 0) END",
        f"IF TG_OP <> 'INSERT' THEN {closing}; END IF",
        f"IF TG_OP <> 'DELETE' THEN {_open(table, 'NEW.since')}; END IF; RETURN NULL",
    )
    versions = f"{table}_version"
    _function(
        f"{versions}_write",
        f"IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND {IS_RESTORE}) THEN {_raise(CLOSED)}; END IF",
        "RETURN COALESCE(NEW, OLD)",
    )
    row = "FOR EACH ROW EXECUTE FUNCTION"
    op.execute(f"CREATE TRIGGER {table}_since BEFORE {events} ON {table} {row} {table}_since()")
    op.execute(f"CREATE TRIGGER {table}_past AFTER {events} ON {table} {row} {table}_past()")
    op.execute(
        f"CREATE TRIGGER {versions}_write BEFORE INSERT OR UPDATE OR DELETE ON {versions} {row} {versions}_write()"
    )
    for name, on, why in ((f"{table}_past", table, TRUNCATE), (versions, versions, CLOSED)):
        op.execute(
            f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {on} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION is_kept('{why}')"
        )
    op.execute(f"CREATE VIEW {SCHEMA}.{table} AS {_view(table)}")


def _function(name: str, *statements: str) -> None:
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" DECLARE current integer; BEGIN {'; '.join(statements)}; END $$"
    )


def _raise(why: str) -> str:
    return f"RAISE EXCEPTION USING MESSAGE = '{why}', ERRCODE = 'integrity_constraint_violation'"


def _view(table: str) -> str:
    """The rows in force at the revision of the session."""
    names = ", ".join(_kept(table))
    rows = f"SELECT {names} FROM {table}_version WHERE since <= {REVISION} AND until > {REVISION}"
    if table != "dataset":
        return rows
    instant = f"(SELECT recorded_at FROM change WHERE revision = {REVISION})"
    return f"SELECT {names}, {REVISION} AS revision, {instant} AS updated_at FROM ({rows}) AS dataset"
