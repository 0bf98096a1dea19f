"""When tokens were used last, written rarely: a request that shows one waits for nothing."""

import asyncio
import datetime as dt

import structlog
from anyio.to_thread import run_sync

from db import failures, tokens
from db.database import Database

log = structlog.get_logger()
# How often what was noted is written, in seconds, and how old what is stored of a token may be before that.
PAUSE = 60.0
PRECISION = dt.timedelta(hours=1)


class TokenUses:
    """Those of one process. Made on its event loop."""

    def __init__(self, database: Database) -> None:
        self.database = database
        # By the number of the token: the last use, and the last that was written.
        self.latest: dict[int, dt.datetime] = {}
        self.stored: dict[int, dt.datetime] = {}
        self.writer = asyncio.create_task(self._keep_writing())

    def note(self, number: int, instant: dt.datetime) -> None:
        stored = self.stored.get(number)
        if stored is None or instant - stored >= PRECISION:
            self.latest[number] = instant

    async def close(self) -> None:
        """Writes what was noted since the last time."""
        self.writer.cancel()
        await asyncio.gather(self.writer, return_exceptions=True)
        await self._write()

    async def _keep_writing(self) -> None:
        while True:
            await asyncio.sleep(PAUSE)
            await self._write()

    async def _write(self) -> None:
        uses, self.latest = self.latest, {}
        if not uses:
            return
        self.stored |= uses
        try:
            await run_sync(self._store, uses, limiter=self.database.writers)
        except failures.errors() as error:
            # An hour later there is a newer one.
            log.info("token_uses_not_written", reason=failures.describe(error))

    def _store(self, uses: dict[int, dt.datetime]) -> None:
        with self.database.writing, self.database.transaction() as session:
            for number, instant in uses.items():
                tokens.note_use(session, number, instant)
