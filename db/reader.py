"""Reads the record at one revision: as it is now, or as it was."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from db import changes
from db.database import Database

P = ParamSpec("P")
T = TypeVar("T")


class Reader:
    """Answers every question at one revision, so that no answer mixes two.

    It is the revision that is given, or the last one recorded by `known_at`, or that of the first question; of
    `within`, another reader, it is never a later one. At revision 0, before the first one, every table is empty.
    """

    def __init__(
        self,
        database: Database,
        *,
        revision: int | None = None,
        known_at: dt.datetime | None = None,
        within: "Reader | None" = None,
    ) -> None:
        self.database = database
        self.known_at = known_at
        self.within = within
        self.revision = revision
        # On PostgreSQL, several threads may ask a first question at once.
        self.lock = threading.Lock()

    async def read(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer to one question: of SQLite in place, of PostgreSQL on a worker thread."""
        if self.database.is_sqlite:
            return self.read_sync(question, *args, **kwargs)
        return await self.database.on_thread(lambda: self.read_sync(question, *args, **kwargs))

    def read_sync(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`read` for code that is not async."""
        with self.database.present() as (session, current):
            revision = self._pin(session, current)
            if revision == current:
                return question(session, *args, **kwargs)
        with self.database.past(revision) as session:
            return question(session, *args, **kwargs)

    def _pin(self, session: Session, current: int) -> int:
        if self.revision is None:
            with self.lock:
                if self.revision is None:
                    self.revision = self._revision(session, current)
        return self.revision

    def _revision(self, session: Session, current: int) -> int:
        latest = current if self.within is None else self.within._pin(session, current)
        if self.known_at is None:
            return latest
        return min(latest, changes.revision_at(session, self.known_at))
