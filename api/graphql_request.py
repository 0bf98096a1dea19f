"""Requests by the GraphQL over HTTP specification: the body or parameters, and the media types that they accept."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson
from cross_web import AsyncHTTPRequestAdapter
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from strawberry.http import GraphQLRequestData
from strawberry.http.parse_content_type import parse_content_type

from api.headers import LONGEST, parse_accept
from api.query_store import QueryStore

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
BYTE_ORDER_MARK = "\ufeff"
# A client may name the coding of a body that has none.
NO_CODING = ("", "identity")
# The header by which a client asks for the cost of its query.
COST = "Sixty-One-Cost"
FIELDS = (("query", str), ("documentId", str), ("operationName", str), ("variables", dict), ("extensions", dict))


def parse_request(
    request: Request | AsyncHTTPRequestAdapter, body: bytes | str, store: QueryStore
) -> GraphQLRequestData:
    """Raises 400 and 415, or NoQuery for one that the store does not answer."""
    if request.method == "GET":
        data: Any = {name: text for name, text in request.query_params.items() if text}
        data |= {name: _parse_json_or_400(data[name]) for name in ("variables", "extensions") if name in data}
    else:
        _check_content_type(request.headers)
        data = _parse_json_or_400(body)
    if not isinstance(data, dict):
        raise HTTPException(400, "The body must be a JSON object; batches are not served.")
    for name, kind in FIELDS:
        if not isinstance(data.get(name), kind | None):
            raise HTTPException(400, f"`{name}` must be {'text' if kind is str else 'an object'}.")
    return GraphQLRequestData(
        query=store.text(data),
        variables=data.get("variables"),
        operation_name=data.get("operationName") or None,
        extensions=data.get("extensions"),
    )


def parse_json(data: str | bytes) -> Any:
    """A byte order mark, which some programs write first, is ignored (RFC 8259, 8.1)."""
    if isinstance(data, str):
        return orjson.loads(data.removeprefix(BYTE_ORDER_MARK))
    # JSON begins with a character of ASCII: in wider encodings one of its first two bytes is zero.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        raise HTTPException(415, "The body is in UTF-16 or UTF-32: send it in UTF-8.")
    return orjson.loads(data.removeprefix(BYTE_ORDER_MARK.encode()))


def brings_hash(request: Request, body: bytes) -> bool:
    """Whether a text may come with its hash, which then has to be read, however often it was answered."""
    if request.method == "GET":
        return "query" in request.query_params and "extensions" in request.query_params
    return b'"persistedQuery"' in body and b'"query"' in body


def asks_for_cost(connection: HTTPConnection) -> bool:
    """Whether the answer says what it has cost, so that it is no answer to another request."""
    return connection.headers.get(COST) == "1"


# Clients send the same few headers again and again.
@lru_cache(maxsize=64)
def _response_type(accept: str) -> str | None:
    weights = parse_accept(accept)
    anything = max(weights.get("*/*", 0.0), weights.get("application/*", 0.0))
    response, json = weights.get(GRAPHQL_RESPONSE, anything), weights.get(JSON, anything)
    if not response and not json:
        return None
    return GRAPHQL_RESPONSE if response > json or (response == json and GRAPHQL_RESPONSE in weights) else JSON


def response_type(accept: str | None) -> str:
    """The better of the two media types that the Accept header allows; plain JSON if it prefers none. Raises 406."""
    # The cache keeps no more of a header than is read.
    media_type = _response_type((accept or "*/*")[:LONGEST])
    if media_type is None:
        raise HTTPException(406, f"An answer is {GRAPHQL_RESPONSE} or {JSON}; `Accept` allows neither.")
    return media_type


def _is_json(content_type: str) -> bool:
    kind, parameters = parse_content_type(content_type)
    return kind.lower() == JSON and parameters.get("charset", "utf-8").lower() in ("utf-8", "utf8")


def _parse_json_or_400(data: str | bytes) -> Any:
    try:
        return parse_json(data)
    except orjson.JSONDecodeError:
        raise HTTPException(400, "The body, or a parameter that should be, is not JSON.") from None


def _check_content_type(headers: Mapping[str, str]) -> None:
    """Raises 415 for a body that is not JSON in UTF-8 without a coding."""
    content_type = headers.get("content-type") or ""
    if content_type != JSON and not _is_json(content_type):
        raise HTTPException(415, f"Send the body as {JSON}, in UTF-8.")
    if headers.get("content-encoding", "").strip().lower() not in NO_CODING:
        raise HTTPException(415, "Send the body without a `Content-Encoding`.", {"Accept-Encoding": "identity"})
