"""Who pays for a request, the address that it comes from or the token that it shows; and what each step costs."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterable
from functools import lru_cache

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.assets import SITE
from api.budget import REFUSAL_BYTES, REFUSAL_PRICE, REQUEST_PRICE, Budget
from api.client_address import client_key
from api.errors import error_response, rate_limit_error
from schema.errors import RateLimited

LIVENESS = "/healthz"
# Free, so that the server can be monitored at all times, and a page that refuses a client has its style.
FREE = (LIVENESS, "/readyz", *(asset.path for asset in SITE))
# The paths at which a token counts.
API = ("/graphql", "/graphql/stream")
# Iterations of the event loop between two beginnings: one reads what has arrived, one answers what is quick.
ITERATIONS = 2
# Seconds within which quick requests begin one after the other: iterations in between would take longer than they do.
QUICK = 0.001
cached_key = lru_cache(maxsize=1_000)(client_key)


class FairQueue:
    """Requests begin one after the other, with time for the sockets in between, and the clients take turns.

    Everything that begins in one iteration of the event loop is done before the next: two hundred queries that arrived
    together, or fifty over one WebSocket, would delay all other clients by ten seconds.
    """

    def __init__(self) -> None:
        # By client; the next in turn is first.
        self.waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        # Whether a request has begun within the last iterations, and when the first did, on the monotonic clock.
        self.busy = False
        self.began = 0.0

    async def wait_turn(self, client: str, *, is_next: bool = False) -> bool:
        """Returns when a request of the client may begin, and whether it had to wait. `is_next` says that its work
        follows without a wait: only then does the clock tell what the requests before it have taken."""
        loop = asyncio.get_running_loop()
        if not self.busy:
            self._begin(loop)
            return False
        if is_next and not self.waiting and time.monotonic() < self.began + QUICK:
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
                self._begin(loop)
                return
        self.busy = False

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self.busy, self.began = True, time.monotonic()
        loop.call_soon(self._next, loop, ITERATIONS)


class ClientBudget:
    """The budget that one request, or one WebSocket, draws on. Payments raise RateLimited."""

    def __init__(self, budget: Budget, queue: FairQueue, address: str) -> None:
        self.budget = budget
        self.queue = queue
        # The key of the address, and the key of who pays: the address or the token.
        self.address = address
        self.client = address

    async def pay(self, price: int) -> None:
        await self._take(self.client, price)

    async def pay_for_query(self, price: int) -> None:
        """Before a query is executed. A refused one costs too, because it was read and its cost computed."""
        if await self.budget.take(self.client, price):
            await self.charge(REFUSAL_PRICE)
            await self._take(self.client, price)

    async def pay_for_page(self, price: int) -> None:
        """A tenth of the price: the queries of pages are ours, no client can make them expensive, and the bound on the
        former values that they ask for is several times what there is."""
        await self._take(self.client, price // 10)

    async def charge(self, cost: int) -> None:
        """Takes what something cost after it was done. Never refuses."""
        await self.budget.charge(self.client, cost)

    async def charge_refusal(self, errors: Iterable[object] | None = None, length: int = 0) -> None:
        """For a query of this length that was read and refused; free if the budget was the reason."""
        if not any(isinstance(error, RateLimited) for error in errors or ()):
            await self.charge(REFUSAL_PRICE * (1 + length // REFUSAL_BYTES))

    async def pay_for_token_check(self) -> None:
        """From a budget of its own: others at the same address cannot keep a good token out."""
        await self._take(f"door {self.address}", REQUEST_PRICE)

    async def charge_bad_token(self) -> None:
        await self.budget.charge(f"door {self.address}", REFUSAL_PRICE)
        await self.charge_refusal()

    async def identify(self, token: int | None) -> None:
        """Pays for the request with the budget of the token with this number; None for the public."""
        if token is not None:
            self.client = f"token {token}"
        await self.pay(REQUEST_PRICE)

    async def wait_turn(self, *, is_next: bool = False) -> None:
        """Before work that occupies the event loop; `is_next` if nothing is awaited between."""
        # Other requests of the client may have spent its budget during the wait.
        if await self.queue.wait_turn(self.client, is_next=is_next) and (
            seconds := await self.budget.seconds_empty(self.client)
        ):
            raise RateLimited(seconds)

    async def _take(self, client: str, price: int) -> None:
        if seconds := await self.budget.take(client, price):
            raise RateLimited(seconds)


def client_budget(connection: HTTPConnection) -> ClientBudget:
    budget: ClientBudget = connection.state.client_budget
    return budget


class RateLimit:
    """Gives each request the budget of its client, and answers requests that are over it, here or further in."""

    def __init__(
        self, app: ASGIApp, budget: Budget, refuse: Callable[[Request, Exception], Awaitable[Response]]
    ) -> None:
        self.app = app
        self.budget = budget
        self.queue = FairQueue()
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        payer = ClientBudget(self.budget, self.queue, cached_key((scope.get("client") or (None,))[0]))
        scope.setdefault("state", {})["client_budget"] = payer

        async def send_with_limits(message: Message) -> None:
            is_start = message["type"] == "http.response.start"
            if is_start and self.budget.limits and (path in API or message["status"] == 429):
                left = await self.budget.header(payer.client)
                pairs = [(b"ratelimit-policy", self.budget.policy.encode()), (b"ratelimit", left.encode())]
                message["headers"] = [*message.get("headers", ()), *pairs]
            await send(message)

        try:
            if path in API and (scope["type"] == "websocket" or _has_token(scope)):
                await payer.pay_for_token_check()
            elif path not in FREE:
                await payer.pay(REQUEST_PRICE)
                if path not in API:
                    await payer.wait_turn()
            elif path != LIVENESS:
                # The queue alone: the budget does not matter here.
                await self.queue.wait_turn(payer.client)
            await self.app(scope, receive, send_with_limits)
        except RateLimited as error:
            refusal = rate_limit_error(error)
            if scope["type"] == "websocket":
                response: Response = error_response(refusal.status_code, refusal.detail, refusal.headers)
            else:
                response = await self.refuse(Request(scope, receive), refusal)
            await response(scope, receive, send_with_limits)


def _has_token(scope: Scope) -> bool:
    return any(name == b"authorization" for name, _ in scope["headers"])
