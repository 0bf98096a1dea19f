"""What clients have asked for lately, counted in the memory of this process."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import floor
from typing import TypeAlias

from limits.aio.storage import MemoryStorage

# Of clients and windows; each takes less than 1 kB. Beyond that the one that has waited longest is forgotten: who has
# a million addresses has a million budgets anyway, and must not have our memory.
MOST = 20_000
# What was asked for in the window before, and for how long that counts; in this one, and for how long that will.
Window: TypeAlias = tuple[int, float, int, float]


@dataclass(slots=True)
class Count:
    window: int
    now: int = 0
    before: int = 0


class Counts(MemoryStorage):
    """The library's own has no bound, looks through all clients whenever one asks, and goes by a clock that steps."""

    # The library looks classes up by it, and takes a list.
    STORAGE_SCHEME = ["async+counts"]  # noqa: RUF012

    clock: Callable[[], float] = staticmethod(time.monotonic)

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self.most = most
        # The one that asked last is the last.
        self.counts: OrderedDict[str, Count] = OrderedDict()

    async def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        window, passed = divmod(self.clock(), expiry)
        count = self._turned(key, int(window)) or Count(int(window))
        if floor(count.before * (expiry - passed) / expiry) + count.now + amount > limit:
            return False
        count.now += amount
        self.counts[key] = count
        self.counts.move_to_end(key)
        if len(self.counts) > self.most:
            self.counts.popitem(last=False)
        return True

    async def get_sliding_window(self, key: str, expiry: int) -> Window:
        window, passed = divmod(self.clock(), expiry)
        count = self._turned(key, int(window)) or Count(int(window))
        return count.before, expiry - passed, count.now, 2 * expiry - passed

    async def clear_sliding_window(self, key: str, expiry: int) -> None:
        self.counts.pop(key, None)

    def _turned(self, key: str, window: int) -> Count | None:
        count = self.counts.get(key)
        if count and count.window != window:
            count.before = count.now if count.window == window - 1 else 0
            count.now, count.window = 0, window
        return count
