"""What each client may still ask for, in the price of queries: so much in a minute, and so much at once."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import structlog
from limits.aio.storage import RedisStorage, SlidingWindowCounterSupport
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.errors import StorageError

from api.counts import Counts, Window

log = structlog.get_logger()
T = TypeVar("T")
Ask: TypeAlias = Callable[[SlidingWindowCounterSupport], Awaitable[T]]
# In seconds.
BURST, MINUTE = 5, 60
# How long Redis may take, and for how long it is left alone when it took longer. Meanwhile this process counts alone.
PATIENCE, PAUSE = 0.25, 5.0
# What requests cost beside the query that they ask: each of them, one that was refused after it had been read, a table
# as a file, and a file of all tables.
REQUEST, REFUSED, TABLE, FILE = 10, 500, 2_000, 20_000
# In bytes: a query that is refused costs as much for each of so many, because all of it is validated.
PIECE = 500


@dataclass(frozen=True)
class Limit:
    name: str
    amount: int
    seconds: int


class Budget:
    def __init__(self, per_minute: int, burst: int, redis: str | None = None) -> None:
        """0 for no limit. `redis` is where several processes count together."""
        # The shorter one first: what it has taken when the longer one refuses is soon given back.
        limits = (Limit("burst", burst, BURST), Limit("minute", per_minute, MINUTE)) if per_minute else ()
        self.limits = [limit for limit in limits if limit.amount]
        self.policy = ", ".join(f'"{limit.name}";q={limit.amount};w={limit.seconds}' for limit in self.limits)
        # What costs more than a client ever has can be asked by one that has asked for nothing else.
        self.most = max(min((limit.amount for limit in self.limits), default=0) - REQUEST, 1)
        self.own = Counts()
        self.shared = RedisStorage(f"async+{redis}", True, "redispy", "sixtyone") if redis else None
        self.away_until = 0.0

    async def take(self, client: str, price: int) -> int:
        """Takes a price and returns 0; or takes nothing, and returns in how many seconds there will be enough."""
        price = min(price, self.most)
        for limit in self.limits:
            if not await self._hit(limit, client, price):
                return _wait(limit, price, await self._look(limit, client))
        return 0

    async def wait(self, client: str) -> int:
        """In how many seconds there will be something left, or 0 where there is."""
        for limit in self.limits:
            window = await self._look(limit, client)
            if not _room(limit, window):
                return _wait(limit, 1, window)
        return 0

    async def charge(self, client: str, price: int) -> None:
        """Takes a price for what was done already, or all that is left."""
        for limit in self.limits:
            if not await self._hit(limit, client, price):
                await self._hit(limit, client, _room(limit, await self._look(limit, client)))

    async def left(self, client: str) -> str:
        """For the header RateLimit: how much is left of each limit, and in how many seconds it will be more."""
        return ", ".join([_left(limit, await self._look(limit, client)) for limit in self.limits])

    async def close(self) -> None:
        if self.shared:
            assert isinstance(self.shared.bridge, RedispyBridge)
            await self.shared.bridge.storage.aclose()

    async def _hit(self, limit: Limit, client: str, price: int) -> bool:
        key, amount, seconds = f"{limit.name}/{client}", limit.amount, limit.seconds
        return await self._counted(lambda counts: counts.acquire_sliding_window_entry(key, amount, seconds, price))

    async def _look(self, limit: Limit, client: str) -> Window:
        key, seconds = f"{limit.name}/{client}", limit.seconds
        return await self._counted(lambda counts: counts.get_sliding_window(key, seconds))

    async def _counted(self, ask: Ask[T]) -> T:
        if self.shared and (time := asyncio.get_running_loop().time()) >= self.away_until:
            try:
                async with asyncio.timeout(PATIENCE):
                    return await ask(self.shared)
            except (StorageError, OSError) as error:
                self.away_until = time + PAUSE
                log.warning("rate_storage_away", error=str(error.__cause__ or error))
        return await ask(self.own)


def _room(limit: Limit, window: Window) -> int:
    before, before_left, now, _ = window
    return max(limit.amount - math.floor(before * before_left / limit.seconds) - now, 0)


def _left(limit: Limit, window: Window) -> str:
    _, before_left, now, now_left = window
    more = now_left - limit.seconds if now else before_left
    return f'"{limit.name}";r={_room(limit, window)};t={math.ceil(more)}'


def _wait(limit: Limit, price: int, window: Window) -> int:
    """How long until what was asked for has slid out of its window far enough."""
    before, before_left, now, now_left = window
    room = limit.amount - price
    if now > room:
        return max(math.ceil(now_left - room * limit.seconds / now), 1)
    return max(math.ceil(before_left - (room - now) * limit.seconds / before), 1) if before else 1
