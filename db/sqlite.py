"""SQLite as it is used here: we begin its transactions, its statements end in time, and its file stays the same one."""

import math
import os
import sqlite3
import time
from typing import Any

import sqlalchemy as sa

from db.failures import FileReplaced

# How long one waits for the others who write: for a request, and to migrate or load, as others may that started at the
# same moment.
BUSY_MS = 10_000
START_MS = 60_000
# How many steps of its machine SQLite takes between two looks at the clock: about a tenth of a millisecond.
STEPS = 10_000
WRITE = "BEGIN IMMEDIATE"


class Connection(sqlite3.Connection):
    # By when the statement under way has to end.
    until = math.inf

    def is_late(self) -> bool:
        return time.monotonic() > self.until


class File:
    """The file behind an engine."""

    def __init__(self, path: str, seconds: float | None) -> None:
        """`seconds` is how long a question may take that reads; None for as long as it takes."""
        self.path = path
        self.seconds = seconds
        self.known: tuple[int, int] | None = None

    def engine(self, url: str, **options: Any) -> sa.Engine:
        made = sa.create_engine(url, connect_args={"factory": Connection}, **options)
        sa.event.listen(made, "connect", self._prepare)
        sa.event.listen(made, "begin", self._begin)
        sa.event.listen(made, "commit", self._commit)
        return made

    def check(self) -> None:
        """Raises `FileReplaced` unless the path still leads to the file that was opened."""
        try:
            found = os.stat(self.path)
        except OSError:
            found = None
        identity = (found.st_dev, found.st_ino) if found else None
        if self.known is None:
            self.known = identity
        elif identity != self.known:
            raise FileReplaced(
                f"{self.path} was deleted or replaced since it was opened:"
                " stop the service, put the right file in its place, and start it again"
            )

    def _prepare(self, connection: Connection, _: Any) -> None:
        # The driver begins no transaction behind our back, and so none in the wrong mode: `_begin` does.
        connection.isolation_level = None
        connection.set_progress_handler(connection.is_late, STEPS)
        patience = START_MS if self.seconds is None else BUSY_MS
        for pragma in (f"busy_timeout = {patience}", "journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}")
        self.check()

    def _begin(self, connection: sa.Connection) -> None:
        self.check()
        # Writers wait for each other from the start: two that began as readers could only fail.
        options = connection.get_execution_options()
        cursor = connection.connection.cursor()
        # The time of an earlier statement is over, but nobody waits for that one any more.
        cursor.connection.until = math.inf
        cursor.execute(options.get("begin", "BEGIN"))
        if self.seconds is not None and options.get("bound", True):
            # For all statements of a question: to set it before each takes as long as a small one.
            cursor.connection.until = time.monotonic() + self.seconds

    def _commit(self, _: sa.Connection) -> None:
        self.check()
