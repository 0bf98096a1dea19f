"""An entry in the log, for tests that write past the writers."""

import datetime as dt

from sqlmodel import Session, select

from db.edits import Edits
from db.models import Dataset, Strategy
from db.vocabulary import ChangeAction
from db.writing.ledger import append_change


def add_change(session: Session, now: dt.datetime) -> None:
    dataset, strategy = session.exec(select(Dataset)).one(), session.exec(select(Strategy)).one()
    append_change(
        session, dataset, now, "test", ChangeAction.IMPORTED, "Made for a test.", strategy, (), Edits(session)
    )
