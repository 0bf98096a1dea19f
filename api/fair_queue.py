"""Requests begin one after the other, with time for the sockets in between, and the clients take turns.

Everything that begins in one iteration of the event loop is done before the next: two hundred queries that arrived
together, or fifty over one WebSocket, would delay all other clients by ten seconds.
"""

import asyncio
from collections import OrderedDict, deque

# Iterations of the event loop between two beginnings: one reads what has arrived, one answers what is quick.
ITERATIONS = 2


class FairQueue:
    def __init__(self) -> None:
        # By client; the next in turn is first.
        self.waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        # Whether a request has begun within the last iterations.
        self.busy = False

    async def wait_turn(self, client: str) -> bool:
        """Returns when a request of the client may begin, and whether it had to wait."""
        loop = asyncio.get_running_loop()
        if not self.busy:
            self.busy = True
            loop.call_soon(self._next, loop, ITERATIONS)
            return False
        turn = loop.create_future()
        self.waiting.setdefault(client, deque()).append(turn)
        await turn
        return True

    def _next(self, loop: asyncio.AbstractEventLoop, iterations: int) -> None:
        if iterations:
            loop.call_soon(self._next, loop, iterations - 1)
            return
        while self.waiting:
            client, queue = self.waiting.popitem(last=False)
            turn = queue.popleft()
            if queue:
                self.waiting[client] = queue
            # The future of a client that has disconnected is cancelled.
            if not turn.done():
                turn.set_result(None)
                loop.call_soon(self._next, loop, ITERATIONS)
                return
        self.busy = False
