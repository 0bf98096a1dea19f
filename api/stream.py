"""Subscriptions as server-sent events."""

import datetime as dt
from collections.abc import AsyncGenerator, Callable, Mapping

import orjson
from cross_web import AsyncHTTPRequestAdapter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send
from strawberry.http import GraphQLRequestData
from strawberry.http.streaming import SSETransport
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL

from api.answers import Answers
from api.errors import error_body
from api.graphql import Endpoint
from api.server import FAREWELL
from schema.build import Schema
from schema.errors import CODES

EVENTS = "text/event-stream"


class Stream(Endpoint):
    """Server-sent events at an address of their own.

    On the main one an Accept header that merely lists their media type would turn a query into a stream.
    """

    def __init__(self, schema: Schema, clock: Callable[[], dt.datetime]) -> None:
        super().__init__(schema, clock, Answers(0))
        self.protocols = (GRAPHQL_SSE_PROTOCOL,)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # What a client is told that does not take what is sent; by then there is no way to ask for it.
        told = orjson.dumps(error_body("SUBSCRIBER_TOO_SLOW", CODES["SUBSCRIBER_TOO_SLOW"])).decode()
        transport = SSETransport()
        scope[FAREWELL] = (transport.encode_event("next", told) + transport.encode_complete()).encode()
        await super().__call__(scope, receive, send)

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        accepted = [part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "*/*").split(",")]
        if not {EVENTS, "text/*", "*/*"} & set(accepted):
            raise HTTPException(406, f"What is sent here is {EVENTS}; `Accept` does not allow it.")
        data = self.request_data(request, await request.get_body())
        data.protocol = "sse"
        return data

    async def create_streaming_response(
        self,
        request: Request,  # type: ignore[override]
        stream: Callable[[], AsyncGenerator[str, None]],  # type: ignore[override]
        sub_response: Response,
        headers: Mapping[str, str],
    ) -> Response:
        return StreamingResponse(stream(), headers=dict(headers))
