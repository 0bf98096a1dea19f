"""Tells whoever waits that the log has grown, whichever process wrote to it."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence

import psycopg
import structlog
from sqlmodel import Session

from db import changes, dataset, failures
from db.changes import ChangeWithNodes, Node
from db.database import Database
from db.writing.ledger import CHANNEL

log = structlog.get_logger()
# How often the file of SQLite is looked at, in seconds: a look takes some ten microseconds.
INTERVAL = 0.05
# A server that was restarted tells nobody; so now and then the log is looked at anyway.
PATIENCE = 5.0
PAGE = 100
# How many changes are held in memory, so that a thousand who wait for the next one do not read it a thousand times.
BUFFER_SIZE = 1_000


class LiveLog:
    """The log as it grows. It begins to watch with the first who asks, and ends with `close`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.held: OrderedDict[int, ChangeWithNodes] = OrderedDict()
        # What belongs to the themes and funds that are followed, and at which revision it did.
        self.wholes: dict[Node, tuple[int, frozenset[Node]]] = {}
        self.latest = 0
        # Up to where the log was still the same, each time that it was found to be another one.
        self.turns: list[int] = []
        self.grown = asyncio.Event()
        self.closed = False
        self.turn = asyncio.Lock()
        self.watcher: asyncio.Task[None] | None = None

    async def revision(self) -> int:
        """The revision at this moment; whoever asks for the changes behind it misses none."""
        return await self.database.read(_revision)

    async def changes(self, after: int) -> AsyncIterator[ChangeWithNodes]:
        """Every change behind a revision, once and in order, and from then on each new one."""
        if self.watcher is None:
            self.watcher = asyncio.create_task(self._watch())
        seen = len(self.turns)
        while not self.closed:
            # What was recorded instead is new to whoever follows, though its number is not.
            after, seen = min([after, *self.turns[seen:]]), len(self.turns)
            # Taken before the look, so that what comes in between is not missed.
            grown = self.grown
            while found := await self._behind(after):
                for change in found:
                    # To tell of a change takes a millisecond in which nobody else is served. So those who are told take
                    # turns, and whoever asks for something else is answered in between.
                    async with self.turn:
                        await asyncio.sleep(0)
                    if self.closed:
                        return
                    yield change
                    after = change.row.revision
            await grown.wait()

    async def affects(self, change: ChangeWithNodes, node: Node) -> bool:
        """Whether a change is one that `changes.affecting` finds, for whoever follows this."""
        if node in change.nodes or node[0] not in changes.CONTAINERS:
            return node in change.nodes
        now = max(self.latest, change.row.revision)
        known, meant = self.wholes.get(node, (0, frozenset()))
        if known < now:
            meant = await self.database.read(changes.with_contents, *node)
            # One that does not exist is not kept, or anybody could fill the memory with such names.
            if len(meant) > 1:
                self.wholes[node] = now, meant
        return not meant.isdisjoint(change.nodes)

    async def close(self) -> None:
        """Ends every subscription, and the watch."""
        self.closed = True
        self.grown.set()
        if self.watcher is not None:
            self.watcher.cancel()
            await asyncio.gather(self.watcher, return_exceptions=True)

    async def _behind(self, revision: int) -> list[ChangeWithNodes]:
        if revision >= self.latest > 0:
            return []
        if revision + 1 in self.held:
            # Revisions have no gaps: what is held is held up to the latest.
            return [self.held[number] for number in range(revision + 1, min(self.latest, revision + PAGE) + 1)]
        return await self.database.read(changes.after, revision, PAGE)

    async def _watch(self) -> None:
        while True:
            try:
                async for _ in _polled(self.database) if self.database.is_sqlite else _notified(self.database):
                    await self._catch_up()
            except failures.ERRORS as error:
                log.warning("feed_interrupted", reason=failures.describe(error))
                await asyncio.sleep(1)

    async def _catch_up(self) -> None:
        if not self.latest:
            self.latest = await self.revision()
        # The latest one is read again, which tells whether the log still goes on from there.
        while not self._continued(found := await self.database.read(changes.after, self.latest - 1, BUFFER_SIZE)):
            await self._turn()
        while found:
            self.held.update((change.row.revision, change) for change in found)
            while len(self.held) > BUFFER_SIZE:
                self.held.popitem(last=False)
            self.latest = found[-1].row.revision
            found = await self.database.read(changes.after, self.latest, BUFFER_SIZE)
        grown, self.grown = self.grown, asyncio.Event()
        grown.set()

    def _continued(self, found: Sequence[ChangeWithNodes]) -> bool:
        """Whether these changes, from the latest that is known on, are of the same log."""
        last = self.held.get(self.latest)
        return last is None or bool(found and _same(found[0], last))

    async def _turn(self) -> None:
        """Forgets what is no longer in the log: a backup was put back, or a standby does not have the last commits."""
        first = next(iter(self.held))
        now = {one.row.revision: one for one in await self.database.read(changes.after, first - 1, BUFFER_SIZE)}
        while self.held and not _same(now.get(next(reversed(self.held))), self.held[next(reversed(self.held))]):
            self.held.popitem()
        self.latest = next(reversed(self.held), 0) or await self.revision()
        self.wholes.clear()
        self.turns.append(self.latest)
        log.warning("log_replaced", revision=self.latest)


def _same(one: ChangeWithNodes | None, other: ChangeWithNodes) -> bool:
    return one is not None and (one.row.revision, one.row.recorded_at) == (other.row.revision, other.row.recorded_at)


def _revision(session: Session) -> int:
    return dataset.revision(session) or 0


async def _polled(database: Database) -> AsyncIterator[None]:
    """At once, and whenever another connection, of this process or another, has written to the file."""
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        seen = None
        while True:
            database.file.check()
            cursor.execute("PRAGMA data_version")
            version = cursor.fetchone()
            if version != seen:
                seen = version
                yield
            await asyncio.sleep(INTERVAL)
    finally:
        connection.close()


async def _notified(database: Database) -> AsyncIterator[None]:
    """At once, whenever a writer gives notice, and now and then without one."""
    connection = await psycopg.AsyncConnection.connect(**database.server.arguments)
    async with connection:
        await connection.execute(f"LISTEN {CHANNEL}".encode())
        while True:
            yield
            async for _ in connection.notifies(timeout=PATIENCE, stop_after=1):
                pass
