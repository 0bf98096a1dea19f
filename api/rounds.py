"""Requests begin one after the other, with time for the sockets in between, and the clients take turns.

All that begins in one round of the event loop is done before the next: two hundred queries that came at once, or fifty
over one WebSocket, would keep everybody else waiting for ten seconds.
"""

import asyncio
from collections import OrderedDict, deque

# Of the event loop, between two that begin: one to read what has come meanwhile, and one to answer what is quick.
ROUNDS = 2


class Rounds:
    def __init__(self) -> None:
        # Who waits, by client: the one whose turn it is first.
        self.waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        # Whether a request has just begun.
        self.under_way = False

    async def turn(self, client: str) -> bool:
        """Returns when a request of the client may begin, and whether it had to wait for that."""
        loop = asyncio.get_running_loop()
        if not self.under_way:
            self.under_way = True
            loop.call_soon(self._next, loop, ROUNDS)
            return False
        mine = loop.create_future()
        self.waiting.setdefault(client, deque()).append(mine)
        await mine
        return True

    def _next(self, loop: asyncio.AbstractEventLoop, rounds: int) -> None:
        if rounds:
            loop.call_soon(self._next, loop, rounds - 1)
            return
        while self.waiting:
            client, queue = self.waiting.popitem(last=False)
            mine = queue.popleft()
            if queue:
                self.waiting[client] = queue
            # A client that has gone away waits no more.
            if not mine.done():
                mine.set_result(None)
                loop.call_soon(self._next, loop, ROUNDS)
                return
        self.under_way = False
