"""Subscriptions as server-sent events."""

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import replace

import orjson
from cross_web import AsyncHTTPRequestAdapter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.http.streaming import JSONEncoder, SSETransport
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL
from strawberry.types import ExecutionResult

from api.errors import error_body
from api.graphql import Endpoint
from api.headers import parse_accept
from api.request_log import log_entry
from api.response_cache import ResponseCache
from api.sockets.http import FAREWELL
from db.clock import Clock
from schema.build import Schema
from schema.context import Context, StreamPosition
from schema.errors import CODES, PersistedQueryNotSupported

MEDIA_TYPE = "text/event-stream"


class Events(SSETransport):
    """With the cursor of a change as the id of its event: a browser sends the last one back when it connects again."""

    def encode_event(self, event: str, data: str | None = None) -> str:
        return super().encode_event(event, data).replace("\r\n", "\n")

    def encode_comment(self, comment: str) -> str:
        return super().encode_comment(comment).replace("\r\n", "\n")

    def encode_next(self, response: GraphQLHTTPResponse, encode_json: JSONEncoder) -> str:
        cursor = (response.pop("extensions", None) or {}).get("cursor")
        event = super().encode_next(response, encode_json)
        return f"id: {cursor}\n{event}" if cursor else event


class Stream(Endpoint):
    """Server-sent events at an address of their own.

    On the main one an Accept header that merely lists their media type would turn a query into a stream.
    """

    # Of a stream there is no head alone: it begins with what is followed.
    methods = ("GET", "POST")

    def __init__(self, schema: Schema, clock: Clock) -> None:
        super().__init__(schema, clock, ResponseCache(0))
        self.protocols = (GRAPHQL_SSE_PROTOCOL,)
        self.stream_transport_classes_by_protocol = {GRAPHQL_SSE_PROTOCOL: Events}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # What a client is told that does not take what is sent; by then there is no way to ask for it.
        told = orjson.dumps(error_body("SUBSCRIBER_TOO_SLOW", CODES["SUBSCRIBER_TOO_SLOW"])).decode()
        transport = Events()
        scope[FAREWELL] = (transport.encode_event("next", told) + transport.encode_complete()).encode()
        await super().__call__(scope, receive, send)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        context = await super().get_context(request, response)
        request.state.stream_position = StreamPosition(after=request.headers.get("last-event-id"))
        return replace(context, position=request.state.stream_position)

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        response = await super().process_result(request, result)
        return {**response, "extensions": result.extensions}

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        wanted = parse_accept(request.headers.get("accept") or "*/*")
        # The most specific one counts.
        if not wanted.get(MEDIA_TYPE, wanted.get("text/*", wanted.get("*/*"))):
            raise HTTPException(406, f"What is sent here is {MEDIA_TYPE}; `Accept` does not allow it.")
        data = self.request_data(request, await request.get_body())
        data.protocol = "sse"
        return data

    def unstored(self, error: PersistedQueryNotSupported) -> Response:
        events = self._stream_transport_map["sse"]
        assert isinstance(events, Events)
        told = events.encode_next({"errors": [error.formatted]}, self.encode_json_string)
        return Response(told + events.encode_complete(), headers=events.headers)

    async def create_streaming_response(
        self,
        request: Request,  # type: ignore[override]
        stream: Callable[[], AsyncGenerator[str, None]],  # type: ignore[override]
        sub_response: Response,
        headers: Mapping[str, str],
    ) -> Response:
        log_entry(request).is_long_lived = True

        async def uncut() -> AsyncGenerator[str, None]:
            complete = Events().encode_complete()
            async for event in stream():
                if not (request.state.stream_position.cut and event == complete):
                    yield event

        return StreamingResponse(uncut(), headers=dict(headers))
