"""What each client may spend, in the price of queries: so much in a minute, and so much at once."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

# In seconds.
BURST, MINUTE = 5, 60
# The prices of other things than queries. A refused query is charged once more for each so many bytes, because all of
# it is validated.
REQUEST_PRICE, REFUSAL_PRICE, TABLE_PRICE, FILE_PRICE, PICTURE_PRICE = 10, 500, 2_000, 20_000, 2_000
REFUSAL_BYTES = 500
# Entries, one for each client and window, of less than 1 kB each. Beyond that the least recent is dropped: a client
# with a million addresses has a million budgets anyway.
MOST = 20_000
# As `limits` has it: the usage in the previous window and for how many seconds that counts, then of the current one.
Window: TypeAlias = tuple[int, float, int, float]


@dataclass(frozen=True)
class Limit:
    name: str
    amount: int
    seconds: int

    def remaining(self, window: Window) -> int:
        previous, previous_left, current, _ = window
        return max(self.amount - math.floor(previous * previous_left / self.seconds) - current, 0)

    def header(self, window: Window) -> str:
        """As an item of RateLimit: what remains, and in how many seconds it will be more."""
        _, previous_left, current, current_left = window
        more = current_left - self.seconds if current else previous_left
        return f'"{self.name}";r={self.remaining(window)};t={math.ceil(more)}'

    def wait(self, price: int, window: Window) -> int:
        """In how many seconds the price will be available."""
        previous, previous_left, current, current_left = window
        room = self.amount - price
        if current > room:
            return max(math.ceil(current_left - room * self.seconds / current), 1)
        return max(math.ceil(previous_left - (room - current) * self.seconds / previous), 1) if previous else 1


@dataclass(slots=True)
class Usage:
    window: int
    current: int = 0
    previous: int = 0

    def seen(self, seconds: int, elapsed: float) -> Window:
        return self.previous, seconds - elapsed, self.current, 2 * seconds - elapsed


class Counts:
    """What clients have spent, as this process alone counts it, in sliding windows as those of `limits`.

    The library's own storage in memory has no bound, visits all clients on each request, and uses a clock that may step
    back.
    """

    clock: Callable[[], float] = staticmethod(time.monotonic)

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        # By client and window; the most recent is last.
        self.usage: OrderedDict[tuple[str, int], Usage] = OrderedDict()

    def acquire(self, client: str, limit: int, seconds: int, price: int) -> bool:
        """Takes a price from what the limit leaves; or takes nothing, and returns False."""
        usage, elapsed = self.find(client, seconds)
        if math.floor(usage.previous * (seconds - elapsed) / seconds) + usage.current + price > limit:
            return False
        self.take(client, seconds, usage, price)
        return True

    def take(self, client: str, seconds: int, usage: Usage, price: int) -> None:
        usage.current += price
        key = client, seconds
        self.usage[key] = usage
        self.usage.move_to_end(key)
        if len(self.usage) > self.most:
            self.usage.popitem(last=False)

    def window(self, client: str, seconds: int) -> Window:
        usage, elapsed = self.find(client, seconds)
        return usage.seen(seconds, elapsed)

    def find(self, client: str, seconds: int) -> tuple[Usage, float]:
        """The usage as of the current window, and the seconds since that began."""
        number, elapsed = divmod(self.clock(), seconds)
        window = int(number)
        usage = self.usage.get((client, seconds)) or Usage(window)
        if usage.window != window:
            usage.previous = usage.current if usage.window == window - 1 else 0
            usage.current, usage.window = 0, window
        return usage, elapsed


class Budget:
    def __init__(self, per_minute: int, burst: int, redis: str | None = None) -> None:
        """0 for no limit. `redis` is where several processes count together."""
        # The shorter one first: if the longer one then refuses, the shorter one soon recovers.
        limits = (Limit("burst", burst, BURST), Limit("minute", per_minute, MINUTE)) if per_minute else ()
        self.limits = [limit for limit in limits if limit.amount]
        self.policy = ", ".join(f'"{limit.name}";q={limit.amount};w={limit.seconds}' for limit in self.limits)
        # A query that costs more than any budget takes all of an unused one.
        self.most = max(min((limit.amount for limit in self.limits), default=0) - REQUEST_PRICE, 1)
        self.own = Counts()
        self.shared = None
        if redis:
            # Its library takes memory, and most services are one process.
            from api.redis_counts import RedisCounts  # noqa: PLC0415

            self.shared = RedisCounts(redis)

    async def take(self, client: str, price: int) -> int:
        """Takes a price and returns 0; or takes nothing, and returns in how many seconds there will be enough."""
        price = min(price, self.most)
        for limit in self.limits:
            if not await self._acquire(limit, client, price):
                return limit.wait(price, await self._window(limit, client))
        return 0

    async def seconds_empty(self, client: str) -> int:
        """In how many seconds something will remain, or 0 if something does."""
        for limit in self.limits:
            window = await self._window(limit, client)
            if not limit.remaining(window):
                return limit.wait(1, window)
        return 0

    async def charge(self, client: str, price: int) -> None:
        """Takes a price for work that is done, or all that remains."""
        for limit in self.limits:
            if not await self._acquire(limit, client, price):
                await self._acquire(limit, client, limit.remaining(await self._window(limit, client)))

    async def header(self, client: str) -> str:
        """The value of RateLimit."""
        return ", ".join([limit.header(await self._window(limit, client)) for limit in self.limits])

    def take_here(self, client: str, price: int) -> str | None:
        """Takes a price that this process alone counts, and returns the value of RateLimit then; or takes nothing,
        and returns None, where `take` would refuse it."""
        price, counts = min(price, self.most), self.own
        usages = [(limit, *counts.find(client, limit.seconds)) for limit in self.limits]
        for limit, usage, elapsed in usages:
            if limit.remaining(usage.seen(limit.seconds, elapsed)) < price:
                return None
        for limit, usage, _ in usages:
            counts.take(client, limit.seconds, usage, price)
        return ", ".join([limit.header(usage.seen(limit.seconds, elapsed)) for limit, usage, elapsed in usages])

    async def close(self) -> None:
        if self.shared:
            await self.shared.close()

    async def _acquire(self, limit: Limit, client: str, price: int) -> bool:
        key = f"{limit.name}/{client}"
        taken = await self.shared.acquire(key, limit.amount, limit.seconds, price) if self.shared else None
        return self.own.acquire(client, limit.amount, limit.seconds, price) if taken is None else taken

    async def _window(self, limit: Limit, client: str) -> Window:
        window = await self.shared.window(f"{limit.name}/{client}", limit.seconds) if self.shared else None
        return window or self.own.window(client, limit.seconds)
