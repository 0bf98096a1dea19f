"""Warns when something blocks the event loop, which delays every client."""

import asyncio
import time

import structlog

log = structlog.get_logger()
# Checks within the time that is too long.
CHECKS = 5


async def monitor_loop(most: float) -> None:
    """Warns when the loop was blocked for longer than `most` seconds; 0 for never."""
    while most:
        start = time.monotonic()
        await asyncio.sleep(most / CHECKS)
        if (delay := time.monotonic() - start - most / CHECKS) > most:
            log.warning("blocked_loop", milliseconds=round(delay * 1000))
