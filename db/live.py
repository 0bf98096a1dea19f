"""The log as it grows, whichever process writes to it.

It is in db because it speaks SQLite and PostgreSQL, and async because many who follow the log share one watcher on the
event loop.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import closing

import structlog

from db import changes, failures
from db.changes import ChangeWithNodes, Node
from db.database import Database
from db.delivery import Delivery
from db.writing.ledger import CHANNEL

log = structlog.get_logger()
# Seconds between two looks at the file of SQLite, of some ten microseconds each, or two reads of PostgreSQL's log.
INTERVAL = 0.05
# A server that was restarted has lost notifications, so the log is read at least as often as this, in seconds.
READ_INTERVAL = 5.0
PAGE = 100
# How many changes stay in memory, so that a thousand who wait for the next one do not read it a thousand times.
BUFFER_SIZE = 1_000


class LiveLog:
    """Watches the log from the first call of `changes` until `close`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        # The last changes, by revision.
        self.buffer: OrderedDict[int, ChangeWithNodes] = OrderedDict()
        # What the themes and funds that are followed contain, and at which revision.
        self.contents: dict[Node, tuple[int, frozenset[Node]]] = {}
        self.latest = 0
        # The last revision that was still the same, for each time that the log was replaced by another one.
        self.rewinds: list[int] = []
        self.closed = False
        # How many iterate over `changes`.
        self.followers = 0
        self.delivery = Delivery(lambda: database.writers.borrowed_tokens > 0 or database.readers.borrowed_tokens > 0)
        self.watcher: asyncio.Task[None] | None = None

    async def revision(self) -> int:
        """The current revision: `changes` after it misses none."""
        state = await self.database.state()
        return state[0] if state else 0

    async def changes(self, after: int) -> AsyncIterator[Sequence[ChangeWithNodes]]:
        """Every change after a revision, once and in order, and from then on each new one: as many as there are at a
        time. It ends with `close`."""
        if self.watcher is None:
            self.watcher = asyncio.create_task(self._watch())
        self.followers += 1
        rewinds = len(self.rewinds)
        try:
            while not self.closed:
                # Changes of another log are new, though their numbers are not.
                after, rewinds = min([after, *self.rewinds[rewinds:]]), len(self.rewinds)
                # Taken before the read, so that a change in between is not missed.
                known = self.delivery.announced
                if page := await self._page(after):
                    after = page[-1].row.revision
                    # Who is told asks for more, and finds it wherever that is answered.
                    self.database.note(after)
                    yield page
                if page and after < self.latest:
                    await self.delivery.turn()
                else:
                    await self.delivery.news(known)
        finally:
            self.followers -= 1

    async def affects(self, change: ChangeWithNodes, node: Node) -> bool:
        """Whether `changes.affecting` finds the change for this node."""
        if node in change.nodes or node[0] not in changes.CONTAINERS:
            return node in change.nodes
        latest = max(self.latest, change.row.revision)
        revision, contents = self.contents.get(node, (0, frozenset()))
        if revision < latest:
            contents = await self.database.read(changes.with_contents, *node)
            # Not for nodes that do not exist: a client could fill the memory with their names.
            if len(contents) > 1:
                self.contents[node] = latest, contents
        return not contents.isdisjoint(change.nodes)

    async def close(self) -> None:
        """Ends the watch and every iteration over `changes`."""
        self.closed = True
        self.delivery.release()
        if self.watcher is not None:
            self.watcher.cancel()
            await asyncio.gather(self.watcher, return_exceptions=True)

    async def _page(self, revision: int) -> list[ChangeWithNodes]:
        if revision >= self.latest > 0:
            return []
        if revision + 1 in self.buffer:
            # Revisions have no gaps: the buffer goes from any revision in it up to the latest.
            return [self.buffer[number] for number in range(revision + 1, min(self.latest, revision + PAGE) + 1)]
        return await self.database.read(changes.after, revision, PAGE)

    async def _watch(self) -> None:
        while True:
            try:
                async for _ in _polls(self.database) if self.database.is_sqlite else _notifications(self.database):
                    await self._catch_up()
            except failures.errors() as error:
                log.warning("feed_interrupted", reason=failures.describe(error))
                await asyncio.sleep(1)

    async def _catch_up(self) -> None:
        if not self.latest:
            self.latest = await self.revision()
        # The latest change is read again, to see whether the log goes on from there.
        while not self._is_continued(rows := await self.database.read(changes.after, self.latest - 1, BUFFER_SIZE)):
            await self._rewind()
        while rows:
            self.buffer.update((change.row.revision, change) for change in rows)
            while len(self.buffer) > BUFFER_SIZE:
                self.buffer.popitem(last=False)
            self.latest = rows[-1].row.revision
            # What is committed from now on is noticed by itself.
            is_full = len(rows) == BUFFER_SIZE
            rows = await self.database.read(changes.after, self.latest, BUFFER_SIZE) if is_full else []
        self.delivery.announce()

    def _is_continued(self, rows: Sequence[ChangeWithNodes]) -> bool:
        """Whether these changes, from the latest in the buffer on, are of the same log."""
        last = self.buffer.get(self.latest)
        return last is None or bool(rows and _is_same(rows[0], last))

    async def _rewind(self) -> None:
        """Drops changes that are not in the log: a backup was put back, or a standby does not have the last commits."""
        first = next(iter(self.buffer))
        stored = {row.row.revision: row for row in await self.database.read(changes.after, first - 1, BUFFER_SIZE)}
        while self.buffer and not _is_same(stored.get(last := next(reversed(self.buffer))), self.buffer[last]):
            self.buffer.popitem()
        # Where nothing in the buffer is in the log, the log is taken to be another one from the first of these on.
        self.latest = next(reversed(self.buffer), None) or min(first - 1, await self.revision())
        self.contents.clear()
        self.rewinds.append(self.latest)
        log.warning("log_replaced", revision=self.latest)


def _is_same(one: ChangeWithNodes | None, other: ChangeWithNodes) -> bool:
    return one is not None and (one.row.revision, one.row.recorded_at) == (other.row.revision, other.row.recorded_at)


async def _polls(database: Database) -> AsyncIterator[None]:
    """At once, and whenever another connection, of this process or another, has written to the file."""
    with closing(database.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        last_version = None
        while True:
            database.file.check()
            cursor.execute("PRAGMA data_version")
            version = cursor.fetchone()
            if version != last_version:
                last_version = version
                yield
            await asyncio.sleep(INTERVAL)


async def _notifications(database: Database) -> AsyncIterator[None]:
    """At once, when a writer has notified, and at least every `READ_INTERVAL`."""
    connection = await database.server.connect()
    async with connection:
        await connection.execute(f"LISTEN {CHANNEL}".encode())
        while True:
            yield
            # Changes that follow each other closely are read together.
            await asyncio.sleep(INTERVAL)
            async for _ in connection.notifies(timeout=READ_INTERVAL, stop_after=1):
                pass
