"""An entry in the log, for tests that write past the writers."""

import datetime as dt
from typing import Any

from sqlmodel import Session, select

from db.edits import Edits
from db.models import Change, Dataset, Strategy
from db.vocabulary import ChangeAction
from db.writing.ledger import append_change, take_revision


def begin_change(session: Session) -> None:
    """Takes the next revision, as a writer does before it writes."""
    take_revision(session, session.exec(select(Dataset)).one())


def log_change(session: Session, *args: Any, **options: Any) -> Change:
    """`append_change` under the next revision, unless the test has taken it already."""
    dataset = session.exec(select(Dataset)).one()
    if session.get(Change, dataset.revision):
        take_revision(session, dataset)
    return append_change(session, dataset, *args, **options)


def add_change(session: Session, now: dt.datetime, summary: str = "Made for a test.") -> Change:
    strategy = session.exec(select(Strategy)).one()
    return log_change(session, now, "test", ChangeAction.IMPORTED, summary, strategy, (), Edits(session))
