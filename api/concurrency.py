"""How much one client may have under way at once."""

from collections import Counter
from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from api.clients import Network, key, trusts
from api.errors import JSON, error_body

# In seconds: when something of it may be over.
RETRY = 10


class Concurrency:
    """Bounds what each client has open: behind a proxy, connections do not tell whose they are."""

    def __init__(self, app: ASGIApp, most: int, proxies: Sequence[Network]) -> None:
        self.app = app
        self.most = most
        self.proxies = proxies
        self.under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = (scope.get("client") or (None,))[0]
        if scope["type"] == "lifespan" or trusts(self.proxies, host):
            await self.app(scope, receive, send)
            return
        client = key(host)
        if self.under_way[client] >= self.most:
            await self._refuse(scope, receive, send)
            return
        self.under_way[client] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.under_way[client] -= 1
            if not self.under_way[client]:
                del self.under_way[client]

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = error_body("TOO_MANY_CONNECTIONS", f"There may be {self.most} connections from your address.")
        response = JSON(body, 429, {"retry-after": str(RETRY)})
        if scope["type"] == "websocket":
            await WebSocket(scope, receive, send).send_denial_response(response)
        else:
            await response(scope, receive, send)
