"""Several questions in one round trip to PostgreSQL, on the event loop, in libpq's pipeline mode.

It speaks to libpq by `psycopg.pq`: the cursors of psycopg's own pipelines take more than twice the processor time.
"""

import asyncio
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import abc, pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result

from db import observers
from db.calls import Call, Result
from db.statements import RawRow

BEGIN, COMMIT = b"BEGIN ISOLATION LEVEL REPEATABLE READ", b"COMMIT"
LOOK = b"SELECT (SELECT revision FROM dataset), pg_backend_pid()"
FORGET = b"DEALLOCATE ALL"
# How many statements a connection keeps prepared: all of our own, and some of those that a query makes.
MOST_PREPARED = 200
# Of a prepared statement that is gone, or whose tables have changed.
OUTDATED = ("26000", "0A000")
PLACE = re.compile(r"%\((.+?)\)s|%%")


class Stale(Exception):
    """The connection has ended, or what it has prepared is outdated: on a new one the same may be answered."""

    def __init__(self, error: psycopg.Error) -> None:
        super().__init__(str(error))
        self.error = error


class Start:
    """How a transaction of readers starts, with these settings."""

    def __init__(self, settings: Mapping[str, object]) -> None:
        # Alone, and for all transactions of a connection. Without BEGIN, those of a pipeline up to a synchronisation
        # are one transaction, too.
        self.alone = b", ".join((LOOK, *_set(settings, is_local=True)))
        isolation = {"default_transaction_isolation": "repeatable read"}
        self.of_connection = b"SELECT " + b", ".join(_set({**settings, **isolation}, is_local=False))


def _set(settings: Mapping[str, object], *, is_local: bool) -> list[bytes]:
    return [f"set_config('{name}', '{value}', {str(is_local).lower()})".encode() for name, value in settings.items()]


@dataclass(slots=True)
class Prepared:
    """What a connection has prepared: the name of each statement, by its text, the types of its parameters, and
    whether it reads the past."""

    # Whether all transactions meet one process of the server, and not each the one that a pooler chooses.
    is_direct: bool = False
    # Whether it has the settings of readers, which are those of one process.
    is_set: bool = False
    names: dict[object, bytes] = field(default_factory=dict)
    # Not that of the connection, which has its own style of dates again by the time that rows are read.
    transformer: abc.Transformer | None = None
    numbers: Iterator[int] = field(default_factory=itertools.count)


@lru_cache(maxsize=1024)
def numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """A statement as PostgreSQL takes it, with numbers for its parameters, and their names in that order."""
    numbers: dict[str, int] = {}

    def place(match: re.Match[str]) -> str:
        name = match[1]
        return "%" if name is None else f"${numbers.setdefault(name, len(numbers) + 1)}"

    text = PLACE.sub(place, sql).encode()
    return text, tuple(numbers)


