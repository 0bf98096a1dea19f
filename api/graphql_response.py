"""How an answer of GraphQL goes out over HTTP: its status, and its media type."""

from collections.abc import Iterable
from typing import Any

import orjson
from starlette.responses import Response

from api.errors import RETRY_LATER
from api.graphql_request import JSON, response_type
from api.json_types import JsonObject
from schema.errors import NoQuery, PersistedQueryNotFound


class GraphQLResponse(Response):
    """`is_cacheable` if it holds no error; `lasts` if besides it is pinned on both clocks."""

    is_cacheable = False
    lasts = False

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


def respond(body: JsonObject) -> GraphQLResponse:
    errors = body.get("errors", ())
    status = 200 if "data" in body else 503 if is_unavailable(errors) else 400
    response = GraphQLResponse(body, status, headers=RETRY_LATER if is_unavailable(errors) else None)
    response.is_cacheable = not errors
    return response


def refuse(error: NoQuery) -> GraphQLResponse:
    """Of a query that the store does not answer. Clients send a text with its hash only after a status of 200."""
    status = 200 if isinstance(error, PersistedQueryNotFound) else 400
    return GraphQLResponse({"errors": [error.formatted]}, status)


def set_media_type(response: Response, accept: str | None) -> None:
    media_type = response_type(accept)
    response.headers["content-type"] = f"{media_type}; charset=utf-8"
    # Clients that know only plain JSON read the errors in the body, and fail on any status but 200.
    if media_type == JSON and response.status_code == 400:
        response.status_code = 200


def is_unavailable(errors: Iterable[JsonObject]) -> bool:
    return any(error["extensions"]["code"] == "UNAVAILABLE" for error in errors)
