"""An editor who corrects and withdraws rows of the small strategy, as mutations do."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel import Session, col, select

from db.changes import FOLLOWABLE
from db.database import Database
from db.models import Citation, Commitment, CommitmentEvent, Event, EventFund, EventHost, Participant
from db.models.base import Base, Record
from db.vocabulary import ChangeAction
from db.writing.base import Draft
from tests.seeds.day import EDITOR
from tests.writable import FixedClock


class Editor:
    """Writes an hour after the write before."""

    def __init__(self, database: Database, begin: dt.datetime) -> None:
        self.database = database
        self.clock = FixedClock(begin)

    def write(self, change: Callable[[Draft], Sequence[Base] | None], action: ChangeAction) -> None:
        """`change` may give rows that it affects."""
        self.clock.now += dt.timedelta(hours=1)
        with self.database.transaction() as session:
            draft = Draft(session, EDITOR, self.clock.utc)
            others = change(draft) or ()
            draft.log(action, "A test.", one(session, Commitment, ref="H-1"), *others, reason="It was wrong.")

    def correct(self, find: Callable[[Session], Record], **values: Any) -> None:
        self.write(lambda draft: draft.change(find(draft.session), **values), ChangeAction.CORRECTED)

    def withdraw(self, find: Callable[[Session], list[Record]]) -> None:
        def remove(draft: Draft) -> Sequence[Base]:
            found = find(draft.session)
            for row in found:
                draft.remove(row)
            return [row for row in found if isinstance(row, FOLLOWABLE)]

        self.write(remove, ChangeAction.WITHDRAWN)


def one(session: Session, model: Any, **values: Any) -> Any:
    return session.exec(select(model).filter_by(**values)).one()


def rows(session: Session, model: Any, **values: Any) -> list[Any]:
    return list(session.exec(select(model).filter_by(**values)))


def first_source(session: Session) -> Citation:
    """Of the ferry."""
    ferry = one(session, Commitment, ref="H-2").id
    query = select(Citation).where(col(Citation.commitment_id) == ferry).order_by(col(Citation.id))
    return session.exec(query.limit(1)).one()


def event_with_belongings(session: Session) -> list[Record]:
    event = one(session, Event, slug="first-dredger")
    models = (EventHost, Participant, Citation, CommitmentEvent, EventFund)
    return [*(row for model in models for row in rows(session, model, event_id=event.id)), event]
