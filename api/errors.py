"""Errors of HTTP in the shape of errors of GraphQL, so that a client reads only one kind."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from schema.errors import RateLimited

RETRY_AFTER = "Retry-After"
CODES = {
    401: "UNAUTHENTICATED",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    406: "NOT_ACCEPTABLE",
    408: "REQUEST_TIMEOUT",
    413: "BODY_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    429: "RATE_LIMITED",
    500: "INTERNAL_SERVER_ERROR",
    503: "UNAVAILABLE",
}


class JSON(Response):
    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


def error_body(code: str, message: str, **more: object) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code, **more}}]}


def error_response(status: int, message: str, headers: Mapping[str, str] | None = None) -> JSON:
    # Also in the body, as it is told where there are no headers.
    more = {"retryAfter": int(headers[RETRY_AFTER])} if status == 429 and headers else {}
    body = error_body(CODES.get(status, "BAD_REQUEST"), message, **more)
    return JSON(body, status_code=status, headers=dict(headers or {}))


def too_much(error: RateLimited) -> HTTPException:
    """What to answer to a client that is over its budget."""
    return HTTPException(429, error.message, {RETRY_AFTER: str(error.retry_after)})


async def on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    # The word of the framework itself tells nobody anything.
    message = f"There is nothing at {request.url.path}." if error.detail == "Not Found" else error.detail
    return error_response(error.status_code, message, error.headers)
