"""The engine, and the only ways to use it: read, write, or hold a snapshot."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec, TypeVar

import anyio
import sqlalchemy as sa
from anyio.to_thread import run_sync
from sqlmodel import Session

from db import dataset, failures, postgresql, sqlite
from db.answer_cache import PLACE, AnswerCache, Place
from db.calls import Call, Result
from db.failures import Overloaded
from db.in_place import InPlace

P = ParamSpec("P")
T = TypeVar("T")
# The codes of either database for a writer that waited for the others for too long.
BUSY = ("SQLITE_BUSY", "55P03")
# What may come of a change.
OUTCOMES = WRITTEN, REJECTED, BUSY_TOO_LONG, FAILED = "written", "rejected", "busy", "failed"
# How many read PostgreSQL at once, unless a setting says otherwise.
CONNECTIONS = 10
# The size of the cache of compiled statements, of a tenth of a megabyte each. The pages and the lists of the API need
# 120, and SQLAlchemy keeps half as many again before it drops the oldest.
STATEMENTS = 100
# How long the database may take to answer a probe.
PROBE_SECONDS = 5.0
# How long a reader of PostgreSQL waits for a connection.
QUEUE_SECONDS = 10.0
OVERLOADED = "others were asking it for too long"


class Busy(Exception):
    """Others were writing for too long. Nothing was written."""


class Database:
    """One database, SQLite or PostgreSQL, for as long as the process serves."""

    def __init__(self, url: str, *, seconds: float | None = None, connections: int = CONNECTIONS) -> None:
        """`seconds` limits each statement of a reader, and `connections` how many read PostgreSQL at once."""
        # Of two on their threads one writes: the next begins when it ends, whatever the event loop does then.
        self.writers = anyio.CapacityLimiter(2)
        self.writing = threading.Lock()
        self.readers = anyio.CapacityLimiter(connections)
        self.probes = anyio.CapacityLimiter(1)
        # A read of SQLite runs in place: it is quicker than the hop to a thread that would hide it.
        self.is_sqlite = sa.make_url(url).get_backend_name() == "sqlite"
        self.answer_cache = AnswerCache()
        # Errors hide the parameters of a statement, among which are the digests of tokens.
        options: dict[str, Any] = {"hide_parameters": True, "query_cache_size": STATEMENTS}
        if self.is_sqlite:
            self.file = sqlite.File(url, seconds, **options)
            self.in_place = InPlace(self.file, self.answer_cache)
            self.engine = self.file.engine
            self.writer = self.requests = self.engine.execution_options(begin=sqlite.WRITE, bound=False)
            self.snapshots = self.engine.execution_options(bound=False)
        else:
            # Most services have a file, and need not import the driver of PostgreSQL.
            from db.server import Server  # noqa: PLC0415

            self.server = Server(url, connections, seconds, **options)
            self.engine = self.server.engine
            self.writer = self.engine.execution_options(begin=postgresql.WRITE)
            self.requests = self.engine.execution_options(begin=postgresql.REQUEST, exchange=self.server.exchange)
            self.snapshots = self.engine.execution_options(begin=postgresql.SNAPSHOT)
            self.pinned = self.engine.execution_options(pin=True)
        self.is_damaged = False
        # The newest revision that this process has written, or read here or from a replica: no answer is older.
        self.newest = 0
        self.lock = threading.Lock()
        self.engines = [self.engine, self.file.past] if self.is_sqlite else [self.engine]
        for engine in self.engines:
            sa.event.listen(engine, "handle_error", self._note_damage)
        # Called with what came of each change, and for how many seconds it waited for other writers.
        self.on_write: Callable[[str, float], None] | None = None

    async def read(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs one question in a session of its own: of SQLite in place, of PostgreSQL on a worker thread.

        Raises `Overloaded` if others keep all connections for too long.
        """
        if self.is_sqlite:
            return self.read_sync(question, *args, **kwargs)
        return await self.on_thread(lambda: self.read_sync(question, *args, **kwargs))

    async def on_thread(self, read: Callable[[], T]) -> T:
        """Reads PostgreSQL on a worker thread. Raises `Overloaded` if others keep all connections for too long."""

        def read_with_connection() -> T:
            self.server.spare()
            return read()

        # Only the wait for a thread is limited: a read that has begun ends by the limits of the server.
        with anyio.move_on_after(QUEUE_SECONDS):
            return await run_sync(read_with_connection, limiter=self.readers)
        raise Overloaded(OVERLOADED)

    async def ask(self, questions: Sequence[Call], revision: int | None, off_loop: bool) -> tuple[int, list[Result]]:
        """The present revision of PostgreSQL, and the results of questions about it or another one: one round trip.

        Raises `Overloaded` if others keep all connections for too long. `off_loop` says that the thread may wait.
        """
        if off_loop:
            return await self.server.ask(questions, revision, off_loop=True)
        turn = object()
        try:
            self.readers.acquire_on_behalf_of_nowait(turn)
        except anyio.WouldBlock:
            with anyio.move_on_after(QUEUE_SECONDS) as wait:
                await self.readers.acquire_on_behalf_of(turn)
            if wait.cancelled_caught:
                raise Overloaded(OVERLOADED) from None
        try:
            return await self.server.ask(questions, revision)
        finally:
            self.readers.release_on_behalf_of(turn)

    def read_sync(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`read` for code that is not async."""
        # A session that is closed can be used again.
        with self.in_place.session() if self.is_sqlite else Session(self.engine, expire_on_commit=False) as session:
            return question(session, *args, **kwargs)

    @contextmanager
    def present(self) -> Iterator[tuple[Session, int]]:
        """A session, and the revision of all that it reads; 0 before the first load."""
        if self.is_sqlite:
            with self.in_place.present() as present:
                yield present
        else:
            with Session(self.pinned, expire_on_commit=False) as session:
                state = session.connection().info["state"]
                session.info[PLACE] = Place(self.answer_cache, state, state[0])
                yield session, state[0]

    @contextmanager
    def past(self, revision: int, place: Place) -> Iterator[Session]:
        """A session that reads the record as it was at a revision: there, the tables are views of the past. `place` is
        that of the present."""
        session = self.in_place.past(revision) if self.is_sqlite else self._past_on_server(revision)
        with session:
            session.info[PLACE] = replace(place, revision=revision)
            yield session

    async def state(self) -> dataset.State | None:
        """The revision and the instant of its making; None before the first load.

        Nearly every request reads it: of SQLite by its driver alone, which takes a tenth of the time.
        """
        if not self.is_sqlite:
            return await self.read(dataset.state)
        row = self.in_place.state()
        return row and (row[0], dt.datetime.fromisoformat(row[1]).replace(tzinfo=dt.UTC))

    def note(self, revision: int) -> None:
        """Notes a revision that was seen."""
        if revision > self.newest:
            with self.lock:
                self.newest = max(self.newest, revision)

    def rewind(self, newest: int, revision: int) -> None:
        """Notes that the log ends at a revision, where `newest` was seen before: another log has taken its place."""
        with self.lock:
            # A later one that was seen meanwhile stands.
            if self.newest == newest:
                self.newest = revision

    async def probe(self, question: Callable[[Session], T]) -> T:
        """Runs a question about the health of the database, beside the readers. Raises `Overloaded` if it is slow."""
        if self.is_sqlite:
            return self.read_sync(question)
        with anyio.move_on_after(PROBE_SECONDS):
            return await run_sync(self.read_sync, question, limiter=self.probes, abandon_on_cancel=True)
        raise Overloaded(OVERLOADED)

    async def write(self, change: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Makes one change in a transaction of its own, on a worker thread. Raises `Busy` if others write for long.

        One at a time: in the database, writers would wait for each other with connections that readers need.
        """
        start = time.monotonic()
        return await run_sync(lambda: self._write(start, change, *args, **kwargs), limiter=self.writers)

    @contextmanager
    def transaction(self, writer: sa.Engine | None = None) -> Iterator[Session]:
        """A change: all of it is written, or nothing."""
        with Session(writer or self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    def snapshot(self, revision: int | None = None) -> Session:
        """A session for many questions about one state of the data, without limits of time: the present one, or that
        of a revision."""
        if revision is None:
            return Session(self.snapshots)
        engine = self.file.past.execution_options(bound=False) if self.is_sqlite else self.snapshots
        return Session(engine.execution_options(revision=revision))

    def close(self) -> None:
        if self.is_sqlite:
            self.in_place.close()
        else:
            self.server.close()
        for engine in self.engines:
            # The mappers remember the dialects of engines, which would keep this and all its compiled statements.
            if sa.event.contains(engine, "handle_error", self._note_damage):
                sa.event.remove(engine, "handle_error", self._note_damage)
            engine.dispose()

    def _past_on_server(self, revision: int) -> Session:
        return Session(self.engine.execution_options(revision=revision), expire_on_commit=False)

    def _write(
        self, start: float, change: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        outcome, info = WRITTEN, {}
        try:
            with self.writing, self.transaction(self.requests) as session:
                info = session.info
                return change(session, *args, **kwargs)
        except failures.errors() as error:
            outcome = FAILED
            if failures.code(failures.cause(error)) in BUSY:
                outcome = BUSY_TOO_LONG
                raise Busy from error
            raise
        except Exception:
            outcome = REJECTED
            raise
        finally:
            if self.on_write:
                self.on_write(outcome, info.get(dataset.LOCKED_AT, time.monotonic()) - start)

    def _note_damage(self, context: sa.engine.ExceptionContext) -> None:
        # The damaged table may be one that is seldom read, so the health check remembers it.
        self.is_damaged = self.is_damaged or failures.is_damaged(context.original_exception)
