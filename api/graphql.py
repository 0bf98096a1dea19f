"""GraphQL over HTTP, to the letter of its specification: media types, status codes, and queries alone by GET."""

import datetime as dt
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import MissingQueryError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.http.base import BaseRequestProtocol
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from api import auth
from api.conditional import cache_control
from api.errors import http_error_response
from api.graphiql import graphiql_page
from api.graphql_request import COST, asks_for_cost, brings_hash, parse_json, parse_request, response_type
from api.graphql_response import GraphQLResponse, is_unavailable, refuse, respond, set_media_type
from api.headers import accepts_html
from api.query_store import QueryStore
from api.rate_limit import client_budget
from api.request_log import log_entry
from api.response_cache import ResponseCache, current_version, graphql_request_key, note_source
from api.revision import note_revision, reader_of
from api.services import services
from api.websocket import Adapter, Handler
from db.clock import Clock
from db.tokens import Principal
from schema.build import Schema
from schema.context import Context
from schema.errors import NoQuery, OperationUnclear, RateLimited, Unauthenticated, to_public

# The headers that the response to a GET depends on.
VARY = f"Accept, Authorization, {COST}"
# The parameters of a GET, of which one tells which query is asked.
QUERIES = {"query", "documentId", "extensions"}
# The kinds of operation that each method may ask.
OPERATIONS = {"GET": {OperationType.QUERY}, "POST": {OperationType.QUERY, OperationType.MUTATION}}


