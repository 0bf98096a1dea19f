"""The engine, and the only two ways to use it: ask a question, or make a change."""

import datetime as dt
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

import anyio.to_thread
import sqlalchemy as sa
from sqlmodel import Session

from db import dataset, failures, postgresql, sqlite
from db.failures import Overloaded

P = ParamSpec("P")
T = TypeVar("T")
# How long a writer waits for the others; and what the two databases say when it has waited that long.
PATIENCE = sa.text(f"SET LOCAL lock_timeout = {postgresql.REQUEST_MS}")
BUSY = ("SQLITE_BUSY", "55P03")
# How many read PostgreSQL at once, unless a setting says otherwise.
CONNECTIONS = 10
# How many compiled statements are kept, of a tenth of a megabyte each. The pages and the API's lists need 120, and
# half as many again are kept before the oldest go.
STATEMENTS = 100
# How long the database may take to say that it is there.
PROBE_SECONDS = 5.0
# How long one waits for its turn to read.
QUEUE_SECONDS = 10.0
STATE = str(dataset.STATE)
OVERLOADED = "others were asking it for too long"


class Busy(Exception):
    """Others were writing for too long. Nothing was written."""


class Database:
    """One database, SQLite or PostgreSQL, for as long as the process serves."""

    def __init__(self, url: str, *, seconds: float | None = None, connections: int = CONNECTIONS) -> None:
        """`seconds` bounds one statement that reads, and `connections` how many read PostgreSQL at once."""
        self.writers = anyio.CapacityLimiter(1)
        self.readers = anyio.CapacityLimiter(connections)
        self.probes = anyio.CapacityLimiter(1)
        self.is_sqlite = sa.make_url(url).get_backend_name() == "sqlite"
        # An error tells the statement, and not what was put into it, among which are the digests of tokens.
        options: dict[str, Any] = {"hide_parameters": True, "query_cache_size": STATEMENTS}
        if self.is_sqlite:
            self.file = sqlite.File(sa.make_url(url).database or "", seconds)
            self.engine = self.file.engine(url, **options)
            self.writer = self.engine.execution_options(begin=sqlite.WRITE, bound=False)
            self.whole = self.engine.execution_options(bound=False)
        else:
            self.server = postgresql.Server(url, seconds)
            self.engine = self.server.engine(url, connections, **options)
            self.writer = self.engine.execution_options(begin=postgresql.WRITE)
            self.whole = self.engine.execution_options(begin=postgresql.SNAPSHOT)
        self.is_damaged = False
        sa.event.listen(self.engine, "handle_error", self._note)
        self.held: list[sa.Connection] = []
        self.own = threading.local()

    @property
    def reads_in_place(self) -> bool:
        """Whether an answer is quicker than waiting for one."""
        return self.is_sqlite

    async def read(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask one question in a session of its own.

        SQLite answers in place, because a local read is quicker than the thread hop that would hide it;
        PostgreSQL on a worker thread, because its reads cross a network.
        """
        if self.reads_in_place:
            return self.read_sync(question, *args, **kwargs)
        # A read that has begun is waited for; those that never begin would wait for good where the server hangs.
        with anyio.move_on_after(QUEUE_SECONDS):
            return await anyio.to_thread.run_sync(
                lambda: self.read_sync(question, *args, **kwargs), limiter=self.readers
            )
        raise Overloaded(OVERLOADED)

    async def state(self) -> dataset.State | None:
        """The revision and when it was made; None before the first load.

        Asked with nearly every request: of SQLite by its driver alone, which takes a tenth of the time.
        """
        if not self.is_sqlite:
            return await self.read(dataset.state)
        self.file.check()
        self._session()
        # One row that is always there: it needs no bound, and that of an earlier statement may be over.
        self.own.driver.until = math.inf
        found = self.own.driver.execute(STATE).fetchone()
        return found and (found[0], dt.datetime.fromisoformat(found[1]).replace(tzinfo=dt.UTC))

    async def probe(self, question: Callable[[Session], T]) -> T:
        """Ask whether all is well: beside all who read, and not for long. Raises `Overloaded`."""
        if self.reads_in_place:
            return self.read_sync(question)
        with anyio.move_on_after(PROBE_SECONDS):
            return await anyio.to_thread.run_sync(self.read_sync, question, limiter=self.probes, abandon_on_cancel=True)
        raise Overloaded(OVERLOADED)

    def read_sync(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same from code that is not async."""
        if not self.reads_in_place:
            with Session(self.engine, expire_on_commit=False) as session:
                return question(session, *args, **kwargs)
        session = self._session()
        try:
            return question(session, *args, **kwargs)
        finally:
            session.close()

    def _session(self) -> Session:
        """The session for the reads of SQLite on this thread. To make one for each, and to fetch a connection for it,
        takes as long as the read."""
        if not hasattr(self.own, "session"):
            connection = self.engine.connect()
            self.held.append(connection)
            self.own.session = Session(connection, expire_on_commit=False)
            self.own.driver = connection.connection.driver_connection
        session: Session = self.own.session
        return session

    async def write(self, change: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Make one change in a transaction of its own, on a worker thread. Raises `Busy` if others write for long.

        One at a time: writers wait for each other in the database anyway, and there they would hold connections that
        readers need.
        """
        return await anyio.to_thread.run_sync(lambda: self._change(change, *args, **kwargs), limiter=self.writers)

    def _change(self, change: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with self.transaction() as session:
                if not self.is_sqlite:
                    session.connection().execute(PATIENCE)
                return change(session, *args, **kwargs)
        except failures.ERRORS as error:
            if failures.code(failures.cause(error)) in BUSY:
                raise Busy from error
            raise

    def _note(self, context: sa.engine.ExceptionContext) -> None:
        # What is damaged may be a table that is seldom asked for: whoever runs the service has to know.
        self.is_damaged = self.is_damaged or failures.is_damaged(context.original_exception)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One change: all of it is written, or nothing."""
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Many questions about one and the same state of the data."""
        with Session(self.whole) as session:
            yield session

    def close(self) -> None:
        for connection in self.held:
            connection.close()
        self.engine.dispose()