class Pipeline:
    """One use of a connection, in one transaction."""

    def __init__(self, engine: sa.Engine, connection: Any) -> None:
        """`connection` comes from the pool of the engine."""
        self.engine = engine
        self.pgconn: pq.abc.PGconn = connection.driver_connection.pgconn
        self.prepared: Prepared = connection.info.setdefault("prepared", Prepared())
        if self.prepared.transformer is None:
            self.prepared.transformer = Transformer(connection.driver_connection.adapters)
        self.transformer = self.prepared.transformer
        # For each result that is due, the key of the statement that it prepares, if it does.
        self.due: list[object] = []
        self.reads_past = False

    async def ask(
        self, start: Start, past: tuple[bytes, str] | None, questions: Sequence[Call]
    ) -> tuple[int, list[Result]]:
        """The present revision, and the result of each question.

        `past` leads to the record as it was: a statement with the revision as its parameter. Raises the error of what
        begins the transaction; after any other the connection is not to be used again, and after `Stale` another one
        is to be tried.
        """
        prepared = self.prepared
        self.pgconn.enter_pipeline_mode()
        synchronisations = 1
        if prepared.is_direct and not prepared.is_set:
            self._send(start.of_connection)
            self.pgconn.pipeline_sync()
            synchronisations += 1
        if not prepared.is_direct:
            self._send(BEGIN)
        first = self._send(LOOK if prepared.is_direct else start.alone)
        if past:
            self._send(past[0], [past[1]])
            self.reads_past = True
        begun = len(self.due)
        sent = [self._send_question(each) for each in questions]
        self.pgconn.pipeline_sync()
        # After the synchronisation, because an error keeps all before it from being run.
        is_full = len(prepared.names) > MOST_PREPARED
        if last := [*([] if prepared.is_direct else [COMMIT]), *([FORGET] if is_full else [])]:
            for each in last:
                self.pgconn.send_query_params(each, None)
                self.due.append(None)
            self.pgconn.pipeline_sync()
            synchronisations += 1
        results = await self._receive(synchronisations)
        if is_full:
            prepared.names.clear()
        self.pgconn.exit_pipeline_mode()
        if error := self._error(results[:begun]):
            raise error
        prepared.is_set = prepared.is_direct
        [(current, process, *_)] = self._rows(results[first])
        prepared.is_direct = process == self.pgconn.backend_pid
        if prepared.is_set and not prepared.is_direct:
            raise Stale(psycopg.OperationalError("A pooler gave the transaction a process with other settings."))
        return current or 0, [self._result(each, results) for each in sent]

    def _send_question(self, question: Call) -> "Sent":
        sql, names = numbered(question.text.sql)
        arguments = question.text.arguments(question.params)
        context = observers.begin(self.engine, question.text.sql, arguments)
        start = len(self.due)
        try:
            self._send(sql, [arguments[name] for name in names])
        except psycopg.Error as error:
            # A value that the driver cannot write.
            return Sent(question, arguments, context, slice(start, start), error)
        return Sent(question, arguments, context, slice(start, len(self.due)))

    def _send(self, sql: bytes, values: Sequence[object] = ()) -> int:
        """Sends a statement, and returns the place of its result."""
        written = self.transformer.dump_sequence(values, [PyFormat.AUTO] * len(values))
        types, formats = self.transformer.types or (), self.transformer.formats
        if self.prepared.is_direct:
            self.pgconn.send_query_prepared(self._prepare(sql, types), written, formats)
        else:
            self.pgconn.send_query_params(sql, written, types, formats)
        self.due.append(None)
        return len(self.due) - 1

    def _prepare(self, sql: bytes, types: tuple[int, ...]) -> bytes:
        """The name of a statement that is prepared."""
        key = sql, types, self.reads_past
        name = self.prepared.names.get(key)
        if name is None:
            name = self.prepared.names[key] = b"sixtyone_%d" % next(self.prepared.numbers)
            self.pgconn.send_prepare(name, sql, types)
            self.due.append(key)
        return name

    async def _receive(self, synchronisations: int) -> list[pq.abc.PGresult]:
        """The results of all that was sent."""
        try:
            while self.pgconn.flush():
                await _ready(self.pgconn.socket, writes=True)
                self.pgconn.consume_input()
            results: list[pq.abc.PGresult] = []
            while synchronisations:
                while self.pgconn.is_busy():
                    await _ready(self.pgconn.socket)
                    self.pgconn.consume_input()
                result = self.pgconn.get_result()
                if self.pgconn.status == pq.ConnStatus.BAD:
                    raise psycopg.OperationalError(self.pgconn.get_error_message())
                if result is None:
                    # The results of a statement have ended.
                    continue
                if result.status == pq.ExecStatus.PIPELINE_SYNC:
                    synchronisations -= 1
                else:
                    results.append(result)
        except psycopg.OperationalError as error:
            raise Stale(error) from error
        for key, result in zip(self.due, results, strict=True):
            if key is not None and result.status != pq.ExecStatus.COMMAND_OK:
                del self.prepared.names[key]
        return results

    def _result(self, sent: "Sent", results: list[pq.abc.PGresult]) -> Result:
        sql, own = sent.question.text.sql, results[sent.results]
        if error := sent.error or self._error(own):
            observers.fail(self.engine, error, sent.context)
            return error
        observers.end(self.engine, sql, sent.arguments, sent.context)
        return None if own[-1].status == pq.ExecStatus.PIPELINE_ABORTED else self._rows(own[-1])

    def _error(self, results: list[pq.abc.PGresult]) -> psycopg.Error | None:
        for result in results:
            if result.status == pq.ExecStatus.FATAL_ERROR:
                error = error_from_result(result)
                if error.sqlstate in OUTDATED and self.prepared.is_direct:
                    raise Stale(error)
                return error
        return None

    def _rows(self, result: pq.abc.PGresult) -> list[RawRow]:
        self.transformer.set_pgresult(result)
        rows: list[RawRow] = self.transformer.load_rows(0, result.ntuples, tuple)
        return rows


@dataclass(slots=True)
class Sent:
    """A question that was sent, and the places of its results."""

    question: Call
    arguments: Any
    context: Any
    results: slice
    error: psycopg.Error | None = None


async def _ready(socket: int, *, writes: bool = False) -> None:
    """Waits until there is something to read, or room to write."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[None] = loop.create_future()

    def wake() -> None:
        if not future.done():
            future.set_result(None)

    loop.add_reader(socket, wake)
    if writes:
        loop.add_writer(socket, wake)
    try:
        await future
    finally:
        loop.remove_reader(socket)
        if writes:
            loop.remove_writer(socket)
