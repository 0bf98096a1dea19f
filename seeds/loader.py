"""Loads an edition: one transaction, all of it or nothing, and nothing at all when nothing has changed."""

import datetime as dt
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from db.database import Database, bump
from db.models import Dataset
from seeds import rows
from seeds.files import DATA, read
from seeds.loading import commitments, discrepancies, events, funds, sources
from seeds.loading.citations import Citations
from seeds.loading.work import Work
from seeds.report import Report

__all__ = ["DATA", "load"]


def load(database: Database, directory: Path = DATA, *, now: dt.datetime) -> Report:
    """Raises `Refused` where the files are broken or the database does not take them; then nothing was written."""
    edition = read(directory)
    with database.transaction() as session:
        if not database.is_sqlite:
            # Two processes that start at once would both insert; SQLite lets one writer begin at a time anyway.
            session.connection().execute(sa.text("LOCK TABLE dataset IN EXCLUSIVE MODE"))
        report = Report()
        work = Work(session, edition, report, Citations(session, report))
        sources.organisations(work)
        sources.documents(work)
        commitments.strategy(work)
        commitments.commitments(work)
        commitments.statuses(work)
        funds.funds(work)
        events.events(work)
        discrepancies.discrepancies(work)
        work.citations.write()
        report.revision = _revise(session, edition.dataset, report, now)
    return report


def _revise(session: Session, row: rows.Dataset, report: Report, now: dt.datetime) -> int:
    """The revision after the load: the next one if anything has changed, 1 in a new database."""
    dataset = session.get(Dataset, 1)
    if dataset is None:
        session.add(Dataset(revision=1, updated_at=now, licence=row.licence, attribution=row.attribution))
        report.inserted["dataset"] += 1
        return 1
    if (dataset.licence, dataset.attribution) != (row.licence, row.attribution):
        dataset.licence, dataset.attribution = row.licence, row.attribution
        report.updated["dataset"] += 1
    return bump(session, now) if report.changed else dataset.revision
