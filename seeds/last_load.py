"""The load at a start, which reads no rows where nothing can have changed since the last one.

A load depends on the files, the code and the data, and every writer of data takes a revision. So the same files, code
and revision have the same report again.
"""

import datetime as dt
from pathlib import Path

import sqlalchemy as sa

from db.database import Database
from db.models import Dataset, LastLoad
from seeds.digest import digest


def load_if_changed(database: Database, directory: Path, now: dt.datetime) -> str:
    """The report of the load. Raises `SeedError`, as the loader does."""
    before = digest(directory)
    if before and (text := _kept_report(database, before, now)):
        return text
    # It takes a tenth of a second to import, which nearly every start can save.
    from seeds import loader  # noqa: PLC0415

    report = loader.load(database, directory, now=now)
    # A file may have been written meanwhile.
    if before and report.again and digest(directory) == before:
        with database.transaction() as session:
            session.merge(LastLoad(digest=before, revision=report.revision, loaded_at=now, report=report.again))
    return str(report)


def _kept_report(database: Database, digest: str, now: dt.datetime) -> str | None:
    # With a clock that was set back, the load may refuse an instant in the files as one that is still to come.
    # Of the tables, because columns of models would configure all models, for a fiftieth of the start.
    load, dataset = LastLoad.__table__.c, Dataset.__table__
    query = (
        sa.select(load.report)
        .join(dataset, dataset.c.revision == load.revision)
        .where(load.digest == digest, load.loaded_at <= now)
    )
    return database.read_sync(lambda session: session.scalar(query))
