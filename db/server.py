"""A server of PostgreSQL, and how it is asked. Imported where there is one: the driver takes memory and time."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import orjson
import psycopg
import sqlalchemy as sa
from anyio.to_thread import run_sync

from db import exchange
from db.calls import Call, Result
from db.pipeline import Pipeline, Stale, Start
from db.postgresql import OVERFLOW, PAST, READ_MS, SETTING, STYLE, begin

# The first value fails for a role without the right to the schema. A search path leaves such a schema out without a
# word, and the tables of today would answer for the past.
TO_PAST = (
    f"SELECT '{PAST}.dataset'::regclass,"
    f" set_config('search_path', '{PAST}, ' || current_setting('search_path'), true),"
    f" set_config('{SETTING}', $1, true)"
)
STATE = "SELECT revision, updated_at FROM dataset"
# Fixed, whatever the address says: the names of prepared statements collide behind a pooler, which only a pipeline
# looks for, only UTF-8 holds all text, and we begin transactions ourselves.
ALWAYS = {"prepare_threshold": None, "client_encoding": "utf8", "autocommit": True}
# Unless the address says otherwise. A silent server is given up after these seconds and milliseconds.
DEFAULTS = {"connect_timeout": 5, "tcp_user_timeout": 10_000}


class Absent(Exception):
    """A connection would have to be made."""


class Server:
    """A server, and the engine that connects to it."""

    def __init__(self, url: str, connections: int, seconds: float | None, **options: Any) -> None:
        """`seconds` limits each statement of a reader; None for no limit."""
        parsed = sa.make_url(url)
        # As the address has it, for the programs of PostgreSQL.
        self.address = dict(parsed.get_dialect()().create_connect_args(parsed)[1])
        # For the driver, which can also open a connection without the engine.
        self.arguments = {**DEFAULTS, **self.address, **ALWAYS}
        # A table that somebody locks against readers must not make all connections wait for it.
        limits: dict[str, str | int] = {}
        if seconds is not None:
            limits = {"statement_timeout": int(seconds * 1000), "lock_timeout": READ_MS}
        # One state for all statements of a question, with which its revision is read.
        self.read = begin("BEGIN ISOLATION LEVEL REPEATABLE READ", **limits)
        self.start = Start(STYLE | limits)
        self.engine = sa.create_engine(
            url,
            connect_args=self.arguments,
            pool_size=connections,
            max_overflow=OVERFLOW,
            pool_timeout=5,
            json_deserializer=orjson.loads,
            **options,
        )
        # How a transaction asks whose connection has it among its options.
        self.exchange = exchange.rows
        # Connections that an event loop keeps: to take one from the pool and give it back takes as long as a question.
        self.idle: list[sa.PoolProxiedConnection] = []
        # Whether connections are made for this thread, and tested: an event loop may not wait for the server.
        self.thread = threading.local()
        sa.event.listen(self.engine, "do_connect", self._connect)
        sa.event.listen(self.engine, "checkout", self._test)
        sa.event.listen(self.engine, "begin", self._start)

    async def connect(self) -> psycopg.AsyncConnection:
        """A connection beside those of the engine."""
        return await psycopg.AsyncConnection.connect(**self.arguments)

    async def ask(
        self, questions: Sequence[Call], revision: int | None, *, off_loop: bool = False
    ) -> tuple[int, list[Result]]:
        """The present revision, and the results of the questions in one transaction, about the present or a revision.

        No connection is tried before it is used: where one has ended, the same is asked again. `off_loop` says that
        this thread may wait for a connection.
        """
        past = None if revision is None else (TO_PAST.encode(), str(revision))
        is_last = False
        while True:
            connection = await self._connection(off_loop)
            try:
                answer = await Pipeline(self.engine, connection).ask(self.start, past, questions)
            except psycopg.Error:
                self._put_back(connection, off_loop)
                raise
            except Stale as stale:
                connection.invalidate()
                # What has ended this connection, such as a restart of the server, has ended the others.
                self.close()
                if is_last:
                    raise stale.error from stale
                is_last = True
            except BaseException:
                connection.invalidate()
                raise
            else:
                self._put_back(connection, off_loop)
                return answer

    def spare(self) -> None:
        """Gives a connection that an event loop keeps back to the pool, for a thread that takes one from there."""
        if self.idle:
            with suppress(IndexError):
                self.idle.pop().close()

    def close(self) -> None:
        """Closes all connections that are not in use."""
        while self.idle:
            self.spare()
        self.engine.dispose()

    def _put_back(self, connection: sa.PoolProxiedConnection, off_loop: bool) -> None:
        if off_loop:
            connection.close()
        else:
            self.idle.append(connection)

    async def _connection(self, off_loop: bool) -> sa.PoolProxiedConnection:
        if self.idle and not off_loop:
            with suppress(IndexError):
                return self.idle.pop()
        pool = self.engine.pool
        assert isinstance(pool, sa.QueuePool)
        if off_loop or pool.checkedin():
            self.thread.tests, self.thread.connects = False, off_loop
            try:
                return self.engine.raw_connection()
            except Absent:
                pass
            finally:
                del self.thread.tests, self.thread.connects
        return await run_sync(self.engine.raw_connection)

    def _connect(self, *_: object) -> None:
        if not getattr(self.thread, "connects", True):
            raise Absent

    def _test(self, connection: Any, *_: object) -> None:
        # The server may have been restarted since the connection was used last.
        if getattr(self.thread, "tests", True):
            try:
                self.engine.dialect.do_ping(connection)
            except psycopg.Error as error:
                raise sa.exc.InvalidatePoolError from error

    def _start(self, connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        statements = [options.get("begin", self.read)]
        if (revision := options.get("revision")) is not None:
            statements.append(TO_PAST.replace("$1", f"'{int(revision)}'"))
        is_pinned, exchanges = options.get("pin", False), "exchange" in options
        statements += [STATE] * is_pinned + [exchange.PROCESS] * exchanges
        cursor = connection.connection.cursor()
        cursor.execute("; ".join(statements))
        if is_pinned or exchanges:
            while cursor.nextset():
                pass
            row = cursor.fetchone() or (0, None)
            if is_pinned:
                connection.info["state"] = row
            else:
                exchange.note_process(connection, row[0])
