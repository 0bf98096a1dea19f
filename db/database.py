"""The engine, and the only two ways to use it: ask a question, or make a change."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SQLite
from sqlite3 import OperationalError as SQLiteError
from typing import Any, Concatenate, ParamSpec, TypeVar

import anyio.to_thread
import sqlalchemy as sa
from sqlmodel import Session

P = ParamSpec("P")
T = TypeVar("T")
# As many connections as there are worker threads to read with, so that none of them waits in vain; and each is tried
# before it is used, because the server may have been restarted since.
POSTGRESQL: dict[str, Any] = {
    "pool_size": 10,
    "max_overflow": 30,
    "pool_pre_ping": True,
    "connect_args": {"connect_timeout": 5},
}


# How long a writer waits for the others, in milliseconds; and what the two databases say when it has waited that long.
PATIENCE_MS = 10_000
PATIENCE = sa.text(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
BUSY = ("SQLITE_BUSY", "55P03")


class Busy(Exception):
    """Others were writing for too long. Nothing was written."""


class Database:
    """One database, SQLite or PostgreSQL, for as long as the process serves."""

    def __init__(self, url: str) -> None:
        self.writers = anyio.CapacityLimiter(1)
        self.is_sqlite = sa.make_url(url).get_backend_name() == "sqlite"
        # An error tells the statement, and not what was put into it, among which are the digests of tokens.
        self.engine = sa.create_engine(url, hide_parameters=True, **({} if self.is_sqlite else POSTGRESQL))
        self.writer = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        self.reader: sa.Connection | None = None
        self.lock = threading.Lock()
        if self.is_sqlite:
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
            sa.event.listen(self.engine, "begin", _begin_sqlite)

    @property
    def immediate(self) -> bool:
        """Whether an answer is quicker than waiting for one."""
        return self.is_sqlite

    async def read(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask one question in a session of its own.

        SQLite answers in place, because a local read is quicker than the thread hop that would hide it;
        PostgreSQL on a worker thread, because its reads cross a network.
        """
        if self.immediate:
            return self.ask(question, *args, **kwargs)
        return await anyio.to_thread.run_sync(lambda: self.ask(question, *args, **kwargs))

    def ask(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same from code that is not async."""
        if not self.immediate:
            with Session(self.engine, expire_on_commit=False) as session:
                return question(session, *args, **kwargs)
        # All reads of SQLite share one connection, one after the other: to fetch one from the pool for each takes as
        # long as the read.
        with self.lock:
            if self.reader is None:
                self.reader = self.engine.connect()
            with Session(self.reader, expire_on_commit=False) as session:
                return question(session, *args, **kwargs)

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
        except (sa.exc.OperationalError, SQLiteError) as error:
            # `_begin_sqlite` speaks to the driver itself, so that its errors are not SQLAlchemy's.
            cause = error.orig if isinstance(error, sa.exc.OperationalError) else error
            if getattr(cause, "sqlite_errorname", getattr(cause, "sqlstate", None)) in BUSY:
                raise Busy from error
            raise

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One change: all of it is written, or nothing."""
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Many questions about one and the same state of the data."""
        engine = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        with Session(engine) as session:
            yield session

    def close(self) -> None:
        if self.reader is not None:
            self.reader.close()
        self.engine.dispose()


def _prepare_sqlite(connection: SQLite, _: Any) -> None:
    # The driver begins no transaction behind our back, and so none in the wrong mode: `_begin_sqlite` does.
    connection.isolation_level = None
    connection.create_function("casefold", 1, _casefold, deterministic=True)
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL", f"busy_timeout = {PATIENCE_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # Writers wait for each other from the start: two that began as readers could only fail.
    begin = connection.get_execution_options().get("begin", "BEGIN")
    connection.connection.cursor().execute(begin)


def _casefold(text: str | None) -> str | None:
    return None if text is None else text.casefold()
