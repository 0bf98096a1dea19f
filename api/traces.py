"""Traces by OpenTelemetry: a span for each request, and one within it for each SQL statement.

It is only imported where a setting asks for it. OpenTelemetry's own variables (`OTEL_…`) say where spans are sent.
"""

import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import sqlalchemy as sa
from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SpanExporter
from opentelemetry.trace import Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.request_log import LogEntry, shorten

NAME = "sixtyone"
# The longest statement that is sent, in characters.
LONGEST = 2_000


class Traces:
    """Middleware around the log, whose entry tells what a request was."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # What `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` say goes before.
        names = {"service.name": os.environ.get("OTEL_SERVICE_NAME", NAME), "service.version": version("sixty-one")}
        self.provider = TracerProvider(resource=Resource.create(names), shutdown_on_exit=False)
        self.provider.add_span_processor(BatchSpanProcessor(_exporter()))
        self.tracer = self.provider.get_tracer(NAME)
        self.propagator = TraceContextTextMapPropagator()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        elif scope["type"] == "http":
            await self._trace(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        hooks: dict[str, Callable[..., Any]] = {
            "before_cursor_execute": self._begin,
            "after_cursor_execute": _end,
            "handle_error": _fail,
        }
        for event, hook in hooks.items():
            sa.event.listen(sa.Engine, event, hook)
        try:
            await self.app(scope, receive, send)
        finally:
            for event, hook in hooks.items():
                sa.event.remove(sa.Engine, event, hook)
            self.provider.shutdown()

    async def _trace(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A caller that traces names its own span.
        parent = self.propagator.extract(dict(Headers(scope=scope)))
        with self.tracer.start_as_current_span(scope["method"], context=parent, kind=SpanKind.SERVER) as span:

            async def send_with_status(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                    if message["status"] >= 500:
                        span.set_status(StatusCode.ERROR)
                await send(message)

            try:
                await self.app(scope, receive, send_with_status)
            finally:
                if span.is_recording():
                    _describe(span, scope, scope["state"]["log_entry"])

    def _begin(self, _connection: Any, _cursor: Any, statement: str, _params: Any, context: Any, _many: bool) -> None:
        # What measures the data, or loads it, belongs to no request.
        if trace.get_current_span().is_recording():
            span = self.tracer.start_span(statement.split(maxsplit=1)[0], kind=SpanKind.CLIENT)
            span.set_attribute("db.query.text", statement[:LONGEST])
            context.span = span


def _end(_connection: Any, _cursor: Any, _statement: str, _params: Any, context: Any, _many: bool) -> None:
    if span := getattr(context, "span", None):
        span.end()


def _fail(failure: sa.engine.ExceptionContext) -> None:
    if span := getattr(failure.execution_context, "span", None):
        span.set_status(StatusCode.ERROR)
        span.end()


def _describe(span: Span, scope: Scope, entry: LogEntry) -> None:
    route = scope.get("route")
    if route:
        span.update_name(f"{scope['method']} {route.path}")
        span.set_attribute("http.route", route.path)
    span.set_attribute("http.request.method", scope["method"])
    span.set_attribute("url.path", shorten(scope["path"]))
    span.set_attribute("sixtyone.cached", entry.from_cache)
    for meter in entry.meters:
        if meter.operation:
            span.set_attribute("graphql.operation", shorten(meter.operation))
        span.set_attribute("sixtyone.price", meter.price)
        span.set_attribute("sixtyone.cost", meter.cost)
    if entry.codes:
        span.set_attribute("sixtyone.codes", entry.codes)


def _exporter() -> SpanExporter:
    """To standard error for people who look, with `OTEL_TRACES_EXPORTER=console`; else by the protocol."""
    if os.environ.get("OTEL_TRACES_EXPORTER") == "console":
        return ConsoleSpanExporter(out=sys.stderr)
    # It brings ten packages, which the console does without.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415

    exporter: SpanExporter = OTLPSpanExporter()
    return exporter
