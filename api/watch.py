"""The event loop serves everybody: whatever keeps it from coming round keeps all of them waiting."""

import asyncio
import time

import structlog

log = structlog.get_logger()
# So many looks in the time that is too long.
LOOKS = 5


async def watch(most: float) -> None:
    """Warns when the loop did not come round for longer than this, in seconds; 0 for never."""
    while most:
        start = time.monotonic()
        await asyncio.sleep(most / LOOKS)
        if (late := time.monotonic() - start - most / LOOKS) > most:
            log.warning("blocked_loop", milliseconds=round(late * 1000))
