"""Which large query is executed next: that of the client whose queries took the least time lately."""

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from schema.errors import Unavailable

T = TypeVar("T")
# How many queries may wait for their turn.
WAITING = 20
# In seconds: after this time, the usage of a client counts half.
HALF_LIFE = 20.0
# How many clients have a usage. Beyond that the one whose last query is longest ago is forgotten.
CLIENTS = 10_000


@dataclass(eq=False)
class Turn(Generic[T]):
    client: str
    work: Callable[[], T]
    result: Future[T] = field(default_factory=Future)


class Usage:
    """The time that the queries of each client took lately."""

    def __init__(self) -> None:
        # For each client, the seconds, and the instant at which they were computed.
        self.clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def of(self, client: str) -> float:
        now = time.monotonic()
        seconds, at = self.clients.get(client, (0.0, now))
        return float(seconds * 0.5 ** ((now - at) / HALF_LIFE))

    def add(self, client: str, seconds: float) -> None:
        self.clients[client] = (self.of(client) + seconds, time.monotonic())
        self.clients.move_to_end(client)
        if len(self.clients) > CLIENTS:
            self.clients.popitem(last=False)


class Turns(Generic[T]):
    """A queue that is fair between clients: in a common one, one client could make all others wait, or fill it."""

    def __init__(self, at_once: int) -> None:
        self.threads = ThreadPoolExecutor(at_once, thread_name_prefix="large-query")
        self.lock = threading.Lock()
        self.waiting: list[Turn[T]] = []
        self.usage = Usage()

    def submit(self, client: str, work: Callable[[], T]) -> Future[T]:
        """The result of the work. When too many wait, the last one of the client with the most fails as Unavailable."""
        turn = Turn(client, work)
        with self.lock:
            self.waiting = [*(other for other in self.waiting if not other.result.cancelled()), turn]
            last = self._last() if len(self.waiting) > WAITING else None
            if last:
                self.waiting.remove(last)
        if last and last.result.set_running_or_notify_cancel():
            message = "Too many large queries are asked at once: ask again in a few seconds."
            last.result.set_exception(Unavailable(message))
        # A turn may have been removed since: then one of these calls finds nothing to do.
        self.threads.submit(self._next)
        return turn.result

    def close(self) -> None:
        self.threads.shutdown(cancel_futures=True)
        with self.lock:
            for turn in self.waiting:
                turn.result.cancel()

    def _next(self) -> None:
        with self.lock:
            if not self.waiting:
                return
            turn = self._in_order()[0]
            self.waiting.remove(turn)
        if not turn.result.set_running_or_notify_cancel():
            return
        start = time.monotonic()
        try:
            turn.result.set_result(turn.work())
        except BaseException as error:  # noqa: BLE001  (the future raises it)
            turn.result.set_exception(error)
        finally:
            with self.lock:
                self.usage.add(turn.client, time.monotonic() - start)

    def _last(self) -> Turn[T]:
        counts = Counter(turn.client for turn in self.waiting)
        return max(reversed(self._in_order()), key=lambda turn: (counts[turn.client], self.usage.of(turn.client)))

    def _in_order(self) -> list[Turn[T]]:
        """In the order of execution: by usage, then by arrival."""
        return sorted(self.waiting, key=lambda turn: self.usage.of(turn.client))
