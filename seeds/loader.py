"""Loads a folder of files in one transaction: all of it or nothing, and no revision where nothing has changed."""

import datetime as dt
from pathlib import Path

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from db import edits
from db.database import Database
from db.fields import Text
from db.models import Dataset, Strategy
from db.writing.ledger import ClockBehind
from seeds import DATA
from seeds.errors import SeedError, SeedProblem
from seeds.files import read
from seeds.folder import KINDS, SeedFolder
from seeds.loading import log
from seeds.loading.context import LoadContext
from seeds.loading.history import Past
from seeds.loading.report import Report
from seeds.loading.rows import columns, load_rows
from seeds.loading.statements import load_statements

# What the log calls a load.
SUMMARY = "Imported"


def load(database: Database, directory: Path = DATA, *, now: dt.datetime, summary: str = SUMMARY) -> Report:
    """Raises `SeedError` where the files are broken or the database does not take them; then nothing was written.

    `summary` stands in the log before the number of rows.
    """
    try:
        TypeAdapter(Text).validate_python(summary)
    except ValidationError as error:
        reason = error.errors()[0]["ctx"]["error"]
        raise SeedError([SeedProblem("", "", f"the summary {reason}")]) from error
    folder = read(directory, now=now)
    try:
        return load_folder(database, folder, now=now, summary=summary)
    except ClockBehind as error:
        raise SeedError([SeedProblem("", "", str(error))]) from error


def load_folder(database: Database, folder: SeedFolder, *, now: dt.datetime, summary: str = SUMMARY) -> Report:
    """Loads files that were read before. Raises `ClockBehind` where the record goes beyond `now`."""
    with database.transaction() as session:
        if not database.is_sqlite:
            # Two processes that start at once would both insert; SQLite lets one writer begin at a time anyway.
            session.connection().execute(sa.text("LOCK TABLE dataset IN EXCLUSIVE MODE"))
        context = LoadContext(session, folder, now)
        report = context.report
        dataset = _load_dataset(context)
        _refuse_another_strategy(context)
        for name in ("organisations", "documents", "areas", "people", "terms", "strategies", "commitments"):
            load_rows(context, KINDS[name], folder.files[name].rows)
        load_statements(context)
        for name in ("funds", "events", "discrepancies"):
            load_rows(context, KINDS[name], folder.files[name].rows)
        if report.inserts["dataset"] and folder.versions.rows:
            past = Past(context)
            past.number_citations()
            context.citations.write()
            past.restore()
        else:
            context.citations.write()
        if report.has_changes:
            log.record(context, dataset, summary)
        report.revision = dataset.revision
    return report


def _refuse_another_strategy(context: LoadContext) -> None:
    row = context.folder.strategy
    for (slug,) in context.table(Strategy, row.FILE).rows:
        if slug != row.slug:
            # Refs belong to one strategy; two in one database would answer for each other.
            raise SeedError([row.problem(f"the database holds the strategy {slug!r}; use another one")])


def _load_dataset(context: LoadContext) -> Dataset:
    """The one row of the table, with the revision of this load."""
    session, report = context.session, context.report
    values = columns(context, context.folder.dataset)
    dataset = session.get(Dataset, 1)
    if dataset is None:
        log_of_files = context.folder.changes.rows
        first = log_of_files[0].revision if log_of_files else 1
        dataset = Dataset(revision=first, updated_at=values["recorded_at"], since=first, **values)
        session.add(dataset)
        session.flush()
        report.inserts["dataset"] += 1
        return dataset
    # Before the first write, if there is one: no change, no revision.
    sa.event.listen(session, "before_flush", lambda *_: _take_revision(session, dataset), once=True)
    if any(getattr(dataset, name) != value for name, value in values.items()):
        before = edits.values(session, dataset, *values)
        dataset.sqlmodel_update(values)
        report.edits.change(dataset, before)
        report.updates["dataset"] += 1
    return dataset


def _take_revision(session: Session, dataset: Dataset) -> None:
    """As `ledger.take_revision`, within a flush, whose statements are in an order of their own."""
    revision = dataset.revision + 1
    session.connection().execute(sa.update(Dataset).values(revision=revision))
    set_committed_value(dataset, "revision", revision)
