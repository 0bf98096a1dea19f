"""A connection to PostgreSQL that is looked at the state of the data by."""

import asyncio
import datetime as dt
import math
import time
from contextlib import suppress

import psycopg
from psycopg.pq.abc import PGcancel

from db.dataset import State
from db.server import STATE, Server

# How long PostgreSQL may take to answer, and how long it is asked in the usual way after it did not; in seconds.
PATIENCE = 1.0
PAUSE = 5.0
LOOK = STATE.encode()
# The name of the look where it is prepared, and the process of the server, whose statements are prepared.
NAME = b"look"
PROCESS = "SELECT pg_backend_pid()"
# The values come in binary: so they have one form, whatever the settings of the connection are.
BINARY = psycopg.pq.Format.BINARY
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
ERRORS = (psycopg.Error, OSError, NotImplementedError)


class Line:
    """A connection to PostgreSQL for looks alone, by the calls of libpq.

    With a cursor of psycopg, a look takes longer than all else that a cached answer needs.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.connection: psycopg.AsyncConnection | None = None
        self.socket = -1
        self.is_prepared = False
        self.connecting: asyncio.Task[None] | None = None
        # Who waits for the look under way, when that began, and who waits for the next.
        self.present: list[asyncio.Future[State | None]] = []
        self.began = -math.inf
        self.next: list[asyncio.Future[State | None]] = []
        self.timer: asyncio.TimerHandle | None = None
        # The row that is being received, the last one, and the state that it says.
        self.received: tuple[bytes, bytes] | None = None
        self.row: tuple[bytes, bytes] | None = None
        self.seen: State | None = None
        self.silent_until = -math.inf

    async def state(self, arrived: float | None) -> State | None:
        """Raises one of ERRORS where the server does not answer in time."""
        if time.monotonic() < self.silent_until:
            raise psycopg.OperationalError("The server did not answer a moment ago.")
        future: asyncio.Future[State | None] = asyncio.get_running_loop().create_future()
        if self.present and arrived is not None and arrived < self.began:
            self.present.append(future)
        else:
            self.next.append(future)
            if not self.present:
                self._begin()
        return await future

    async def close(self) -> None:
        if self.connecting:
            self.connecting.cancel()
            await asyncio.wait([self.connecting])
        self._fail(psycopg.OperationalError("The service stops."))

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if self.connection is None:
            if self.connecting is None:
                self.connecting = loop.create_task(self._connect())
            return
        self.present, self.next, self.began, self.received = self.next, [], time.monotonic(), None
        self.timer = loop.call_later(PATIENCE, self._give_up)
        try:
            pgconn = self.connection.pgconn
            if self.is_prepared:
                pgconn.send_query_prepared(NAME, None, result_format=BINARY)
            else:
                pgconn.send_query_params(LOOK, None, result_format=BINARY)
            pgconn.flush()
        except psycopg.Error as error:
            self._fail(error)

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            connection = await self.server.connect()
            try:
                await self._prepare(connection)
            except BaseException:
                connection.pgconn.finish()
                raise
            self.connection = connection
            # libpq forgets it when the server hangs up.
            self.socket = connection.pgconn.socket
            loop.add_reader(self.socket, self._receive)
        except ERRORS as error:
            self._pause(error)
        else:
            if self.next:
                self._begin()
        finally:
            self.connecting = None

    async def _prepare(self, connection: psycopg.AsyncConnection) -> None:
        """Prepares the look, unless a pooler may give each transaction another process."""
        row = await (await connection.execute(PROCESS)).fetchone()
        self.is_prepared = row is not None and row[0] == connection.pgconn.backend_pid
        if self.is_prepared:
            await connection.execute(b"PREPARE %s AS %s" % (NAME, LOOK))

    def _receive(self) -> None:
        """Called when the server has sent something, or has hung up."""
        assert self.connection
        pgconn = self.connection.pgconn
        try:
            pgconn.consume_input()
            while self.present and not pgconn.is_busy():
                result = pgconn.get_result()
                if result is None:
                    self._answer()
                elif result.status != psycopg.pq.ExecStatus.TUPLES_OK:
                    raise psycopg.OperationalError(result.get_error_message())
                elif result.ntuples:
                    self.received = result.get_value(0, 0) or b"", result.get_value(0, 1) or b""
        except psycopg.Error as error:
            self._fail(error)

    def _answer(self) -> None:
        if self.received != self.row:
            self.row = self.received
            self.seen = _state(*self.row) if self.row else None
        assert self.timer
        self.timer.cancel()
        futures, self.present = self.present, []
        for future in futures:
            if not future.done():
                future.set_result(self.seen)
        if self.next:
            self._begin()

    def _give_up(self) -> None:
        assert self.connection
        # The server would go on with the statement. To tell it may take long, too.
        asyncio.get_running_loop().run_in_executor(None, _cancel, self.connection.pgconn.get_cancel())
        self._pause(psycopg.OperationalError("The server did not answer in time."))

    def _pause(self, error: Exception) -> None:
        self.silent_until = time.monotonic() + PAUSE
        self._fail(error)

    def _fail(self, error: Exception) -> None:
        """Hangs up, and raises the error to all who wait."""
        if self.timer:
            self.timer.cancel()
        if self.connection:
            asyncio.get_running_loop().remove_reader(self.socket)
            self.connection.pgconn.finish()
            self.connection = None
        futures = [*self.present, *self.next]
        self.present, self.next = [], []
        for future in futures:
            if not future.done():
                future.set_exception(error)


def _state(revision: bytes, instant: bytes) -> State:
    microseconds = int.from_bytes(instant, "big", signed=True)
    return int.from_bytes(revision, "big"), EPOCH + dt.timedelta(microseconds=microseconds)


def _cancel(cancel: PGcancel) -> None:
    with suppress(psycopg.Error):
        cancel.cancel()
