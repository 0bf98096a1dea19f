"""Reads the record at one revision: as it is now, or as it was."""

import asyncio
import datetime as dt
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from db import changes, dataset, failures
from db.answer_cache import PLACE
from db.calls import Call, Result
from db.database import Database
from db.failures import Behind, Overloaded
from db.replicas import PATIENCE, Replicas
from db.statements import Params, RawRow, Statement

P = ParamSpec("P")
T = TypeVar("T")
# Seconds between two questions whether the revision that is waited for is there.
PAUSE = 0.2


class Reader:
    """Answers every question at one revision, so that no answer mixes two.

    It is the revision that is given, or the last one recorded by `known_at`, or that of the first question; of
    `within`, another reader, it is never a later one. At revision 0, before the first one, every table is empty.

    With `replicas`, one of them answers that has `least` or, if that is left out, all that was seen before. If it fails
    or turns out to be behind, another one is asked, and at last the primary: at one revision, all say the same.
    """

    def __init__(
        self,
        database: Database,
        *,
        replicas: Replicas | None = None,
        least: int | None = None,
        revision: int | None = None,
        known_at: dt.datetime | None = None,
        within: "Reader | None" = None,
    ) -> None:
        self.database = database
        self.replicas = replicas
        self.known_at = known_at
        self.within = within
        self.revision = revision
        self.least = database.newest if least is None else least
        self.server = replicas.choose(self._required()) if replicas else database
        # How many servers have failed.
        self.faults = 0
        # By when the primary has to have the revision, on the monotonic clock; set when it does not have it.
        self.deadline: float | None = None
        # On PostgreSQL, several threads may ask a first question at once.
        self.lock = threading.Lock()
        # What is asked for in this turn of an event loop, and what answers it.
        self.waiting: dict[asyncio.AbstractEventLoop, list[Call]] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    def at(
        self,
        *,
        revision: int | None = None,
        known_at: dt.datetime | None = None,
        within: "Reader | None" = None,
    ) -> "Reader":
        """A reader of the same servers at another revision."""
        return Reader(
            self.database, replicas=self.replicas, least=self.least, revision=revision, known_at=known_at, within=within
        )

    async def state(self) -> dataset.State | None:
        """The revision and the instant of its making; None before the first load."""
        return await (self.read(dataset.state) if self.replicas else self.database.state())

    async def read(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer to one question: of SQLite in place, of PostgreSQL on a worker thread."""
        if self.database.is_sqlite:
            return self._ask(self.database, question, *args, **kwargs)
        while True:
            server = self.server
            try:
                return await server.on_thread(partial(self._ask, server, question, *args, **kwargs))
            except failures.server_errors() as error:
                await asyncio.sleep(self._pass_over(server, error))

    def read_sync(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`read` for code that is not async."""
        return self.attempt(lambda server: self._ask(server, question, *args, **kwargs))

    async def rows(self, statement: Statement, params: Params, *, off_loop: bool = False) -> list[RawRow]:
        """The rows of one statement, as the driver has them: of SQLite in place, of PostgreSQL in one round trip with
        those of all statements that are asked for in the same turn of the event loop.

        `off_loop` says that the event loop is that of a thread that may wait for a connection.
        """
        if self.database.is_sqlite:
            return self.rows_sync(statement, params)
        return await self.request(statement, params, list, off_loop=off_loop)

    def request(
        self, statement: Statement, params: Params, read: Callable[[list[RawRow]], T], *, off_loop: bool = False
    ) -> asyncio.Future[T]:
        """What `read` makes of the rows of one statement of PostgreSQL, which is asked as `rows` says."""
        if not self._is_known:
            return asyncio.ensure_future(self._request_later(statement, params, read, off_loop))
        loop = asyncio.get_running_loop()
        calls = self.waiting.get(loop)
        if calls is None:
            calls = self.waiting[loop] = []
            loop.call_soon(self._begin, loop, off_loop)
        answer: asyncio.Future[T] = loop.create_future()
        calls.append(Call(statement.text(self.database.engine.dialect), params, read, answer))
        return answer

    async def _request_later(
        self, statement: Statement, params: Params, read: Callable[[list[RawRow]], T], off_loop: bool
    ) -> T:
        _ = self.read_sync(_nothing) if off_loop else await self.read(_nothing)
        return await self.request(statement, params, read, off_loop=off_loop)

    def rows_sync(self, statement: Statement, params: Params) -> list[RawRow]:
        """`rows` for code that is not async."""
        if self.database.is_sqlite and self._is_known:
            rows = self.database.in_place.rows(statement, params, self._accept, self)
            if rows is not None:
                return rows
        return self.read_sync(statement.rows, params)

    def transaction(self) -> AbstractContextManager[None]:
        """Within it, what SQLite is asked for on this thread shares a transaction, as far as no other reader asks."""
        return self.database.in_place.transaction(self) if self.database.is_sqlite else nullcontext()

    def attempt(self, ask: Callable[[Database], T]) -> T:
        """What a server answers; another one is asked where it fails. For code that is not async."""
        while True:
            server = self.server
            try:
                return ask(server)
            except failures.server_errors() as error:
                time.sleep(self._pass_over(server, error))

    def _ask(
        self, server: Database, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        newest = self.database.newest
        with server.present() as (session, current):
            self._check(newest, current)
            revision = self._pin(session, current)
            if revision == current:
                return question(session, *args, **kwargs)
            place = session.info[PLACE]
        with server.past(revision, place) as session:
            return question(session, *args, **kwargs)

    @property
    def _is_known(self) -> bool:
        """Whether the revision is known, or is to be the present one. That of an instant, or within another reader,
        takes a session to be found."""
        return self.revision is not None or (self.known_at is None and self.within is None)

    def _begin(self, loop: asyncio.AbstractEventLoop, off_loop: bool) -> None:
        task = loop.create_task(self._ask_together(self.waiting.pop(loop), off_loop))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _ask_together(self, questions: list[Call], off_loop: bool) -> None:
        # What is asked of the present may be found to be of the past.
        in_past = self.revision is not None and self.revision < self.database.newest
        try:
            while questions:
                newest, server = self.database.newest, self.server
                try:
                    current, results = await server.ask(questions, self.revision if in_past else None, off_loop)
                    self._check(newest, current)
                except failures.server_errors() as error:
                    await asyncio.sleep(self._pass_over(server, error))
                    continue
                with self.lock:
                    if self.revision is None:
                        self.database.note(current)
                        self.revision = current
                if in_past or self.revision == current:
                    questions = await self._settle(server, questions, results)
                else:
                    in_past = True
        except BaseException as error:
            for each in questions:
                each.fail(error)
            if not isinstance(error, Exception):
                raise

    async def _settle(self, server: Database, questions: list[Call], results: list[Result]) -> list[Call]:
        """Gives each question its result, and returns those that are to be asked again."""
        again, pause = [], 0.0
        for each, result in zip(questions, results, strict=True):
            if isinstance(result, Exception):
                try:
                    pause = self._pass_over(server, result)
                    again.append(each)
                except failures.server_errors() as error:
                    each.fail(error)
            elif result is None:
                # An error before it kept it from being run.
                again.append(each)
            else:
                each.settle(result)
        if pause:
            await asyncio.sleep(pause)
        return again

    def _check(self, newest: int, current: int) -> None:
        """Raises `Behind` if the present revision of a replica is not one that this can be read at."""
        if self.replicas is None:
            if current < newest:
                self.database.rewind(newest, current)
        elif current < self._required():
            raise Behind(current)

    def _accept(self, current: int) -> bool:
        """Whether the present revision is the one that is read, which it is at first."""
        if current < self.database.newest:
            self.database.rewind(self.database.newest, current)
        if self.revision is None:
            self.database.note(current)
            self.revision = current
        return self.revision == current

    def _required(self) -> int:
        """The revision that a server must have."""
        return max(self.least, self.revision or 0, self.within._required() if self.within else 0)

    def _pass_over(self, server: Database, error: Exception) -> float:
        """Chooses a server in place of one that gave this error, and returns the seconds until it is to be asked.

        Raises the error if there is none.
        """
        if self.replicas is None or isinstance(error, Overloaded) or not failures.is_unavailable(error):
            raise error
        self.replicas.pass_over(server, error)
        is_primary = server is self.database
        with self.lock:
            if server is self.server:
                # After a second replica it is the primary's turn, so that this ends.
                asks_replicas = is_primary or self.faults == 0
                self.server = self.replicas.choose(self._required()) if asks_replicas else self.database
                self.faults += 1
        if not is_primary:
            return 0
        now = time.monotonic()
        self.deadline = self.deadline or now + PATIENCE
        if now > self.deadline:
            if not isinstance(error, Behind):
                raise error
            self._rewind(error)
        return PAUSE

    def _rewind(self, error: Behind) -> None:
        """Takes what the primary has: a later revision is not there any more, or never was.

        Raises the error where the record was read at such a revision before.
        """
        if error.revision < (self.revision or 0):
            raise error
        self.database.rewind(self.least, error.revision)
        self.least = min(self.least, error.revision)
        if self.within:
            self.within._rewind(error)

    def _pin(self, session: Session, current: int) -> int:
        if self.revision is None:
            with self.lock:
                if self.revision is None:
                    self.database.note(current)
                    self.revision = self._revision(session, current)
        return self.revision

    def _revision(self, session: Session, current: int) -> int:
        latest = current if self.within is None else self.within._pin(session, current)
        if self.known_at is None:
            return latest
        return min(latest, changes.revision_at(session, self.known_at))


def _nothing(_session: Session) -> None:
    """A question that only finds the revision."""
