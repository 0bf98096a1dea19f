"""Operations over a WebSocket, in the protocol graphql-transport-ws."""

import time
from collections.abc import Iterable, Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.websockets import WebSocketDisconnect
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.schema.schema import StreamResult
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    Message,
    SubscribeMessage,
)
from strawberry.types.execution import PreExecutionError

from api import auth
from api.budget import REQUEST_PRICE
from api.errors import to_http_error
from api.graphql_request import COST, FIELDS, asks_for_cost
from api.rate_limit import ClientBudget, client_budget
from api.request_log import LogEntry, log_entry
from api.services import services
from api.sockets.websocket import FRAMED, frame
from db import failures
from schema.answers import Events
from schema.context import Context
from schema.errors import ClientError, RateLimited, TooMuch, Unauthenticated, to_public

UNAUTHORISED = 4401
# By IANA's registry of close codes.
TRY_AGAIN_LATER, INTERNAL_ERROR = 1013, 1011
# Operations at once on one connection.
MAX_OPERATIONS = 50
# The room for a reason in a close frame, in bytes.
REASON_BYTES = 123


class Adapter(ASGIWebSocketAdapter):
    async def send_json(self, message: Mapping[str, object]) -> None:
        try:
            await self.ws.send_text(orjson.dumps(message).decode())
        except WebSocketDisconnect as error:
            raise WebSocketDisconnected from error

    async def send_texts(self, texts: Iterable[bytes]) -> None:
        """Several messages. A server that can takes them at once."""
        if FRAMED in self.ws.scope["extensions"]:
            message = {"type": "websocket.send", "bytes": b"".join(map(frame, texts)), FRAMED: True}
            try:
                await self.ws.send(message)
            except WebSocketDisconnect as error:
                raise WebSocketDisconnected from error
        else:
            for text in texts:
                await self.ws.send_text(text.decode())

    async def close(self, code: int, reason: str) -> None:
        # Cut to what a close frame can hold: some reasons repeat what a client has sent.
        await super().close(code, reason.encode(errors="replace")[:REASON_BYTES].decode(errors="ignore"))


