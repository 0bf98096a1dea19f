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
from api.graphql_request import parse_request
from api.headers import parse_accept
from api.query_store import QueryStore
from api.request_log import log_entry
from api.response_cache import ResponseCache
from api.services import services
from api.sockets.http import FAREWELL
from db.clock import Clock
from db.tokens import Principal
from schema.answers import Events
from schema.build import Schema
from schema.context import Context, StreamPosition
from schema.errors import CODES, NoQuery

MEDIA_TYPE = "text/event-stream"


class EventTransport(SSETransport):
    """The id of an event is the cursor of its change: a browser sends the last one back when it connects again."""

    def encode_event(self, event: str, data: str | None = None) -> str:
        return super().encode_event(event, data).replace("\r\n", "\n")

    def encode_comment(self, comment: str) -> str:
        return super().encode_comment(comment).replace("\r\n", "\n")

    def encode_next(self, response: GraphQLHTTPResponse, encode_json: JSONEncoder) -> str:
        if isinstance(response, Events):
            return "".join(
                f"id: {answer.cursor}\n{self.encode_event('next', answer.json(extensions).decode())}"
                for answer, extensions in response.answers
            )
        extensions = dict(response.get("extensions") or {})
        cursor = extensions.pop("cursor", None)
        response.pop("extensions", None)
        if extensions:
            response["extensions"] = extensions
        event = super().encode_next(response, encode_json)
        return f"id: {cursor}\n{event}" if cursor else event


TRANSPORT = EventTransport()
COMPLETE = TRANSPORT.encode_complete()


class SSEEndpoint(Endpoint):
    """Server-sent events have an address of their own.

    On the main one, an Accept header that merely lists their media type would turn a query into a stream.
    """

    # Without HEAD: the headers of a stream depend on the subscription.
    methods = ("GET", "POST")

    def __init__(self, schema: Schema, clock: Clock, store: QueryStore) -> None:
        super().__init__(schema, clock, ResponseCache(0), store)
        self.protocols = (GRAPHQL_SSE_PROTOCOL,)
        self.stream_transport_classes_by_protocol = {GRAPHQL_SSE_PROTOCOL: EventTransport}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Sent by the server to a client that does not read.
        error = orjson.dumps(error_body("SUBSCRIBER_TOO_SLOW", CODES["SUBSCRIBER_TOO_SLOW"])).decode()
        scope[FAREWELL] = (TRANSPORT.encode_event("next", error) + COMPLETE).encode()
        await super().__call__(scope, receive, send)

    def is_public(self, principal: Principal | None) -> bool:
        # Each event is of a revision of its own.
        return False

    def build_context(self, request: Request | WebSocket, principal: Principal | None) -> Context:
        position = StreamPosition(after=request.headers.get("last-event-id"))
        return replace(super().build_context(request, principal), position=position)

    async def answer(self, request: Request, context: Context) -> Response:
        return await self.run(request, context)

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        weights = parse_accept(request.headers.get("accept") or "*/*")
        # The most specific range counts.
        if not weights.get(MEDIA_TYPE, weights.get("text/*", weights.get("*/*"))):
            raise HTTPException(406, f"What is sent here is {MEDIA_TYPE}; `Accept` does not allow it.")
        data = parse_request(request, await request.get_body(), self.store)
        data.protocol = "sse"
        return data

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        # Encoded by `EventTransport`.
        if isinstance(result, Events):
            return result  # type: ignore[return-value]
        return await super().process_result(request, result)

    def refuse(self, error: NoQuery) -> Response:
        event = TRANSPORT.encode_next({"errors": [error.formatted]}, self.encode_json_string)
        return Response(event + COMPLETE, headers=TRANSPORT.headers)

    async def create_streaming_response(
        self,
        request: Request,  # type: ignore[override]
        stream: Callable[[], AsyncGenerator[str, None]],  # type: ignore[override]
        sub_response: Response,
        headers: Mapping[str, str],
    ) -> Response:
        log_entry(request).is_long_lived = True

        async def events() -> AsyncGenerator[str, None]:
            async for event in stream():
                # When the server stops, a client that took the stream for complete would not connect again.
                if event != COMPLETE or not services(request).live_log.closed:
                    yield event

        return StreamingResponse(events(), headers=dict(headers))
