"""One line in the log for each request: who sent it, what it cost, and how it ended. Never a secret."""

import random
import re
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import CODES, to_http_error
from api.headers import header
from api.json_types import JsonObject
from schema.meter import Meter
from schema.service import VERSION

log = structlog.get_logger()
# The content security policy of a response without one of its own.
DENY_ALL = "default-src 'none'; frame-ancestors 'none'"
# The headers of every response, and those of one that has no others of these names.
LINES = ((b"sixty-one-version", VERSION.encode()), (b"x-content-type-options", b"nosniff"))
DEFAULT_LINES = ((b"accept-ranges", b"none"), (b"content-security-policy", DENY_ALL.encode()))
# The longest text of a client that is logged, in characters.
LONGEST = 200
# A client may name a request itself, to find it again in its own logs and in ours.
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
# The headers of a response that a script on another page may read, beside those that it always may.
EXPOSED = (
    "x-request-id",
    "etag",
    "content-disposition",
    "link",
    "retry-after",
    "www-authenticate",
    "sixty-one-revision",
    "ratelimit",
    "ratelimit-policy",
    "sixty-one-version",
)
# The method in the line of a WebSocket.
WEBSOCKET = "WEBSOCKET"
# Responses made here do not pass CORSMiddleware.
CORS_HEADERS = {"access-control-allow-origin": "*", "access-control-expose-headers": ", ".join(EXPOSED)}
# What the log and the metrics say where there is no route or operation.
NONE = "none"


class Counters(Protocol):
    """What counts requests: the metrics, which are imported only where somebody reads them."""

    def count_operations(self, meters: Iterable[Meter], codes: Iterable[str]) -> None: ...

    def count_request(self, route: str, status: int, operation: str, seconds: float | None, *, cached: bool) -> None:
        """`seconds` is None where a request takes long by its nature."""


@dataclass
class LogEntry:
    """Filled in while the request is answered."""

    client: str | None = None
    # The wait from which a request is logged as slow, in milliseconds; 0 for never.
    slow: int = 0
    # The number of the token.
    token: int | None = None
    # One for each query.
    meters: list[Meter] = field(default_factory=list)
    from_cache: bool = False
    codes: list[str] = field(default_factory=list)
    # Whether it takes long by its nature: a stream, or a file.
    is_long_lived: bool = False
    # None where nobody watches.
    metrics: Counters | None = None
    method: str = ""
    path: str = ""
    agent: str = ""
    # The pattern of the path.
    route: str = NONE

    @property
    def kind(self) -> str:
        """That of the first operation."""
        return next((meter.kind for meter in self.meters if meter.kind), NONE)

    def add_meter(self, client: str) -> Meter:
        """A meter for one more query, paid for by this client."""
        self.meters.append(Meter(client=client))
        return self.meters[-1]

    def add_errors(self, errors: Iterable[JsonObject]) -> None:
        """Each code once: a stream may fail again and again."""
        codes = [error["extensions"]["code"] for error in errors]
        self.codes = list(dict.fromkeys([*self.codes, *codes]))

    def write(self, event: str, milliseconds: float, *, waited: float, **details: object) -> None:
        """Logs a line, and a warning if the client `waited` (in milliseconds) for long. Empty values are left out."""
        values: dict[str, object] = {"client": self.client, "token": self.token}
        if self.meters:
            values["operation"] = shorten(", ".join(meter.operation for meter in self.meters if meter.operation))
            values["price"] = sum(meter.price for meter in self.meters)
            values["cost"] = sum(meter.cost for meter in self.meters)
        values |= {"cached": self.from_cache, "codes": self.codes}
        fields = {name: value for name, value in values.items() if value}
        if self.metrics and (self.meters or self.codes):
            self.metrics.count_operations(self.meters, self.codes)
        if self.slow and waited > self.slow and not self.is_long_lived:
            log.warning(f"slow_{event}", **details, milliseconds=round(waited, 2), **fields)
        # Always the last line of a request.
        log.info(event, **details, milliseconds=round(milliseconds, 2), **fields)

    def end(self, status: int, sent: int, *, seconds: float, waited: float) -> None:
        """Logs and counts a request that is over; `sent` is in bytes, and `status` 0 where the client was gone."""
        if status >= 400 and not self.codes:
            self.codes.append(CODES.get(status, "BAD_REQUEST"))
        details = {"method": self.method, "path": self.path}
        if self.agent:
            details["agent"] = self.agent
        self.write("request", seconds * 1000, waited=waited * 1000, **details, status=status, bytes=sent)
        if self.metrics:
            is_brief = self.method != WEBSOCKET and not self.is_long_lived
            self.metrics.count_request(
                self.route,
                status,
                # Only queries are cached, and nobody parses them again.
                "query" if self.from_cache else self.kind,
                seconds if is_brief else None,
                cached=self.from_cache,
            )


