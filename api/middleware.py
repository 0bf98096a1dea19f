"""Small middleware: for the path that the site is below, the lines of a header, and what one client may send."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.client_address import Network, client_key, is_trusted
from api.errors import RETRY_SECONDS, JSONResponse, error_body, error_response
from api.headers import header


class BasePath:
    """Removes the path that the site is below from each address, if the proxy in front has left it there."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self.app = app
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.base and scope["type"] != "lifespan" and f"{scope['path']}/".startswith(f"{self.base}/"):
            raw = scope.get("raw_path", b"").removeprefix(self.base.encode())
            scope = {**scope, "path": scope["path"].removeprefix(self.base) or "/", "raw_path": raw or b"/"}
        await self.app(scope, receive, send)


class JoinHeaders:
    """Joins the lines of one header with commas, as RFC 9110, 5.3, allows, so that all of it is read.

    Two lines of a header that is no list become a value that is not valid, and not one of the two.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: list[tuple[bytes, bytes]] = scope.get("headers", [])
        if len({name for name, _ in headers}) < len(headers):
            lines: dict[bytes, list[bytes]] = {}
            for name, value in headers:
                lines.setdefault(name, []).append(value)
            scope = {**scope, "headers": [(name, b", ".join(filter(None, values))) for name, values in lines.items()]}
        await self.app(scope, receive, send)


class OpenRequests:
    """How many requests each client has open. Behind a proxy, connections do not tell which client they belong to."""

    def __init__(self, most: int, proxies: Sequence[Network]) -> None:
        self.most = most
        self.proxies = proxies
        self.open: Counter[str] = Counter()
        self.client = lru_cache(maxsize=1_000)(self._client)

    def begin(self, host: str | None) -> bool:
        """Counts one more, to be ended; or returns False if the client has the most that it may have."""
        client = self.client(host)
        if client is None:
            return True
        if self.open[client] >= self.most:
            return False
        self.open[client] += 1
        return True

    def end(self, host: str | None) -> None:
        client = self.client(host)
        if client is None:
            return
        self.open[client] -= 1
        if not self.open[client]:
            del self.open[client]

    def _client(self, host: str | None) -> str | None:
        """None for a trusted proxy, whose own requests are not counted."""
        return None if is_trusted(host, self.proxies) else client_key(host)


class ConnectionLimit:
    """Refuses a request of a client that has too many open."""

    def __init__(self, app: ASGIApp, requests: OpenRequests) -> None:
        self.app = app
        self.requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        host = (scope.get("client") or (None,))[0]
        if not self.requests.begin(host):
            body = error_body(
                "TOO_MANY_CONNECTIONS", f"There may be {self.requests.most} connections from your address."
            )
            await JSONResponse(body, 429, {"retry-after": str(RETRY_SECONDS)})(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self.requests.end(host)


class BodyLimit:
    """Refuses a body that is too large: by its Content-Length at once, else as soon as the limit is passed."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        """`limit` in bytes."""
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        message = f"A request body may have {self.limit} bytes."
        length = header(scope, b"content-length") or "0"
        if not length.isdecimal() or int(length) > self.limit:
            await error_response(413, message)(scope, receive, send)
            return
        read = 0

        async def receive_within_limit() -> Message:
            nonlocal read
            event = await receive()
            read += len(event.get("body", b""))
            if read > self.limit:
                raise HTTPException(413, message)
            return event

        await self.app(scope, receive_within_limit, send)
