"""GraphQL over HTTP, to the letter of its specification: media types, status codes, and queries alone by GET."""

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
from cross_web import AsyncHTTPRequestAdapter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import MissingQueryError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from api import auth, csp, json_body
from api.errors import RETRY_LATER, http_error_response
from api.headers import accepts_html, parse_accept
from api.rate_limit import client_budget
from api.request_log import log_entry
from api.response_cache import ResponseCache, current_version, request_key
from api.services import services
from api.websocket import Adapter, Handler
from db.clock import Clock
from schema.build import Schema
from schema.context import Context
from schema.errors import OperationUnclear, PersistedQueryNotSupported, RateLimited, Unauthenticated, published

GRAPHIQL = (Path(__file__).parent / "static" / "graphiql.html").read_text(encoding="utf-8")
# The files of GraphiQL and nothing else from where they are fetched: each stands in the page with its digest.
STYLES, SCRIPTS = (
    " ".join(f"https://unpkg.com/{path}" for path in re.findall(rf'"(\S+\.{suffix})": "sha384-', GRAPHIQL))
    for suffix in ("css", "js")
)
# Its own script by its digest. GraphiQL styles its elements one by one.
GRAPHIQL_POLICY = (
    f"default-src 'none'; script-src {' '.join(csp.inline_hashes(GRAPHIQL, 'script'))} {SCRIPTS};"
    f" style-src 'unsafe-inline' {STYLES}; img-src data:; font-src data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
RESPONSE = "application/graphql-response+json"
LEGACY = json_body.JSON
# What an answer by GET depends on.
VARY = "Accept, Authorization"


class GraphQLResponse(Response):
    """`is_cacheable` if it holds no error."""

    is_cacheable = False


class Endpoint(GraphQL[Context, None]):
    """Strawberry's own view, with the parts of the specification that it leaves open."""

    websocket_adapter_class = Adapter
    graphql_transport_ws_handler_class = Handler
    connection_init_wait_timeout = dt.timedelta(seconds=10)
    methods: tuple[str, ...] = ("GET", "HEAD", "POST")

    def __init__(self, schema: Schema, clock: Clock, cache: ResponseCache) -> None:
        # Any page may connect: it has no rights but those of the token that it sends.
        super().__init__(schema, subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,), allowed_origins=("*",))
        self.clock = clock
        self.cache = cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        if scope["method"] == "HEAD" and "HEAD" in self.methods:
            # The server leaves the body out.
            scope = {**scope, "method": "GET"}
        request = Request(scope, receive)
        try:
            response = await self.response(request)
        except HTTPException as error:
            # To people, too: what is asked here is asked by a program.
            response = await http_error_response(request, error)
        if request.method == "GET":
            response.headers.setdefault("cache-control", "no-cache")
            response.headers["vary"] = VARY
        await response(scope, receive, send)

    async def response(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": ", ".join((*self.methods, "OPTIONS"))})
        if request.method not in self.methods:
            raise HTTPException(405, "Use GET for queries, or POST.", {"Allow": ", ".join(self.methods)})
        public = await self.public(request)
        # Nothing is waited for between the turn and the work that it is for.
        await request.body()
        await client_budget(request).wait_turn()
        return await (self.answered(request) if public else self.run(request))

    async def public(self, request: Request) -> bool:
        """Whether this may be answered as it was for others. Finds out who is asking, and refuses a bad token."""
        try:
            secret = auth.parse_bearer(request.headers.get("authorization", ""))
            viewer = request.state.viewer = await auth.authenticate(services(request).db, secret, self.clock())
        except Unauthenticated as error:
            await client_budget(request).charge_bad_token()
            raise HTTPException(401, error.message, auth.CHALLENGE) from None
        log_entry(request).token = viewer.number if viewer else None
        if "authorization" in request.headers:
            await client_budget(request).identify(viewer.number if viewer else None)
        is_question = request.method == "POST" or "query" in request.query_params
        return is_question and self.cache.max_bytes > 0 and request.state.viewer is None

    async def answered(self, request: Request) -> Response:
        """The answer that was given to the same question before, or a new one."""
        key, clock = await request_key(request), self.clock
        if key in self.cache.responses and (cached := self.cache.get(await current_version(request, clock), key)):
            log_entry(request).from_cache = True
            return cached.response(request)
        before = self.cache.version
        response: Response = await self.run(request)
        if not (isinstance(response, GraphQLResponse) and response.is_cacheable):
            return response
        return self.cache.store(before, await current_version(request, clock), key, response).response(request)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        shared, payer = services(request), client_budget(request)
        # A WebSocket authenticates with its first message.
        viewer = getattr(request.state, "viewer", None)
        meter = log_entry(request).add_meter(payer.client)
        return Context(shared.db, shared.live_log, self.clock, viewer, pay=payer.pay_for_query, meter=meter)

    def should_render_graphql_ide(self, request: Any) -> bool:
        asks = request.method != "GET" or {"query", "extensions"} & request.query_params.keys()
        return not asks and accepts_html(request.headers.get("accept", ""))

    async def render_graphql_ide(self, request: Request) -> Response:
        return HTMLResponse(GRAPHIQL, headers={"content-security-policy": GRAPHIQL_POLICY})

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        _media_type(request.headers.get("accept"))
        return self.request_data(request, await request.get_body())

    def request_data(self, request: AsyncHTTPRequestAdapter, body: bytes | str) -> GraphQLRequestData:
        if request.method == "GET":
            data: Any = self.parse_query_params({name: text for name, text in request.query_params.items() if text})
        else:
            json_body.check_content_type(request.headers)
            data = self.parse_json(body)
        if not isinstance(data, dict):
            raise HTTPException(400, "The body must be a JSON object; batches are not served.")
        for name, kinds in (("query", str), ("operationName", str), ("variables", dict), ("extensions", dict)):
            if not isinstance(data.get(name), kinds | None):
                raise HTTPException(400, f"`{name}` must be {'text' if kinds is str else 'an object'}.")
        json_body.refuse_persisted_query(data)
        return GraphQLRequestData(
            query=data.get("query"),
            variables=data.get("variables"),
            operation_name=data.get("operationName") or None,
            extensions=data.get("extensions"),
        )

    def decode_json(self, data: str | bytes) -> object:
        return json_body.parse_json(data)

    def parse_json(self, data: str | bytes) -> Any:
        try:
            return self.decode_json(data)
        except orjson.JSONDecodeError:
            raise HTTPException(400, "The body, or a parameter that should be, is not JSON.") from None

    async def execute_single(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        sub_response: Response,
        context: Context,
        root_value: None,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        try:
            result = await self.schema.execute(
                request_data.query,
                variable_values=request_data.variables,
                context_value=context,
                operation_name=request_data.operation_name,
                allowed_operation_types=OperationType.from_http(request_adapter.method) - {OperationType.SUBSCRIPTION},
            )
        except MissingQueryError:
            raise HTTPException(400, "There is no `query`.") from None
        except CannotGetOperationTypeError:
            return PreExecutionError(data=None, errors=[OperationUnclear()])
        except InvalidOperationTypeError as error:
            if error.operation_type is OperationType.SUBSCRIPTION:
                raise HTTPException(400, "Subscribe over a WebSocket here, or at /graphql/stream.") from None
            message = f"A {error.operation_type.value} cannot be asked by {request_adapter.method}."
            raise HTTPException(405, message, {"Allow": "POST"}) from None
        if limited := [error for error in result.errors or () if isinstance(error, RateLimited)]:
            raise limited[0]
        return result

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        if not result.errors:
            return {"data": result.data}
        refused = isinstance(result, PreExecutionError)
        if refused:
            length = len(await request.body()) or len(request.scope["query_string"])
            await client_budget(request).charge_refusal(result.errors, length)
        errors: list[Any] = [published(error, executing=not refused).formatted for error in result.errors]
        log_entry(request).add_errors(errors)
        # A request that was refused, or whose variables did not fit, was not executed: it has no `data`, not even null.
        if refused or (result.data is None and not any(error.path for error in result.errors)):
            return {"errors": errors}
        # Nothing at all could be asked of the database, which is no answer to the query.
        if _away(errors) and not any(value is not None for value in (result.data or {}).values()):
            return {"errors": errors}
        return {"errors": errors, "data": result.data}

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)

    def create_response(self, response_data: Any, sub_response: Response) -> Response:
        errors = response_data.get("errors", ())
        status = 200 if "data" in response_data else 503 if _away(errors) else 400
        headers = RETRY_LATER if _away(errors) else None
        response = GraphQLResponse(self.encode_json(response_data), status_code=status, headers=headers)
        response.is_cacheable = not errors
        return response

    def unstored(self, error: PersistedQueryNotSupported) -> Response:
        """Clients ask again only where the status is 200."""
        return GraphQLResponse(self.encode_json({"errors": [error.formatted]}))

    async def run(self, request: Any, context: Any = None, root_value: Any = None) -> Any:
        try:
            response = await super().run(request)
        except PersistedQueryNotSupported as error:
            response = self.unstored(error)
        if isinstance(request, WebSocket):
            return response
        if request.state.viewer is not None:
            response.headers["cache-control"] = "no-store"
        if "content-type" not in response.headers:
            media_type = _media_type(request.headers.get("accept"))
            response.headers["content-type"] = f"{media_type}; charset=utf-8"
            # Clients that only know plain JSON read the errors in the body, and give up on any status but 200.
            if media_type == LEGACY and response.status_code == 400:
                response.status_code = 200
        return response


def _away(errors: Iterable[Any]) -> bool:
    return any(error["extensions"]["code"] == "UNAVAILABLE" for error in errors)


def _media_type(accept: str | None) -> str:
    """The better of the two that the Accept header allows; plain JSON where it has no opinion."""
    wanted = parse_accept(accept or "*/*")
    anything = max(wanted.get("*/*", 0.0), wanted.get("application/*", 0.0))
    response, legacy = wanted.get(RESPONSE, anything), wanted.get(LEGACY, anything)
    if not response and not legacy:
        raise HTTPException(406, f"An answer is {RESPONSE} or {LEGACY}; `Accept` allows neither.")
    return RESPONSE if response > legacy or (response == legacy and RESPONSE in wanted) else LEGACY
