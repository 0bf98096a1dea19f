"""Answers a request as the same one was answered from the cache before: with that head and body, and no middleware.

All else that a request has is what the middleware gives it, by the same functions: its line in the log, its price, its
place among the open requests of its client, and its look at the revision. Anything unusual goes through the middleware.
"""

import asyncio
import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.budget import REQUEST_PRICE, Budget
from api.client_address import Network, forwarded
from api.middleware import OpenRequests
from api.rate_limit import cached_key
from api.request_log import Counters, LogEntry, bind_request_id, shorten
from api.response_cache import NOT_MODIFIED, CachedResponse, Head, RequestKey, ResponseCache
from api.revision import is_seen
from api.services import Services
from api.sockets.http import ARRIVED
from db.clock import Clock

METHODS = ("GET", "HEAD", "POST")
# The headers that an answer from the cache, or its head, depends on; and on whether there is an `Origin`.
READ = tuple(
    name.encode()
    for name in (
        "host",
        "accept",
        "accept-encoding",
        "content-type",
        "content-encoding",
        "content-length",
        "if-none-match",
        "if-modified-since",
        "sec-fetch-dest",
        "sixty-one-cost",
    )
)
# The headers of an answer that each request has anew.
REQUEST_ID, RATE_LIMIT = b"x-request-id", b"ratelimit"
# In the first second of a revision, `Last-Modified` is left out.
SETTLED = dt.timedelta(seconds=2)


@dataclass
class Replay:
    """The outermost middleware."""

    app: ASGIApp
    cache: ResponseCache
    clock: Clock
    budget: Budget
    proxies: Sequence[Network]
    requests: OpenRequests
    slow: int
    body_limit: int
    metrics: Counters | None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in METHODS:
            await self.app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        is_plain = len(headers) == len(scope["headers"]) and b"authorization" not in headers
        shared = scope.setdefault("state", {}).get("services")
        if not is_plain or shared is None or (scope["method"] != "POST" and _has_body(headers)):
            await self.app(scope, receive, send)
            return
        client, scheme = forwarded(scope, headers, self.proxies)
        host, body = client[0] if client else None, b""
        if scope["method"] == "POST":
            # The middleware refuses a body that is too large before it has come, and counts who sends one slowly.
            length = headers.get(b"content-length", b"")
            is_short = length.isdigit() and int(length) <= self.body_limit and b"expect" not in headers
            if not is_short or not self.requests.begin(host):
                await self.app(scope, receive, send)
                return
            try:
                message = await receive()
            finally:
                self.requests.end(host)
            receive = _again(message, receive)
            if message["type"] != "http.request" or message.get("more_body", False):
                await self.app(scope, receive, send)
                return
            body = message.get("body", b"")
        origin = b"origin" if b"origin" in headers else b""
        values = [headers.get(name, b"") for name in READ]
        key = ("head", scope["method"], scheme, scope["path"], scope["query_string"], body, origin, *values)
        head = self.cache.head(key)
        if head is None or not await self._send(head, shared, host, scope, headers, send):
            await self._record(key, scope, receive, send)

    async def _send(
        self, head: Head, shared: Services, host: str | None, scope: Scope, headers: dict[bytes, bytes], send: Send
    ) -> bool:
        """Sends the answer; or does nothing, and returns False, if the answer or the client's right to it has gone."""
        start = time.perf_counter()
        revision = headers.get(b"sixty-one-revision", b"").decode("latin-1")
        if revision and not is_seen(revision, shared.db.newest):
            return False
        if not self.requests.begin(host):
            return False
        try:
            try:
                version = await shared.state(scope.get(ARRIVED)), self.clock.today()
            except Exception:  # noqa: BLE001  (the middleware answers what the next look meets)
                return False
            cached, payer = self.cache.get(version, head.source), cached_key(host)
            left = None if cached is None else self.budget.take_here(payer, REQUEST_PRICE)
            if cached is None or left is None:
                return False
            request_id = bind_request_id(headers.get(REQUEST_ID, b"").decode("latin-1"))
            entry = LogEntry(
                host,
                self.slow,
                from_cache=True,
                metrics=self.metrics,
                method=scope["method"],
                path=head.path,
                agent=shorten(headers.get(b"user-agent", b"").decode("latin-1")),
                route=head.route,
            )
            body = head.body(cached)
            anew = {REQUEST_ID: request_id.encode(), RATE_LIMIT: left.encode()}
            lines = [(name, anew.get(name, value)) for name, value in head.headers]
            waited = time.perf_counter() - start
            try:
                await send({"type": "http.response.start", "status": head.status, "headers": lines})
                await send({"type": "http.response.body", "body": body})
            finally:
                end = partial(entry.end, head.status, len(body), seconds=time.perf_counter() - start, waited=waited)
                # The server writes to the socket before the loop comes to this.
                asyncio.get_running_loop().call_soon(end)
            return True
        finally:
            self.requests.end(host)

    async def _record(self, key: RequestKey, scope: Scope, receive: Receive, send: Send) -> None:
        """Has the application answer, and keeps the head of an answer from the cache."""
        status, headers, body = 0, list[tuple[bytes, bytes]](), b""

        async def send_and_note(message: Message) -> None:
            nonlocal status, headers, body
            if message["type"] == "http.response.start":
                status, headers = message["status"], list(message["headers"])
            else:
                body = message.get("body", b"")
            await send(message)

        await self.app(scope, receive, send_and_note)
        state = scope["state"]
        if "source" not in state or not self._is_settled():
            return
        source: RequestKey
        cached: CachedResponse
        source, cached = state["source"]
        if self.cache.entries.get(source) is not cached:
            return
        if status == NOT_MODIFIED and (b"etag", cached.etag.encode()) in headers:
            is_gzip = False
        elif status == 200 and (body is cached.body or body is cached.gzip_body):
            is_gzip = body is cached.gzip_body
        else:
            return
        entry: LogEntry = state["log_entry"]
        self.cache.store_head(key, Head(source, status, headers, is_gzip, entry.path, entry.route))

    def _is_settled(self) -> bool:
        state = self.cache.version and self.cache.version[0]
        return state is None or self.clock() >= state[1] + SETTLED


def _has_body(headers: dict[bytes, bytes]) -> bool:
    return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers


def _again(message: Message, receive: Receive) -> Receive:
    """Receives a message that was received before, and then what follows it."""
    messages = [message]

    async def receive_again() -> Message:
        return messages.pop() if messages else await receive()

    return receive_again
