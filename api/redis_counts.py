"""What clients have spent, as several processes count it together in Redis."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from limits.aio.storage import RedisStorage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.errors import StorageError

log = structlog.get_logger()
T = TypeVar("T")
# How long Redis may take; if it takes longer, each process counts alone for the pause. In seconds.
REDIS_TIMEOUT, REDIS_PAUSE = 0.25, 5.0


class RedisCounts:
    """Each answer is None while Redis is away."""

    def __init__(self, address: str) -> None:
        self.storage = RedisStorage(f"async+{address}", True, "redispy", "sixtyone")
        self.away_until = 0.0

    async def acquire(self, key: str, limit: int, seconds: int, price: int) -> bool | None:
        """Takes a price from what the limit leaves; or takes nothing, and returns False."""
        return await self._ask(lambda: self.storage.acquire_sliding_window_entry(key, limit, seconds, price))

    async def window(self, key: str, seconds: int) -> tuple[int, float, int, float] | None:
        return await self._ask(lambda: self.storage.get_sliding_window(key, seconds))

    async def close(self) -> None:
        assert isinstance(self.storage.bridge, RedispyBridge)
        await self.storage.bridge.storage.aclose()

    async def _ask(self, call: Callable[[], Awaitable[T]]) -> T | None:
        if (time := asyncio.get_running_loop().time()) >= self.away_until:
            try:
                async with asyncio.timeout(REDIS_TIMEOUT):
                    return await call()
            except (StorageError, OSError) as error:
                self.away_until = time + REDIS_PAUSE
                log.warning("rate_storage_away", error=str(error.__cause__ or error))
        return None
