"""The recent usage of each client, in the memory of this process."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import floor
from typing import TypeAlias

from limits.aio.storage import MemoryStorage

# Entries, one for each client and window, of less than 1 kB each. Beyond that the least recent is dropped: a client
# with a million addresses has a million budgets anyway.
MOST = 20_000
# As `limits` has it: the usage in the previous window and for how many seconds that counts, then of the current one.
Window: TypeAlias = tuple[int, float, int, float]


@dataclass(slots=True)
class Usage:
    window: int
    current: int = 0
    previous: int = 0


class BoundedMemoryStorage(MemoryStorage):
    """The library's own has no bound, visits all clients on each request, and uses a clock that may step back."""

    # The library looks classes up by it, and takes a list.
    STORAGE_SCHEME = ["async+counts"]  # noqa: RUF012

    clock: Callable[[], float] = staticmethod(time.monotonic)

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self.most = most
        # The most recent is last.
        self.usage: OrderedDict[str, Usage] = OrderedDict()

    async def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        usage, seconds = self._usage(key, expiry)
        if floor(usage.previous * (expiry - seconds) / expiry) + usage.current + amount > limit:
            return False
        usage.current += amount
        self.usage[key] = usage
        self.usage.move_to_end(key)
        if len(self.usage) > self.most:
            self.usage.popitem(last=False)
        return True

    async def get_sliding_window(self, key: str, expiry: int) -> Window:
        usage, seconds = self._usage(key, expiry)
        return usage.previous, expiry - seconds, usage.current, 2 * expiry - seconds

    async def clear_sliding_window(self, key: str, expiry: int) -> None:
        self.usage.pop(key, None)

    def _usage(self, key: str, expiry: int) -> tuple[Usage, float]:
        """The usage as of the current window, and the seconds since that began."""
        number, seconds = divmod(self.clock(), expiry)
        window = int(number)
        usage = self.usage.get(key) or Usage(window)
        if usage.window != window:
            usage.previous = usage.current if usage.window == window - 1 else 0
            usage.current, usage.window = 0, window
        return usage, seconds
