"""Reads SQLite on the thread that asks: it is quicker than the hop to another one that would hide it.

Each thread has one connection, which is used by a session, or by the driver alone: a session takes longer than most
statements.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import sqlalchemy as sa
from sqlmodel import Session

from db import dataset, sqlite
from db.answer_cache import PLACE, AnswerCache, Place
from db.statements import Params, RawRow, Statement, execute

STATE = str(dataset.STATE)
# The revision and the instant of its making, as the driver has them.
RawState = tuple[int, str]


class ThreadConnection:
    """The connection of one thread. It is never closed by the session, whose opening takes as long as a read."""

    def __init__(self, engine: sa.Engine) -> None:
        self.connection = engine.connect()
        self.session = Session(self.connection, expire_on_commit=False)
        self.driver: sqlite.Connection = self.connection.connection.driver_connection  # type: ignore[assignment]
        # For whom a transaction stays open between statements.
        self.owner: object = None
        # What the transaction of the driver reads; None before the first load.
        self.state: RawState | None = None
        self.is_open = False

    def begin(self) -> None:
        # The deadline of an earlier statement may be over.
        self.driver.deadline = math.inf
        self.driver.execute("BEGIN")
        self.is_open = True
        self.state = self.driver.execute(STATE).fetchone()

    def end(self) -> None:
        """Ends the transaction of the driver, if there is one."""
        if self.is_open:
            self.is_open = False
            self.driver.deadline = math.inf
            # An error may have ended it.
            if self.driver.in_transaction:
                self.driver.execute("ROLLBACK")

    def disown(self) -> None:
        self.owner = None
        self.end()


class InPlace:
    """The connections of all threads to one file. A thread reads for one owner, or for one session, at a time."""

    def __init__(self, file: sqlite.File, cache: AnswerCache) -> None:
        self.file = file
        self.cache = cache
        self.own = threading.local()
        # Of all threads, because the end closes them.
        self.connections: list[sa.Connection] = []

    @contextmanager
    def present(self) -> Iterator[tuple[Session, int]]:
        """A session, and the revision of all that it reads; 0 before the first load."""
        thread = self._free()
        # A session that is closed can be used again.
        with thread.session as session:
            session.connection()
            state = thread.driver.execute(STATE).fetchone() or (0, None)
            session.info[PLACE] = Place(self.cache, state, state[0])
            yield session, state[0]

    def session(self) -> Session:
        """The session of this thread, without a place for answers."""
        session = self._free().session
        session.info.pop(PLACE, None)
        return session

    def past(self, revision: int) -> Session:
        """The session of this thread for the record as it was at a revision."""
        if not hasattr(self.own, "past"):
            connection = self.file.past.connect()
            self.connections.append(connection)
            self.own.past = connection, Session(connection, expire_on_commit=False)
        connection, session = self.own.past
        connection.execution_options(revision=revision)
        return session  # type: ignore[no-any-return]

    def state(self) -> RawState | None:
        self.file.check()
        driver = self._free().driver
        # One row needs no deadline, and that of an earlier statement may be over.
        driver.deadline = math.inf
        state: RawState | None = driver.execute(STATE).fetchone()
        return state

    @contextmanager
    def transaction(self, owner: object) -> Iterator[None]:
        """Within it, the statements that `owner` asks for on this thread share a transaction.

        It ends as soon as this thread reads for others, and the next statement begins another one.
        """
        thread = self._free()
        thread.owner = owner
        try:
            yield
        finally:
            if thread.owner is owner:
                thread.disown()

    def rows(
        self, statement: Statement, params: Params, accept: Callable[[int], bool], owner: object
    ) -> list[RawRow] | None:
        """The rows of a statement; None where `accept` refuses the present revision."""
        thread = self._thread()
        if thread.owner is not owner:
            thread.disown()
        try:
            if not thread.is_open:
                self.file.check()
                thread.begin()
            state = thread.state
            if not accept(state[0] if state else 0):
                thread.end()
                return None
            if self.file.seconds is not None:
                thread.driver.deadline = time.monotonic() + self.file.seconds
            engine = thread.connection.engine
            text = statement.text(engine.dialect)
            ask = partial(execute, engine, thread.driver, text, params)
            if statement.is_cacheable and state:
                return Place(self.cache, state, state[0]).rows(text.digest, params, ask)
            return ask()
        except BaseException:
            thread.end()
            raise
        finally:
            if thread.owner is None:
                thread.end()

    def close(self) -> None:
        for connection in self.connections:
            connection.close()

    def _free(self) -> ThreadConnection:
        """The connection of this thread, without a transaction of the driver."""
        thread = self._thread()
        thread.disown()
        return thread

    def _thread(self) -> ThreadConnection:
        thread: ThreadConnection | None = getattr(self.own, "connection", None)
        if thread is None:
            thread = self.own.connection = ThreadConnection(self.file.engine)
            self.connections.append(thread.connection)
        return thread
