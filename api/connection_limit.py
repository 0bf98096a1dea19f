"""How many requests one client may have open at once."""

from collections import Counter
from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from api.client_address import Network, client_key, is_trusted
from api.errors import JSONResponse, error_body

RETRY_SECONDS = 10


class ConnectionLimit:
    """Behind a proxy, the connections themselves do not tell which client they belong to."""

    def __init__(self, app: ASGIApp, most: int, proxies: Sequence[Network]) -> None:
        self.app = app
        self.most = most
        self.proxies = proxies
        self.open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = (scope.get("client") or (None,))[0]
        if scope["type"] == "lifespan" or is_trusted(host, self.proxies):
            await self.app(scope, receive, send)
            return
        client = client_key(host)
        if self.open[client] >= self.most:
            await self._refuse(scope, receive, send)
            return
        self.open[client] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.open[client] -= 1
            if not self.open[client]:
                del self.open[client]

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = error_body("TOO_MANY_CONNECTIONS", f"There may be {self.most} connections from your address.")
        response = JSONResponse(body, 429, {"retry-after": str(RETRY_SECONDS)})
        if scope["type"] == "websocket":
            await WebSocket(scope, receive, send).send_denial_response(response)
        else:
            await response(scope, receive, send)
