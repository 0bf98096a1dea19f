"""A file that one thread makes at its own speed, while another reader takes it at theirs."""

import asyncio
import io
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

import anyio.to_thread

# How much is read at once. Little, so that a slow client is seen to take something now and then.
CHUNK = 16_384


class Abandoned(Exception):
    """Nobody waits for the file any more."""


class Whole(io.FileIO):
    """Writes all that it is given. Where the disk is nearly full, the system takes a part and says nothing."""

    def write(self, data: Any, /) -> int:
        rest = memoryview(data).cast("B")
        while rest:
            rest = rest[super().write(rest) :]
        return len(data)


class Production:
    """The file has no name, and goes when it is closed.

    What reads the database never waits for a client: it writes to the file, and is done when the file is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Opened when its turn comes: those that wait hold nothing.
        self.file: BinaryIO | None = None
        self.loop = asyncio.get_running_loop()
        self.grown = asyncio.Event()
        self.done = False
        self.abandoned = False

    async def make(self, write: Callable[[BinaryIO], None], limiter: anyio.CapacityLimiter) -> None:
        """Makes the file, as soon as a thread is free for it. Raises what `write` raises."""
        try:
            async with limiter:
                # Without a buffer of our own, so that what is written can be read.
                with tempfile.TemporaryFile(buffering=0, dir=self.folder) as file:
                    self.file = cast(BinaryIO, Whole(os.dup(file.fileno()), "r+b"))
                await anyio.to_thread.run_sync(write, self.file)
            self.done = True
        except Abandoned:
            pass
        finally:
            self.grown.set()

    def tell(self) -> None:
        """Called by what makes the file, now and then: there is more to read. Raises if nobody will."""
        if self.abandoned:
            raise Abandoned
        self.loop.call_soon_threadsafe(self.grown.set)

    @property
    def length(self) -> int:
        """In bytes, as far as it is made."""
        return os.fstat(self.file.fileno()).st_size if self.file else 0

    def close(self) -> None:
        if self.file:
            self.file.close()

    async def read(self, *, early: bool) -> AsyncIterator[bytes]:
        """The file from its start to its end: early, as it grows, or not before it is whole."""
        place = 0
        while True:
            done = self.done
            self.grown.clear()
            # In place: what was just written is in memory, and a hop to a thread would take longer.
            while (early or done) and self.file and (chunk := os.pread(self.file.fileno(), CHUNK, place)):
                place += len(chunk)
                yield chunk
            if done:
                return
            await self.grown.wait()
