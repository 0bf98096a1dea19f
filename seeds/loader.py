"""Loads a folder of files: one transaction, all of it or nothing, and nothing at all when nothing has changed."""

import datetime as dt
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db import changes, edits
from db.database import Database
from db.edits import Edits
from db.models import Dataset
from db.writing.ledger import ClockBehind
from seeds import rows
from seeds.errors import SeedError, SeedProblem
from seeds.files import DATA, read
from seeds.folder import SeedFolder
from seeds.loading import changes as log
from seeds.loading import commitments, discrepancies, events, funds, sources
from seeds.loading.citations import Citations
from seeds.loading.work import Work
from seeds.report import Report

__all__ = ["DATA", "load"]


def load(database: Database, directory: Path = DATA, *, now: dt.datetime) -> Report:
    """Raises `SeedError` where the files are broken or the database does not take them; then nothing was written."""
    folder = read(directory, now=now)
    try:
        return _load(database, folder, now)
    except ClockBehind as error:
        raise SeedError([SeedProblem("", "", str(error))]) from error


def _load(database: Database, folder: SeedFolder, now: dt.datetime) -> Report:
    with database.transaction() as session:
        if not database.is_sqlite:
            # Two processes that start at once would both insert; SQLite lets one writer begin at a time anyway.
            session.connection().execute(sa.text("LOCK TABLE dataset IN EXCLUSIVE MODE"))
        report = Report(Edits(session))
        work = Work(session, folder, report, Citations(session, report), changes.removed_links(session))
        dataset = _dataset(session, folder.dataset, report)
        sources.organisations(work)
        sources.documents(work)
        commitments.strategy(work)
        commitments.commitments(work)
        commitments.statuses(work)
        funds.funds(work)
        events.events(work)
        discrepancies.discrepancies(work)
        work.citations.write()
        if dataset.revision == 0 and folder.changes.rows:
            log.restore(work, dataset, now)
        elif report.changed:
            if dataset.revision == 0:
                log.theirs(work, set(folder.dataset.edited))
            log.note(work, dataset, now)
        report.revision = dataset.revision
    return report


def _dataset(session: Session, row: rows.Dataset, report: Report) -> Dataset:
    """Its one row, as the files have it; at revision 0 until there is an entry in the log."""
    said: dict[str, Any] = {"recorded_at": row.recorded_at, "licence": row.licence, "attribution": row.attribution}
    dataset = session.get(Dataset, 1)
    if dataset is None:
        dataset = Dataset(
            revision=0,
            updated_at=row.recorded_at,
            recorded_at=row.recorded_at,
            licence=row.licence,
            attribution=row.attribution,
        )
        session.add(dataset)
        report.inserted["dataset"] += 1
    elif any(getattr(dataset, name) != value for name, value in said.items()):
        before = edits.values(session, dataset, *said)
        dataset.sqlmodel_update(said)
        report.edits.changed(dataset, before)
        report.updated["dataset"] += 1
    return dataset
