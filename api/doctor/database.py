"""The database of an installation: whether it can be used, what it holds, and whether that can be written."""

import os
from collections.abc import Iterator
from pathlib import Path

from sqlmodel import Session

from api.doctor.finding import Finding, State
from api.doctor.machine import examine_space
from api.doctor.replicas import examine_replica
from api.settings import Settings
from db import dataset, diagnosis, failures, postgresql, versions
from db.clock import now
from db.database import Database
from db.writing import ledger


def examine_database(settings: Settings) -> Iterator[Finding]:
    db = Database(settings.database_url)
    address = db.engine.url.render_as_string(hide_password=True)
    try:
        file = diagnosis.file_of(db.engine)
        if file is not None:
            file = file.absolute()
            yield examine_space("disk", file.parent)
            # To connect would make the file.
            if finding := _examine_file(file):
                yield finding
                return
        with Session(db.engine) as session:
            yield from _contents(session, address, settings)
            for number, url in enumerate(settings.read_addresses, 1):
                yield examine_replica(session, url, f"replica {number}")
    except failures.errors() as error:
        yield Finding("database", State.PROBLEM, f"{address}: {failures.describe(error)}")
    finally:
        db.close()


def _examine_file(file: Path) -> Finding | None:
    """What keeps the file of SQLite from being opened."""
    can_make = os.access(file.parent, os.W_OK)
    if not file.exists():
        text = "is not there: the first start makes it" if can_make else "cannot be made: this user may not write there"
        return Finding("database", State.WARNING if can_make else State.PROBLEM, f"{file} {text}.")
    # SQLite writes beside its file, too.
    if not can_make or not os.access(file, os.W_OK):
        return Finding("database", State.PROBLEM, f"This user may not write to {file} and its folder.")
    return None


def _contents(session: Session, address: str, settings: Settings) -> Iterator[Finding]:
    connection, instant = session.connection(), now()
    result = diagnosis.diagnose(connection, instant, ledger.TOLERANCE)
    yield Finding("database", State.OK, f"{result.kind} at {address}, {result.size / 1e6:.1f} MB")
    for fault in result.faults:
        yield Finding("database", State.PROBLEM, fault)
    # One more listens for changes.
    most = settings.database_connections + postgresql.OVERFLOW + 1
    if result.connections is not None and most > result.connections:
        text = f"A process may make {most}, and the server takes {result.connections} from all: see max_connections."
        yield Finding("connections", State.WARNING, text)
    if missing := diagnosis.missing_programs(connection):
        text = f"{', '.join(missing)} not found: `sixtyone backup` needs the client programs of PostgreSQL."
        yield Finding("backup", State.WARNING, text)
    if reason := versions.incompatibility(connection):
        fits = connection.dialect.name == "sqlite" or result.encoding == postgresql.ENCODING
        yield Finding("migrations" if fits else "encoding", State.PROBLEM, reason)
        return
    yield Finding("encoding", State.OK, result.encoding)
    if (tables := versions.current(connection)) != versions.LATEST:
        text = f"The tables are of version {tables or 'none'}: the next start brings them to {versions.LATEST}."
        yield Finding("migrations", State.WARNING, text)
        return
    yield Finding("migrations", State.OK, f"version {tables}")
    if (state := dataset.state(session)) is None:
        yield Finding("data", State.WARNING, "No data is loaded: the next start does.")
        return
    yield Finding("data", State.OK, f"revision {state[0]} of {state[1]:%Y-%m-%dT%H:%M:%SZ}")
    problem = ledger.clock_problem(dataset.current(session), instant)
    yield Finding("clock", State.PROBLEM if problem else State.OK, problem or f"{instant:%Y-%m-%dT%H:%M:%SZ}")
