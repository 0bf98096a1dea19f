"""A backup of PostgreSQL: what its own programs write and read, as one transaction sees it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from psycopg.conninfo import make_conninfo

from db import versions
from db.backup.contents import BackupError, Contents, new_file
from db.database import Database
from db.models import metadata, past_metadata
from db.postgresql import PAST, REQUEST_MS

# What tells the contents of a backup, and how a program writes NULL, which none of these columns is.
TABLES = (versions.TABLE, "dataset", "token")
# The tables and functions in the schema of a session, but for those of extensions.
OURS = """SELECT format('DROP %s IF EXISTS %s CASCADE', kind, name) FROM (
  SELECT 'TABLE' AS kind, oid, oid::regclass::text AS name FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
  UNION ALL SELECT 'FUNCTION', oid, oid::regprocedure::text FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND prokind = 'f'
) AS ours WHERE NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = ours.oid AND deptype = 'e')"""


def write(database: Database, file: Path) -> Contents:
    with database.engine.connect() as connection:
        if versions.current(connection) is None:
            raise BackupError("There is nothing to back up: the database has no tables of ours.")
    with new_file(file) as copy:
        _run(database, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")
        # To read all of it finds damage, and takes no room.
        _run(database, "pg_restore", f"--file={os.devnull}", str(copy))
        return read(database, copy)


def restore(database: Database, file: Path, *, replace: bool) -> Contents:
    contents = read(database, file)
    contents.require_known()
    with _script(database, file) as script, tempfile.NamedTemporaryFile("w", suffix=".sql") as drops:
        # In the same transaction as the backup: whatever fails, the database stays as it was.
        drops.write(";\n".join([f"SET lock_timeout = {REQUEST_MS}", *_removals(database, replace=replace), ""]))
        drops.flush()
        quiet = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
        _run(database, "psql", *quiet, "--single-transaction", f"--file={drops.name}", f"--file={script}")
    with database.writer.connect() as connection:
        # The planner knows nothing of tables that have just been filled.
        connection.execute(sa.text("ANALYZE"))
        connection.commit()
    return contents


def read(database: Database, file: Path) -> Contents:
    """What is in a file."""
    tables = [f"--table={name}" for name in TABLES]
    rows = _copies(_run(database, "pg_restore", "--data-only", "--file=-", *tables, str(file)))
    if not rows.get(versions.TABLE):
        raise BackupError(f"{file} is a backup of another database: it has no tables of ours.")
    dataset = rows["dataset"]
    return Contents(
        rows[versions.TABLE][0]["version_num"],
        int(dataset[0]["revision"]) if dataset else None,
        # The first version had no tokens.
        len(rows.get("token", ())),
    )


def _removals(database: Database, *, replace: bool) -> list[str]:
    """The statements that empty the database. Raises `BackupError` if that needs `replace`, or would harm others."""
    with database.engine.connect() as connection:
        tables = set(sa.inspect(connection).get_table_names())
        ours = tables & {*metadata.tables, *past_metadata.tables, versions.TABLE}
        if not ours:
            if reason := versions.incompatibility(connection):
                raise BackupError(reason)
            return []
        if not replace:
            raise BackupError("There are tables in the database: say --replace to put the backup into their place.")
        version = versions.current(connection)
        # Tables that are not known here may be those of a newer version, which go with the others.
        if version in versions.VERSIONS and (foreign := tables - ours):
            raise BackupError(f"The database holds tables of others, too ({min(foreign)}): restore into another one.")
        return [f"DROP SCHEMA IF EXISTS {PAST} CASCADE", *connection.execute(sa.text(OURS)).scalars()]


@contextmanager
def _script(database: Database, file: Path) -> Iterator[str]:
    """The statements of a backup, as a file. It reads all of the backup, and so fails where that is damaged."""
    with tempfile.TemporaryDirectory(prefix="sixty-one-") as folder:
        script = f"{folder}/backup.sql"
        _run(database, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file))
        yield script


def _run(database: Database, program: str, *arguments: str) -> str:
    """What a program of PostgreSQL prints. It has the address and the password from its environment."""
    path = shutil.which(program)
    if path is None:
        raise BackupError(f"{program} is not installed here: it comes with the client programs of PostgreSQL.")
    address = dict(database.server.address)
    secrets = {"PGPASSWORD": str(address.pop("password"))} if "password" in address else {}
    # `pg_restore` without a database writes a script, and connects to nothing.
    target = [] if program == "pg_restore" else [f"--dbname={make_conninfo(**address)}", "--no-password"]
    result = subprocess.run(  # noqa: S603
        [path, *target, *arguments], env=os.environ | secrets, capture_output=True, text=True, check=False
    )
    if result.returncode:
        lines = [line for line in result.stderr.splitlines() if line.strip()]
        raise BackupError("\n".join(lines) or f"{program} ended with {result.returncode}")
    return result.stdout


def _copies(script: str) -> dict[str, list[dict[str, str]]]:
    """The rows that a script copies into each table, by column."""
    tables: dict[str, list[dict[str, str]]] = {}
    lines = iter(script.splitlines())
    for line in lines:
        if not line.startswith("COPY "):
            continue
        name, _, columns = line.removeprefix("COPY ").partition(" (")
        names = columns.partition(")")[0].split(", ")
        rows = tables[name.rpartition(".")[2]] = []
        for row in iter(lambda: next(lines), "\\."):
            rows.append(dict(zip(names, row.split("\t"), strict=True)))
    return tables