def log_entry(connection: HTTPConnection) -> LogEntry:
    entry: LogEntry = connection.state.log_entry
    return entry


class RequestLog:
    """The outermost middleware: answers every error from further in, and logs it once with the id of the request."""

    def __init__(
        self,
        app: ASGIApp,
        slow: int,
        refuse: Callable[[Request, Exception], Awaitable[Response]],
        metrics: Counters | None = None,
    ) -> None:
        """`slow` is the wait in milliseconds from which a request is logged in a warning."""
        self.app = app
        self.metrics = metrics
        self.slow = slow
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        request_id = bind_request_id(header(scope, b"x-request-id"))
        entry = LogEntry(
            (scope.get("client") or (None,))[0],
            self.slow,
            metrics=self.metrics,
            method=scope.get("method", WEBSOCKET),
            path=shorten(scope["path"]),
            agent=shorten(header(scope, b"user-agent")),
        )
        scope.setdefault("state", {})["log_entry"] = entry
        status = sent = 0
        start = time.perf_counter()
        waited = 0.0

        async def send_with_headers(message: Message) -> None:
            nonlocal status, sent, waited
            waited = waited or time.perf_counter() - start
            sent += len(message.get("body") or message.get("bytes") or message.get("text") or "")
            if message["type"] in ("websocket.accept", "websocket.close"):
                status = 101 if message["type"] == "websocket.accept" else status or 403
            if message["type"] == "websocket.http.response.start":
                status = message["status"]
            if message["type"] == "http.response.start":
                status = message["status"]
                lines = [*message.get("headers", ()), (b"x-request-id", request_id.encode()), *LINES]
                names = {name for name, _ in lines}
                message["headers"] = lines + [line for line in DEFAULT_LINES if line[0] not in names]
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except ClientDisconnect:
            # The client is gone: a status of 0 says so in the log.
            pass
        except Exception as error:  # noqa: BLE001  (`to_http_error` logs it)
            refusal = to_http_error(error)
            if not status and scope["type"] == "http":
                refusal.headers = {**CORS_HEADERS, **(refusal.headers or {})}
                response = await self.refuse(Request(scope), refusal)
                await response(scope, receive, send_with_headers)
        finally:
            if route := scope.get("route"):
                entry.route = route.path
            entry.end(status, sent, seconds=time.perf_counter() - start, waited=waited)


def shorten(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def bind_request_id(client_id: str) -> str:
    """The id of the request, which every line about it has: the client's own if it is well formed, else a new one."""
    own_id = f"{random.getrandbits(128):032x}"
    structlog.contextvars.clear_contextvars()
    if not REQUEST_ID.fullmatch(client_id):
        structlog.contextvars.bind_contextvars(request_id=own_id)
        return own_id
    # Two clients may choose the same id; `own_id` is unique.
    structlog.contextvars.bind_contextvars(request_id=client_id, own_id=own_id)
    return client_id
