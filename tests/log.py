"""An entry in the log, for tests that write past the writers."""

import datetime as dt

from sqlmodel import Session, select

from db.edits import Edits
from db.models import Change, Dataset, Strategy
from db.vocabulary import ChangeAction
from db.writing.ledger import append_change, take_revision


def begin_change(session: Session) -> None:
    """Takes the next revision, as a writer does before it writes."""
    take_revision(session, session.exec(select(Dataset)).one())


def add_change(session: Session, now: dt.datetime) -> None:
    dataset, strategy = session.exec(select(Dataset)).one(), session.exec(select(Strategy)).one()
    if session.get(Change, dataset.revision):
        take_revision(session, dataset)
    append_change(
        session, dataset, now, "test", ChangeAction.IMPORTED, "Made for a test.", strategy, (), Edits(session)
    )
