"""Errors of HTTP in the shape of errors of GraphQL, so that a client reads only one kind."""

from collections.abc import Mapping

import orjson
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.json_types import JsonObject
from db import failures
from schema.errors import INTERNAL_MESSAGE, UNAVAILABLE_MESSAGE, RateLimited, log_unavailable

log = structlog.get_logger()
RETRY_AFTER = "Retry-After"
# For a fault of the service, in seconds.
RETRY_LATER = {RETRY_AFTER: "5"}
# For a client with too many connections, in seconds.
RETRY_SECONDS = 10
CODES = {
    401: "UNAUTHENTICATED",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    406: "NOT_ACCEPTABLE",
    408: "REQUEST_TIMEOUT",
    412: "REVISION_NOT_REACHED",
    413: "BODY_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    429: "RATE_LIMITED",
    500: "INTERNAL_SERVER_ERROR",
    503: "UNAVAILABLE",
}


class JSONResponse(Response):
    media_type = "application/json"

    def render(self, content: object) -> bytes:
        return orjson.dumps(content)


def error_body(code: str, message: str, **extensions: object) -> JsonObject:
    return {"errors": [{"message": message, "extensions": {"code": code, **extensions}}]}


def error_response(status: int, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    # The delay stands in the body too, for clients that do not see the headers.
    extensions = {"retryAfter": int(headers[RETRY_AFTER])} if status == 429 and headers else {}
    body = error_body(CODES.get(status, "BAD_REQUEST"), message, **extensions)
    return JSONResponse(body, status_code=status, headers=dict(headers or {}))


async def http_error_response(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    # Starlette's default detail "Not Found" does not say what was not found.
    message = f"There is nothing at {request.url.path}." if error.detail == "Not Found" else error.detail
    return error_response(error.status_code, message, error.headers)


def rate_limit_error(error: RateLimited) -> HTTPException:
    """The answer to a client that is over its budget."""
    return HTTPException(429, error.message, {RETRY_AFTER: str(error.retry_after)})


def to_http_error(error: Exception) -> HTTPException:
    """The answer in place of an unexpected error, which is logged: in full, or in one line if the database is away."""
    if failures.is_timeout(error) or failures.is_unavailable(error):
        log_unavailable(error)
        return HTTPException(503, UNAVAILABLE_MESSAGE, RETRY_LATER)
    log.error("unexpected_error", exc_info=error)
    return HTTPException(500, INTERNAL_MESSAGE)