class Handler(BaseGraphQLTransportWSHandler[Context, None]):
    """One connection. Its token is looked up again for every operation: it may expire or be revoked meanwhile."""

    secret: str | None = None
    shows_cost: bool = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Of the operations under way, by their ids.
        self.entries: dict[str, LogEntry] = {}

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        payload, socket = message.get("payload"), self.websocket.ws  # type: ignore[attr-defined]
        self.shows_cost = asks_for_cost(socket) or any(value in ("1", 1) for value in _header(payload, COST))
        try:
            self.secret = auth.parse_bearer(self._authorization(payload))
            self.context = await self._context()
            self.log_entry.token = self.context.viewer.number if self.context.viewer else None
            await self.budget.identify(self.log_entry.token)
        except Unauthenticated as error:
            await self.budget.charge_bad_token()
            await self.websocket.close(UNAUTHORISED, error.message)
        except failures.errors() as error:
            http_error = to_http_error(error)
            await self.websocket.close(
                TRY_AGAIN_LATER if http_error.status_code == 503 else INTERNAL_ERROR, http_error.detail
            )
        except RateLimited as error:
            await self.websocket.close(TRY_AGAIN_LATER, f"{error.code}: {error.message}")
        else:
            await super().handle_connection_init(message)

    async def handle_message(self, message: Message) -> None:
        if _is_well_formed(message):
            await super().handle_message(_without_nulls(message))
        else:
            await self.handle_invalid_message("Failed to parse message")

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        # Otherwise Strawberry closes the connection.
        if self.connection_acknowledged and message["id"] not in self.operations:
            try:
                await self.budget.pay(REQUEST_PRICE)
                if len(self.operations) >= MAX_OPERATIONS:
                    text = f"A connection may have {MAX_OPERATIONS} operations under way."
                    raise TooMuch("TOO_MANY_OPERATIONS", text, allowed=MAX_OPERATIONS)
                message["payload"]["query"] = self.view.store.text(message["payload"]) or ""  # type: ignore[attr-defined]
            except ClientError as error:
                await self.send_message({"id": message["id"], "type": "error", "payload": [error.formatted]})
                return
        await super().handle_subscribe(message)

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        start = time.perf_counter()
        entry = self.entries[operation.id] = replace(self.log_entry, meters=[], codes=[])
        try:
            await self._run(operation, entry)
        finally:
            # A later operation may have the same id by now.
            if self.entries.get(operation.id) is entry:
                del self.entries[operation.id]
            entry.is_long_lived = any((meter.operation or "").startswith("subscription") for meter in entry.meters)
            milliseconds = (time.perf_counter() - start) * 1000
            entry.write("operation", milliseconds, waited=milliseconds)

    async def _send_result_stream(self, operation: Operation[Context, None], result_source: StreamResult) -> None:
        async def rest() -> StreamResult:
            """What is left to Strawberry."""
            async for result in result_source:
                if isinstance(result, Events):
                    head = b'{"id":%b,"type":"next","payload":' % orjson.dumps(operation.id)
                    texts = [head + answer.json(extensions) + b"}" for answer, extensions in result.answers]
                    await self.websocket.send_texts(texts)  # type: ignore[attr-defined]
                else:
                    yield result

        async with aclosing(rest()) as results:
            await super()._send_result_stream(operation, results)

    async def send_message(self, message: Message) -> None:
        if entry := self.entries.get(str(message.get("id"))):
            payload: Any = message.get("payload")
            entry.add_errors(payload if message["type"] == "error" else (payload or {}).get("errors", ()))
        await super().send_message(message)

    async def handle_task_exception(self, error: Exception) -> None:
        # That a client has left is no fault of the service.
        if not isinstance(error, WebSocketDisconnected):
            await super().handle_task_exception(error)

    async def _run(self, operation: Operation[Context, None], entry: LogEntry) -> None:
        try:
            # Before the turn, which is for work that begins at once.
            await self.view.schema.known_sizes()  # type: ignore[attr-defined]
            await self.budget.wait_turn()
            self.context = replace(await self._context(), meter=entry.add_meter(self.budget.client))
        except (RateLimited, Unauthenticated) as error:
            await operation.send_initial_errors([error])
        except failures.errors() as error:
            public = to_public(GraphQLError("", original_error=error), executing=True)
            await operation.send_initial_errors([public])
        else:
            await super().run_operation(operation)

    async def _context(self) -> Context:
        view, shared = self.view, services(self.websocket.ws)  # type: ignore[attr-defined]
        viewer = await auth.authenticate(shared.db, shared.token_uses, self.secret, view.clock())  # type: ignore[attr-defined]
        pay = self.budget.pay_for_query
        return shared.context(view.clock, viewer, pay=pay, shows_cost=self.shows_cost)  # type: ignore[attr-defined]

    @property
    def log_entry(self) -> LogEntry:
        return log_entry(self.websocket.ws)  # type: ignore[attr-defined]

    @property
    def budget(self) -> ClientBudget:
        return client_budget(self.websocket.ws)  # type: ignore[attr-defined]

    async def _handle_pre_execution_error(self, operation: Operation[Context, None], result: PreExecutionError) -> None:
        await self.budget.charge_refusal(result.errors, len(operation.query))
        await super()._handle_pre_execution_error(operation, result)

    def _authorization(self, payload: object) -> str:
        """The value in the first message; else the header of the handshake."""
        values = _header(payload, "Authorization")
        if not all(isinstance(value, str) for value in values):
            raise Unauthenticated("`Authorization` must be text.")
        header: str = self.websocket.ws.headers.get("authorization", "")  # type: ignore[attr-defined]
        return ", ".join(values) or header


def _header(payload: object, name: str) -> list[Any]:
    """The values of a header in the first message, where clients write it because browsers cannot send headers."""
    items = payload.items() if isinstance(payload, dict) else ()
    return [value for key, value in items if str(key).lower() == name.lower() and value]


def _is_well_formed(message: object) -> bool:
    """Strawberry takes the form of messages for granted."""
    match message:
        case {"type": "subscribe", "id": str(), "payload": dict() as payload}:
            return all(isinstance(payload.get(name), kind | None) for name, kind in FIELDS) and (
                payload.get("query") is not None
                or payload.get("documentId")
                or "persistedQuery" in (payload.get("extensions") or ())
            )
        case {"type": "complete", "id": str()}:
            return True
        case {"type": str() as kind}:
            return kind not in ("subscribe", "complete")
    return False


def _without_nulls(message: Any) -> Any:
    """The message without fields that are null, and without an empty name of an operation: as by HTTP."""
    fields = {name: value for name, value in message.items() if value is not None}
    if message["type"] == "subscribe":
        fields["payload"] = {name: value for name, value in fields["payload"].items() if value is not None}
        if not fields["payload"].get("operationName"):
            fields["payload"].pop("operationName", None)
    return fields
