"""The order in which those who follow the log are served: one after another, with time for everything else."""

import asyncio
from collections import deque
from collections.abc import Callable

# How long followers are served, in seconds, before the event loop has time for the rest.
SLICE = 0.001
# How much more time the rest has than they, while there is any.
REST = 4.0
# An iteration of the event loop without any work takes less than this, in seconds.
NOTHING = 0.0001


class Delivery:
    """A thousand followers who woke together would keep the event loop to themselves for as long as they take."""

    def __init__(self, is_busy: Callable[[], bool]) -> None:
        """`is_busy` tells whether work waits on a thread, which needs the interpreter."""
        self.is_busy = is_busy
        # Those who wait for something new, and those who wait for their turn.
        self.idle: dict[asyncio.Future[None], None] = {}
        self.ready: deque[asyncio.Future[None]] = deque()
        # How often there was something new.
        self.announced = 0
        self.server: asyncio.Task[None] | None = None
        # What one turn takes, in seconds.
        self.cost = SLICE

    async def turn(self) -> None:
        """Returns when the follower may be served."""
        future = asyncio.get_running_loop().create_future()
        self.ready.append(future)
        self._serve()
        await future

    async def news(self, known: int) -> None:
        """The same, as soon as `announced` is more than is known."""
        if self.announced > known:
            await self.turn()
            return
        future = asyncio.get_running_loop().create_future()
        self.idle[future] = None
        try:
            await future
        finally:
            self.idle.pop(future, None)

    def announce(self) -> None:
        """There is something new: all get a turn."""
        self.announced += 1
        self.ready.extend(self.idle)
        self.idle.clear()
        self._serve()

    def release(self) -> None:
        """Lets all go at once: there is nothing more to serve."""
        for future in [*self.idle, *self.ready]:
            if not future.done():
                future.set_result(None)
        self.idle.clear()
        self.ready.clear()

    def _serve(self) -> None:
        if self.ready and (self.server is None or self.server.done()):
            self.server = asyncio.create_task(self._serve_all())

    async def _serve_all(self) -> None:
        time = asyncio.get_running_loop().time
        while self.ready:
            start, count = time(), 0
            while self.ready and count < SLICE / self.cost:
                future = self.ready.popleft()
                # Of a follower who has left it is cancelled.
                if not future.done():
                    future.set_result(None)
                    count += 1
            # They are served in the next iteration, before this goes on.
            await asyncio.sleep(0)
            end = time()
            if count:
                self.cost += (max((end - start) / count, 1e-6) - self.cost) / 8
            await asyncio.sleep(0)
            if self.is_busy() or time() - end > NOTHING:
                await asyncio.sleep((end - start) * REST)
