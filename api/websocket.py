"""Operations over a WebSocket, in the protocol graphql-transport-ws."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.websockets import WebSocketDisconnect
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import WebSocketDisconnected
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
from api.graphql_request import refuse_persisted_query
from api.rate_limit import ClientBudget, client_budget
from api.request_log import LogEntry, log_entry
from api.services import services
from db import failures
from schema.context import Context
from schema.errors import ClientError, RateLimited, TooMuch, Unauthenticated, to_public

UNAUTHORISED = 4401
# Try again later, and an error on our side, as the register of WebSocket's codes has them.
AGAIN, BROKEN = 1013, 1011
# At once on one connection.
OPERATIONS = 50
# In bytes: what a control frame holds beside the code.
REASON = 123


class Adapter(ASGIWebSocketAdapter):
    async def send_json(self, message: Mapping[str, object]) -> None:
        # As text, as the protocol has it, although orjson makes bytes.
        try:
            await self.ws.send_text(orjson.dumps(message).decode())
        except WebSocketDisconnect as gone:
            raise WebSocketDisconnected from gone

    async def close(self, code: int, reason: str) -> None:
        # No longer than a close frame can hold; some reasons repeat what a client has sent.
        await super().close(code, reason.encode(errors="replace")[:REASON].decode(errors="ignore"))


class Handler(BaseGraphQLTransportWSHandler[Context, None]):
    """One connection. Its token is looked up again for every operation: it may expire or be revoked meanwhile."""

    secret: str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the log tells of each operation that is under way.
        self.told: dict[str, LogEntry] = {}

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        try:
            self.secret = auth.parse_bearer(self._given(message.get("payload")))
            self.context = await self._context()
            self.log_entry.token = self.context.viewer.number if self.context.viewer else None
            await self.budget.identify(self.log_entry.token)
        except Unauthenticated as error:
            await self.budget.charge_bad_token()
            await self.websocket.close(UNAUTHORISED, error.message)
            return
        except failures.ERRORS as error:
            told = to_http_error(error)
            await self.websocket.close(AGAIN if told.status_code == 503 else BROKEN, told.detail)
            return
        except RateLimited as error:
            await self.websocket.close(AGAIN, f"{error.code}: {error.message}")
            return
        await super().handle_connection_init(message)

    async def handle_message(self, message: Message) -> None:
        # The library takes it for granted that a message, and what is in it, has the right form.
        if _is_sound(message):
            await super().handle_message(_without_nulls(message))
        else:
            await self.handle_invalid_message("Failed to parse message")

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        # In these two cases the library ends the connection.
        if self.connection_acknowledged and message["id"] not in self.operations:
            try:
                await self.budget.pay(REQUEST_PRICE)
                if len(self.operations) >= OPERATIONS:
                    text = f"A connection may have {OPERATIONS} operations under way."
                    raise TooMuch("TOO_MANY_OPERATIONS", text, allowed=OPERATIONS)
                refuse_persisted_query(message["payload"])
            except ClientError as refused:
                await self.send_message({"id": message["id"], "type": "error", "payload": [refused.formatted]})
                return
        await super().handle_subscribe(message)

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        start = time.perf_counter()
        told = self.told[operation.id] = replace(self.log_entry, meters=[], codes=[])
        try:
            await self._run(operation, told)
        finally:
            # Another may have the same id by now.
            if self.told.get(operation.id) is told:
                del self.told[operation.id]
            told.is_long_lived = any((meter.operation or "").startswith("subscription") for meter in told.meters)
            milliseconds = (time.perf_counter() - start) * 1000
            told.write("operation", milliseconds, waited=milliseconds)

    async def send_message(self, message: Message) -> None:
        if told := self.told.get(str(message.get("id"))):
            payload: Any = message.get("payload")
            told.add_errors(payload if message["type"] == "error" else (payload or {}).get("errors", ()))
        await super().send_message(message)

    async def _run(self, operation: Operation[Context, None], told: LogEntry) -> None:
        try:
            await self.budget.wait_turn()
            self.context = replace(await self._context(), meter=told.add_meter(self.budget.client))
        except (RateLimited, Unauthenticated) as error:
            await operation.send_initial_errors([error])
        except failures.ERRORS as error:
            masked = to_public(GraphQLError("", original_error=error), executing=True)
            await operation.send_initial_errors([masked])
        else:
            await super().run_operation(operation)

    async def _context(self) -> Context:
        view, shared = self.view, services(self.websocket.ws)  # type: ignore[attr-defined]
        viewer = await auth.authenticate(shared.db, self.secret, view.clock())  # type: ignore[attr-defined]
        return Context(shared.db, shared.live_log, view.clock, viewer, pay=self.budget.pay_for_query)  # type: ignore[attr-defined]

    @property
    def log_entry(self) -> LogEntry:
        return log_entry(self.websocket.ws)  # type: ignore[attr-defined]

    @property
    def budget(self) -> ClientBudget:
        return client_budget(self.websocket.ws)  # type: ignore[attr-defined]

    async def _handle_pre_execution_error(self, operation: Operation[Context, None], result: PreExecutionError) -> None:
        await self.budget.charge_refusal(result.errors, len(operation.query))
        await super()._handle_pre_execution_error(operation, result)

    def _given(self, payload: object) -> str:
        """Authorization as in the first message, because browsers cannot send headers; else as in the handshake."""
        named = payload.items() if isinstance(payload, dict) else ()
        found = [value for name, value in named if str(name).lower() == "authorization" and value]
        if not all(isinstance(value, str) for value in found):
            raise Unauthenticated("`Authorization` must be text.")
        header: str = self.websocket.ws.headers.get("authorization", "")  # type: ignore[attr-defined]
        return ", ".join(found) or header


def _is_sound(message: object) -> bool:
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] not in ("subscribe", "complete"):
        return True
    if not isinstance(message.get("id"), str):
        return False
    payload = message.get("payload")
    return message["type"] == "complete" or (
        isinstance(payload, dict)
        and isinstance(payload.get("extensions"), dict | None)
        and (isinstance(payload.get("query"), str) or "persistedQuery" in (payload.get("extensions") or ()))
        and isinstance(payload.get("query"), str | None)
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
    )


def _without_nulls(message: Any) -> Any:
    """The message as if what is null had been left out, and the empty name of an operation, too: as by HTTP."""
    told = {name: value for name, value in message.items() if value is not None}
    if message["type"] == "subscribe":
        told["payload"] = {name: value for name, value in told["payload"].items() if value is not None}
        if not told["payload"].get("operationName"):
            told["payload"].pop("operationName", None)
    return told
