"""SQLite as it is used here: we begin its transactions, its statements end in time, and its file stays the same one."""

import math
import os
import sqlite3
import time
from typing import Any

import sqlalchemy as sa

from db import past
from db.failures import FileReplaced

# How long a writer waits for the others: for a request, and to migrate or load, which several may begin at once.
BUSY_MS = 10_000
START_MS = 60_000
# How many steps of its machine SQLite takes between two looks at the clock: about a tenth of a millisecond.
STEPS = 10_000
WRITE = "BEGIN IMMEDIATE"


class Connection(sqlite3.Connection):
    # By when the running statement has to end, on the monotonic clock.
    deadline = math.inf
    # The revision that the views of the past show, where the connection has them.
    revision: int | None = None

    def is_late(self) -> bool:
        return time.monotonic() > self.deadline


class File:
    """A file, and the engine that opens it."""

    def __init__(self, url: str, seconds: float | None, **options: Any) -> None:
        """`seconds` limits a question that reads; None for no limit."""
        self.path = sa.make_url(url).database or ""
        self.seconds = seconds
        self.identity: tuple[int, int] | None = None
        self.engine = self._create_engine(url, **options)
        # Its connections see the past: views with the names of the tables.
        self.past = self._create_engine(url, **options)
        sa.event.listen(self.past, "connect", self._create_views)

    def _create_engine(self, url: str, **options: Any) -> sa.Engine:
        engine = sa.create_engine(url, connect_args={"factory": Connection}, **options)
        sa.event.listen(engine, "connect", self._prepare)
        sa.event.listen(engine, "begin", self._begin)
        sa.event.listen(engine, "commit", lambda _: self.check())
        return engine

    def check(self) -> None:
        """Raises `FileReplaced` unless the path still leads to the file that was opened."""
        try:
            stat = os.stat(self.path)
        except OSError:
            stat = None
        identity = (stat.st_dev, stat.st_ino) if stat else None
        if self.identity is None:
            self.identity = identity
        elif identity != self.identity:
            raise FileReplaced(
                f"{self.path} was deleted or replaced since it was opened:"
                " stop the service, put the right file in its place, and start it again"
            )

    def _prepare(self, connection: Connection, _: object) -> None:
        # The driver begins no transaction by itself, and so none in the wrong mode: `_begin` does.
        connection.isolation_level = None
        connection.set_progress_handler(connection.is_late, STEPS)
        timeout = START_MS if self.seconds is None else BUSY_MS
        for pragma in (f"busy_timeout = {timeout}", "journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}")
        self.check()

    def _create_views(self, connection: Connection, _: object) -> None:
        connection.executescript(past.SQLITE)

    def _begin(self, connection: sa.Connection) -> None:
        self.check()
        options = connection.get_execution_options()
        cursor = connection.connection.cursor()
        # The deadline of an earlier statement may be over.
        cursor.connection.deadline = math.inf
        if (revision := options.get("revision")) is not None and revision != cursor.connection.revision:
            cursor.execute("UPDATE temp.moment SET revision = ?", (revision,))
            cursor.connection.revision = revision
        # Writers wait for each other from the start: two that began as readers could only fail.
        cursor.execute(options.get("begin", "BEGIN"))
        if self.seconds is not None and options.get("bound", True):
            # For all statements of a question: to set a deadline for each takes as long as a small statement.
            cursor.connection.deadline = time.monotonic() + self.seconds
