"""Who pays for a request: the address that it comes from, or the token that it shows."""

from collections.abc import Awaitable, Callable, Iterable
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from api import clients
from api.budget import PIECE, REFUSED, REQUEST, Budget
from api.errors import error_response, too_much
from api.pages.assets import ASSETS
from api.rounds import Rounds
from schema.errors import RateLimited

# Whoever looks after the server must hear from it at all times, and a page that refuses somebody has a style.
ALIVE = "/healthz"
FREE = (ALIVE, "/readyz", *(asset.path for asset in ASSETS.values()))
# A client asks again and again.
key = lru_cache(maxsize=1_000)(clients.key)
# Where a token counts.
API = ("/graphql", "/graphql/stream")


class Account:
    """Of one request, or of one WebSocket."""

    def __init__(self, budget: Budget, rounds: Rounds, address: str) -> None:
        self.budget = budget
        self.rounds = rounds
        self.address = address
        self.client = address

    async def pay(self, price: int) -> None:
        """Before something is done. Raises RateLimited."""
        await self._take(self.client, price)

    async def pay_for_query(self, price: int) -> None:
        """Before a query is executed that was read and weighed, which is worth something by itself."""
        if await self.budget.take(self.client, price):
            await self.charge(REFUSED)
            await self._take(self.client, price)

    async def pay_for_page(self, price: int) -> None:
        """Before a query of ours is executed. Nobody can make it take as much as it might: it takes a quarter."""
        await self._take(self.client, price // 4)

    async def charge(self, cost: int) -> None:
        """After something was done."""
        await self.budget.charge(self.client, cost)

    async def refused(self, errors: Iterable[object] | None = None, length: int = 0) -> None:
        """After something of this length was looked at in vain; for nothing where the budget was in the way."""
        if not any(isinstance(error, RateLimited) for error in errors or ()):
            await self.charge(REFUSED * (1 + length // PIECE))

    async def knock(self) -> None:
        """Before it is known whether a token is good. An address that others have used up keeps nobody's token out."""
        await self._take(f"door {self.address}", REQUEST)

    async def unknown(self) -> None:
        """After a token was none."""
        await self.budget.charge(f"door {self.address}", REFUSED)
        await self.refused()

    async def enter(self, token: int | None) -> None:
        """After it is known who knocked; None for nobody in particular."""
        if token is not None:
            self.client = f"token {token}"
        await self.pay(REQUEST)

    async def turn(self) -> None:
        """Before something is done that keeps the event loop. Raises RateLimited."""
        # Others of the same client may have used up its budget meanwhile.
        if await self.rounds.turn(self.client) and (wait := await self.budget.wait(self.client)):
            raise RateLimited(wait)

    async def _take(self, client: str, price: int) -> None:
        if wait := await self.budget.take(client, price):
            raise RateLimited(wait)


def account(connection: HTTPConnection) -> Account:
    found: Account = connection.state.account
    return found


class Accounts:
    """Opens the account of each request, and refuses what it does not hold enough for, here or further in."""

    def __init__(
        self, app: ASGIApp, budget: Budget, refuse: Callable[[Request, Exception], Awaitable[Response]]
    ) -> None:
        self.app = app
        self.budget = budget
        self.rounds = Rounds()
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        opened = Account(self.budget, self.rounds, key((scope.get("client") or (None,))[0]))
        scope.setdefault("state", {})["account"] = opened

        async def send_told(message: Message) -> None:
            told = message["type"] == "http.response.start" and (path in API or message["status"] == 429)
            if told and self.budget.limits:
                left = await self.budget.left(opened.client)
                pairs = [(b"ratelimit-policy", self.budget.policy.encode()), (b"ratelimit", left.encode())]
                message["headers"] = [*message.get("headers", ()), *pairs]
            await send(message)

        try:
            if path in API and (scope["type"] == "websocket" or "authorization" in Headers(scope=scope)):
                await opened.knock()
            elif path not in FREE:
                await opened.pay(REQUEST)
                if path not in API:
                    await opened.turn()
            elif path != ALIVE:
                # Without a look at the budget.
                await self.rounds.turn(opened.client)
            await self.app(scope, receive, send_told)
        except RateLimited as error:
            refusal = too_much(error)
            if scope["type"] == "websocket":
                response: Response = error_response(refusal.status_code, refusal.detail, refusal.headers)
                await WebSocket(scope, receive, send).send_denial_response(response)
            else:
                response = await self.refuse(Request(scope, receive), refusal)
                await response(scope, receive, send_told)
