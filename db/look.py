"""The state of the data, looked at once for all who had come before the look began.

A look that began before somebody came could miss a change that this one has seen acknowledged, so it is not shared.
"""

import math
import time

from db import failures
from db.database import Database
from db.dataset import State


class Look:
    """The looks at one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.line = None
        if not database.is_sqlite:
            # Where there is a file, the driver of PostgreSQL need not be imported.
            from db.line import Line  # noqa: PLC0415

            self.line = Line(database.server)
        # When the last look at SQLite began, on the monotonic clock, and what it saw.
        self.began = -math.inf
        self.seen: State | None = None

    async def state(self, arrived: float | None = None) -> State | None:
        """The revision and the instant of its making, as they were at some time after `arrived`; now if left out."""
        if self.line:
            try:
                return await self.line.state(arrived)
            except failures.driver_errors(OSError, NotImplementedError):
                # Its answer, or its error, is that of any reader.
                return await self.database.state()
        if arrived is None or arrived >= self.began:
            began = time.monotonic()
            self.seen = await self.database.state()
            self.began = began
        return self.seen

    async def close(self) -> None:
        if self.line:
            await self.line.close()
