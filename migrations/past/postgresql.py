"""The triggers on PostgreSQL that write the versions of a table and refuse all else, and its view of the past."""

from alembic import op

from migrations.past.statements import (
    CLOSED,
    CURRENT,
    IS_RESTORE,
    SINCE,
    close_version,
    content_columns,
    is_idle,
    kept_columns,
    open_version,
    take_revision,
)

TRUNCATE = "Rows are deleted one by one, so that their versions stay."
SCHEMA = "past"
REVISION = "current_setting('sixtyone.revision')::integer"


def add(table: str) -> None:
    changes = " OR ".join(f"OLD.{name}::text IS DISTINCT FROM NEW.{name}::text" for name in content_columns(table))
    log, node, claim = take_revision("postgresql")
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
    idle = f"EXISTS (SELECT 1 FROM dataset WHERE {is_idle('postgresql')})"
    _function(
        f"{table}_since",
        f"IF {unchanged} THEN IF {is_wrong} THEN {_raise(SINCE)}; END IF; RETURN NEW; END IF",
        f"{read}; IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT ({IS_RESTORE}) THEN"
        f" IF {idle} THEN {log}; {node}; {claim}; {read}; END IF;"
        " IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF",
        "RETURN COALESCE(NEW, OLD)",
    )
    closing = "; ".join(close_version(table, "current"))
    _function(
        f"{table}_past",
        f"IF {unchanged} THEN RETURN NULL; END IF",
        # A statement of many rows may have taken a revision for each by now.
        f"current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE({CURRENT}, 0) END",
        f"IF TG_OP <> 'INSERT' THEN {closing}; END IF",
        f"IF TG_OP <> 'DELETE' THEN {open_version(table, 'NEW.since')}; END IF; RETURN NULL",
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


def drop(table: str) -> None:
    op.execute(f"DROP VIEW {SCHEMA}.{table}")
    op.execute(f"DROP TRIGGER {table}_past_truncate ON {table}")
    op.execute(f"DROP TRIGGER {table}_version_truncate ON {table}_version")
    for function in (f"{table}_since", f"{table}_past", f"{table}_version_write"):
        op.execute(f"DROP FUNCTION {function} CASCADE")


def _function(name: str, *statements: str) -> None:
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" DECLARE current integer; BEGIN {'; '.join(statements)}; END $$"
    )


def _raise(why: str) -> str:
    return f"RAISE EXCEPTION USING MESSAGE = '{why}', ERRCODE = 'integrity_constraint_violation'"


def _view(table: str) -> str:
    """The rows in force at the revision of the session."""
    names = ", ".join(kept_columns(table))
    rows = f"SELECT {names} FROM {table}_version WHERE since <= {REVISION} AND until > {REVISION}"
    if table != "dataset":
        return rows
    instant = f"(SELECT recorded_at FROM change WHERE revision = {REVISION})"
    return f"SELECT {names}, {REVISION} AS revision, {instant} AS updated_at FROM ({rows}) AS dataset"
