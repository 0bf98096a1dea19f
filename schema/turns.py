"""Whose large query is executed next: that of the client that has taken least of late."""

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from schema.errors import Unavailable

T = TypeVar("T")
# How many wait for their turn.
WAITING = 20
# In seconds: after so long, what a client has taken counts half.
HALF = 20.0
# Of how many clients it is known what they have taken. Beyond that the one that has waited longest is forgotten.
CLIENTS = 10_000


@dataclass(eq=False)
class Turn(Generic[T]):
    client: str
    work: Callable[[], T]
    result: Future[T] = field(default_factory=Future)


class Usage:
    """The time that each client has taken of late."""

    def __init__(self) -> None:
        # In seconds, and when that was so.
        self.clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def of(self, client: str) -> float:
        now = time.monotonic()
        seconds, at = self.clients.get(client, (0.0, now))
        return float(seconds * 0.5 ** ((now - at) / HALF))

    def add(self, client: str, seconds: float) -> None:
        self.clients[client] = (self.of(client) + seconds, time.monotonic())
        self.clients.move_to_end(client)
        if len(self.clients) > CLIENTS:
            self.clients.popitem(last=False)


class Turns(Generic[T]):
    """Without it, one client could fill the queue, and all others would wait behind it or find it full."""

    def __init__(self, at_once: int) -> None:
        self.threads = ThreadPoolExecutor(at_once, thread_name_prefix="large-query")
        self.lock = threading.Lock()
        self.waiting: list[Turn[T]] = []
        self.usage = Usage()

    def submit(self, client: str, work: Callable[[], T]) -> Future[T]:
        """The result of the work. Unavailable where there are too many, of the client that waits for most."""
        turn = Turn(client, work)
        with self.lock:
            self.waiting = [*(other for other in self.waiting if not other.result.cancelled()), turn]
            last = self._last() if len(self.waiting) > WAITING else None
            if last:
                self.waiting.remove(last)
        if last and last.result.set_running_or_notify_cancel():
            message = "Too many large queries are asked at once: ask again in a few seconds."
            last.result.set_exception(Unavailable(message))
        # There may be more of these than turns. One that finds no turn does nothing.
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
        except BaseException as error:  # noqa: BLE001  (it is raised where the result is waited for)
            turn.result.set_exception(error)
        finally:
            with self.lock:
                self.usage.add(turn.client, time.monotonic() - start)

    def _last(self) -> Turn[T]:
        counts = Counter(turn.client for turn in self.waiting)
        return max(reversed(self._in_order()), key=lambda turn: (counts[turn.client], self.usage.of(turn.client)))

    def _in_order(self) -> list[Turn[T]]:
        """As they will be executed: of two that have taken as much, the one that asked first."""
        return sorted(self.waiting, key=lambda turn: self.usage.of(turn.client))
