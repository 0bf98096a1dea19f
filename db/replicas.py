"""Read replicas: other servers of PostgreSQL that follow the primary, each a little behind it."""

import asyncio
import itertools
import time
from collections.abc import Sequence

import anyio
import structlog
from sqlmodel import Session

from db import changes, dataset, diagnosis, failures, versions
from db.database import Database
from db.dataset import State

log = structlog.get_logger()
# Seconds between two looks at a replica, and between two at one that is behind.
INTERVAL = 1.0
BEHIND_INTERVAL = 0.1
# How long a reader waits for a revision that no server has, and how long a replica may be ahead of the primary: a
# commit can be seen in a replica some milliseconds before it is seen in the primary.
PATIENCE = 1.0
UNKNOWN = "It was not asked yet."
AWAY = "It does not answer."
EMPTY = "It has no data."
APART = "It follows another primary: its log is not that of ours."


class Replica:
    def __init__(self, database: Database, number: int) -> None:
        """`number` is its place in the setting, from 1."""
        self.database = database
        self.number = number
        # The last revision that was seen in it.
        self.revision = 0
        # Why it is not asked.
        self.fault: str | None = UNKNOWN
        # Its last state that was found in the log of the primary.
        self.state: State | None = None
        # Since when it has been ahead of the primary, on the monotonic clock.
        self.ahead_since: float | None = None

    def set_fault(self, fault: str | None) -> None:
        if fault != self.fault and UNKNOWN not in (fault, self.fault):
            log.warning("replica_away" if fault else "replica_back", replica=self.number, reason=fault)
        self.fault = fault


class Replicas:
    """Chooses the server for each reader: a replica that has every revision that was seen here, or the primary.

    A task for each replica looks at it again and again, from `start` until `close`.
    """

    def __init__(self, primary: Database, databases: Sequence[Database]) -> None:
        self.primary = primary
        self.members = [Replica(database, number) for number, database in enumerate(databases, 1)]
        self.turns = itertools.count()
        self.tasks: list[asyncio.Task[None]] = []
        self.closed = asyncio.Event()

    def choose(self, revision: int) -> Database:
        """A server that has the revision: the replicas take turns, and where none has it, it is the primary."""
        fit = [replica for replica in self.members if replica.fault is None and replica.revision >= revision]
        return fit[next(self.turns) % len(fit)].database if fit else self.primary

    def pass_over(self, database: Database, error: BaseException) -> None:
        """Leaves a replica out that gave this error, until the next look at it."""
        for replica in self.members:
            if replica.database is database:
                if isinstance(error, failures.Behind):
                    replica.revision = error.revision
                else:
                    replica.set_fault(AWAY)

    def behind(self, replica: Replica) -> int:
        """How many revisions it lacks of those that were seen."""
        return max(self.primary.newest - replica.revision, 0)

    def is_readable(self) -> bool:
        """Whether a replica can answer."""
        return self.choose(self.primary.newest) is not self.primary

    def start(self) -> None:
        self.tasks = [asyncio.create_task(self._watch(replica)) for replica in self.members]

    async def close(self) -> None:
        # A look that is under way ends first: a thread that connects cannot be cancelled.
        self.closed.set()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for replica in self.members:
            replica.database.close()

    async def _watch(self, replica: Replica) -> None:
        while not self.closed.is_set():
            try:
                await self._look(replica)
            except failures.errors():
                replica.set_fault(AWAY)
            end = time.monotonic() + INTERVAL
            while not self.closed.is_set() and time.monotonic() < end:
                with anyio.move_on_after(BEHIND_INTERVAL):
                    await self.closed.wait()
                if replica.fault is None and self.behind(replica):
                    break

    async def _look(self, replica: Replica) -> None:
        if replica.fault is not None and (fault := await replica.database.probe(_fault)):
            replica.set_fault(fault)
            return
        state = await replica.database.probe(_state)
        if state is None:
            replica.set_fault(EMPTY)
            return
        if replica.fault is None and state == replica.state and self.behind(replica):
            return
        try:
            known, latest = await self.primary.probe(lambda session: _compare(session, state[0]))
        except failures.errors():
            # Without the primary, one that was good is so, and any other has to wait.
            if replica.fault is None:
                replica.revision = state[0]
            return
        if known == state:
            replica.revision, replica.state, replica.ahead_since = state[0], state, None
            replica.set_fault(None)
            return
        now = time.monotonic()
        is_ahead = known is None and latest < state[0]
        replica.ahead_since = (replica.ahead_since or now) if is_ahead else None
        if replica.ahead_since is None or now > replica.ahead_since + PATIENCE:
            replica.set_fault(APART)


def _fault(session: Session) -> str | None:
    connection = session.connection()
    return diagnosis.missing_rights(connection) or versions.fault(connection)


def _state(session: Session) -> State | None:
    """The last entry of the log."""
    state = dataset.state(session)
    return state and changes.state_at(session, state[0])


def _compare(session: Session, revision: int) -> tuple[State | None, int]:
    """The entry of a revision, and the last revision."""
    state = dataset.state(session)
    return changes.state_at(session, revision), state[0] if state else 0
