"""Whose turn it is to have a file made. The others wait, and hold neither a connection nor a processor meanwhile."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import anyio
from starlette.exceptions import HTTPException

from api.errors import RETRY_AFTER
from schema.errors import RateLimited

# How many are made at once.
AT_ONCE = 2
# More than these are told to come back; and of one client, so that it does not take the places of all others.
WAITING = 50
OF_ONE = 10
# In seconds: when to ask again.
PAUSE = 30


class Queue:
    def __init__(self) -> None:
        self.limiter = anyio.CapacityLimiter(AT_ONCE)
        self.places: Counter[str] = Counter()

    def look(self, client: str) -> None:
        """Raises what to answer where there is no place left."""
        if self.places[client] >= OF_ONE:
            raise RateLimited(PAUSE)
        if self.limiter.statistics().tasks_waiting >= WAITING:
            raise HTTPException(503, "Many files are being made. Ask again soon.", {RETRY_AFTER: str(PAUSE)})

    @contextmanager
    def place(self, client: str) -> Iterator[anyio.CapacityLimiter]:
        self.places[client] += 1
        try:
            yield self.limiter
        finally:
            self.places[client] -= 1
            if not self.places[client]:
                del self.places[client]
