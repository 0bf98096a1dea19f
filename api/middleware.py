"""What happens to every request: it gets an id and a line in the log, and its body is bounded."""

import re
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import asked, opened
from api.errors import CODES, error_response
from api.failures import failure
from api.policy import NOTHING

log = structlog.get_logger()
# A caller may name a request itself, to find it again in its own logs and in ours.
NAME = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
# What a script on another page may read of an answer, beside what it always may.
EXPOSED = (
    "x-request-id",
    "etag",
    "content-disposition",
    "link",
    "retry-after",
    "www-authenticate",
    "ratelimit",
    "ratelimit-policy",
)
# An error that came this far out has passed by the middleware that lets any page read an answer.
PUBLIC = {"access-control-allow-origin": "*", "access-control-expose-headers": ", ".join(EXPOSED)}


class RequestLog:
    """Outermost: whatever goes wrong further in is answered, and logged once with the id of the request."""

    def __init__(self, app: ASGIApp, slow: int, refuse: Callable[[Request, Exception], Awaitable[Response]]) -> None:
        """`slow` in milliseconds: whoever waits longer is told of in a warning."""
        self.app = app
        self.slow = slow
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        given, own_id = Headers(scope=scope).get("x-request-id", ""), uuid.uuid4().hex
        request_id = given if NAME.fullmatch(given) else own_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        if request_id != own_id:
            # Nobody else can have the same.
            structlog.contextvars.bind_contextvars(own_id=own_id)
        status = sent = 0
        start = time.perf_counter()
        waited = 0.0
        access = opened(scope, self.slow)

        async def send_named(message: Message) -> None:
            nonlocal status, sent, waited
            waited = waited or time.perf_counter() - start
            sent += len(message.get("body") or message.get("bytes") or message.get("text") or "")
            if message["type"] in ("websocket.accept", "websocket.close"):
                status = 101 if message["type"] == "websocket.accept" else status or 403
            if message["type"] == "websocket.http.response.start":
                status = message["status"]
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                headers["x-content-type-options"] = "nosniff"
                headers["accept-ranges"] = "none"
                headers.setdefault("content-security-policy", NOTHING)
            await send(message)

        try:
            await self.app(scope, receive, send_named)
        except ClientDisconnect:
            # Nobody is left to answer. The line below tells of it by a status of 0.
            pass
        except Exception as error:  # noqa: BLE001  (it is logged by `failure`)
            told = failure(error)
            if not status and scope["type"] == "http":
                headers = {**PUBLIC, **(told.headers or {})}
                response = await self.refuse(Request(scope), HTTPException(told.status_code, told.detail, headers))
                await response(scope, receive, send_named)
        finally:
            if status >= 400 and not access.codes:
                access.codes.append(CODES.get(status, "BAD_REQUEST"))
            milliseconds = (time.perf_counter() - start) * 1000
            access.tell("request", milliseconds, waited=waited * 1000, **asked(scope), status=status, bytes=sent)


class BodyLimit:
    """Refuses a body that is too large: by its stated length at once, else as soon as it has been passed."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        stated = Headers(scope=scope).get("content-length", "0")
        if not stated.isdecimal() or int(stated) > self.limit:
            await error_response(413, self.message())(scope, receive, send)
            return
        read = 0

        async def receive_bounded() -> Message:
            nonlocal read
            message: dict[str, Any] = dict(await receive())
            read += len(message.get("body", b""))
            if read > self.limit:
                raise HTTPException(413, self.message())
            return message

        await self.app(scope, receive_bounded, send)

    def message(self) -> str:
        return f"A request body may have {self.limit} bytes."