class Endpoint(GraphQL[Context, None]):
    """Strawberry's view, with the parts of the specification that it leaves open."""

    websocket_adapter_class = Adapter
    graphql_transport_ws_handler_class = Handler
    connection_init_wait_timeout = dt.timedelta(seconds=10)
    methods: tuple[str, ...] = ("GET", "HEAD", "POST")

    def __init__(self, schema: Schema, clock: Clock, cache: ResponseCache, store: QueryStore) -> None:
        # A page of any origin may connect: it has only the rights of the token that it sends.
        super().__init__(schema, subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,), allowed_origins=("*",))
        self.clock = clock
        self.cache = cache
        self.store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        if scope["method"] == "HEAD" and "HEAD" in self.methods:
            # The server leaves out the body.
            scope = {**scope, "method": "GET"}
        request = Request(scope, receive)
        try:
            response = await self.respond(request)
        except HTTPException as error:
            # As JSON to browsers, too: programs send the requests here.
            response = await http_error_response(request, error)
        if request.method == "GET":
            response.headers.setdefault("cache-control", "no-cache")
            response.headers["vary"] = VARY
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": ", ".join((*self.methods, "OPTIONS"))})
        if request.method not in self.methods:
            raise HTTPException(405, "Use GET for queries, or POST.", {"Allow": ", ".join(self.methods)})
        principal = await self._authenticate(request)
        # Nothing is awaited between the turn and the work that it is for.
        body = await request.body()
        await self.schema.known_sizes()  # type: ignore[attr-defined]
        await client_budget(request).wait_turn(is_next=True)
        is_query = request.method == "POST" or QUERIES & request.query_params.keys()
        is_public = principal is None and bool(self.cache.max_bytes)
        if is_query and is_public and not (brings_hash(request, body) or asks_for_cost(request)):
            return await self._respond_from_cache(request)
        return await self._execute(request, principal)

    async def _authenticate(self, request: Request) -> Principal | None:
        header = request.headers.get("authorization")
        if header is None:
            return None
        try:
            secret, shared = auth.parse_bearer(header), services(request)
            principal = await auth.authenticate(shared.db, shared.token_uses, secret, self.clock())
        except Unauthenticated as error:
            await client_budget(request).charge_bad_token()
            raise HTTPException(401, error.message, auth.CHALLENGE) from None
        log_entry(request).token = principal.number if principal else None
        await client_budget(request).identify(log_entry(request).token)
        return principal

    async def _respond_from_cache(self, request: Request) -> Response:
        """The response that the same request had before, or a new one."""
        key = await graphql_request_key(request)
        if key in self.cache.entries:
            version = await current_version(request, self.clock)
            if cached := self.cache.get(version, key):
                note_source(request, key, cached)
                note_revision(request, version[0][0] if version[0] else 0)
                return cached.response(request)
        before = self.cache.version
        response = await self._execute(request, None)
        if not (isinstance(response, GraphQLResponse) and response.is_cacheable):
            return response
        version = await current_version(request, self.clock)
        return self.cache.store(before, version, key, response, lasts=response.lasts).response(request)

    async def _execute(self, request: Request, principal: Principal | None) -> Response:
        context = self.build_context(request, principal)
        try:
            response = await self.answer(request, context)
            note_revision(request, (context.reader.revision or 0) if context.reader else context.db.newest)
        except NoQuery as error:
            log_entry(request).codes.append(error.code)
            response = self.refuse(error)
        if principal is not None:
            response.headers["cache-control"] = "no-store"
        elif request.method == "GET" and isinstance(response, GraphQLResponse) and context.lasts:
            response.lasts = True
            response.headers["cache-control"] = cache_control(lasts=True)
        if "content-type" not in response.headers:
            set_media_type(response, request.headers.get("accept"))
        return response

    async def answer(self, request: Request, context: Context) -> Response:
        """What Strawberry's view does with a request that is answered at once."""
        if self.should_render_graphql_ide(request):
            return graphiql_page()
        # Before execution, so that a client which accepts no response changes nothing.
        response_type(request.headers.get("accept"))
        data = parse_request(request, await request.body(), self.store)
        result = await self._result(request, context, data)
        return respond(dict(await self.process_result(request, result)))

    def build_context(self, request: Request | WebSocket, principal: Principal | None) -> Context:
        shared, payer = services(request), client_budget(request)
        # Who writes, and who follows, asks the primary: what was committed anywhere is there.
        reader = reader_of(request) if isinstance(request, Request) and self.is_public(principal) else None
        return shared.context(
            self.clock,
            principal,
            pay=payer.pay_for_query,
            meter=log_entry(request).add_meter(payer.client),
            reader=reader,
            shows_cost=asks_for_cost(request),
        )

    def is_public(self, principal: Principal | None) -> bool:
        """Whether a replica may answer, all of it at one revision."""
        return principal is None

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """Of a WebSocket, which authenticates later, with its first message."""
        return self.build_context(request, None)

    def should_render_graphql_ide(self, request: BaseRequestProtocol | Request) -> bool:
        is_query = request.method != "GET" or QUERIES & request.query_params.keys()
        # It asks for the schema first, and then what its user writes.
        return not is_query and not self.store.only and accepts_html(request.headers.get("accept", ""))

    async def render_graphql_ide(self, request: Request) -> Response:
        return graphiql_page()

    def decode_json(self, data: str | bytes) -> object:
        return parse_json(data)

    async def _result(self, request: Request, context: Context, data: GraphQLRequestData) -> ExecutionResult:
        try:
            result = await self.schema.execute(
                data.query,
                variable_values=data.variables,
                context_value=context,
                operation_name=data.operation_name,
                allowed_operation_types=OPERATIONS[request.method],
            )
        except MissingQueryError:
            raise HTTPException(400, "There is no `query`.") from None
        except CannotGetOperationTypeError:
            return PreExecutionError(data=None, errors=[OperationUnclear()])
        except InvalidOperationTypeError as error:
            if error.operation_type is OperationType.SUBSCRIPTION:
                raise HTTPException(400, "Subscribe over a WebSocket here, or at /graphql/stream.") from None
            message = f"A {error.operation_type.value} cannot be asked by {request.method}."
            raise HTTPException(405, message, {"Allow": "POST"}) from None
        context.lasts = not (result.errors or context.shows_cost) and context.is_lasting(result.data)
        if refusal := next((error for error in result.errors or () if isinstance(error, RateLimited)), None):
            raise refusal
        return result

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        response = await self._process_result(request, result)
        return {**response, "extensions": result.extensions} if result.extensions else response

    async def _process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        if not result.errors:
            return {"data": result.data}
        refused = isinstance(result, PreExecutionError)
        if refused:
            length = len(await request.body()) or len(request.scope["query_string"])
            await client_budget(request).charge_refusal(result.errors, length)
        errors: list[Any] = [to_public(error, executing=not refused).formatted for error in result.errors]
        log_entry(request).add_errors(errors)
        # A request that was refused, or whose variables did not fit, was not executed: it has no `data`, not even null.
        if refused or (result.data is None and not any(error.path for error in result.errors)):
            return {"errors": errors}
        # Without the database no field has a value, which is no result of the query.
        if is_unavailable(errors) and not any(value is not None for value in (result.data or {}).values()):
            return {"errors": errors}
        return {"errors": errors, "data": result.data}

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)

    def create_response(self, response_data: Any, sub_response: Response) -> Response:
        return respond(response_data)

    def refuse(self, error: NoQuery) -> Response:
        """The response to a query that the store does not answer."""
        return refuse(error)
