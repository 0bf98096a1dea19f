"""How an operation is executed: what it takes is charged, and a large one does not keep the others waiting."""

import asyncio
import inspect
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLSchema, execute
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.cost import OBJECT
from schema.meter import Exhausted, Meter
from schema.turns import Turns


class Execution(StrawberryGraphQLCoreExecutionContext):
    """Charges for each object and its fields where every one of them passes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meter: Meter = self.context_value.meter if self.context_value else Meter()

    def execute_fields(self, parent_type: Any, source: Any, path: Any, fields: Any, position: Any) -> Any:
        # What `Meter.charge` does, without calling it: this is done for each object.
        meter = self.meter
        meter.cost += OBJECT + len(fields)
        if meter.cost > meter.allowed:
            meter.charge(0)
        return super().execute_fields(parent_type, source, path, fields, position)

    def handle_field_error(self, raw_error: Exception, *args: Any) -> None:
        # No field is left out for it, or each that is left would be tried and refused in its turn.
        if isinstance(raw_error, Exhausted):
            self.collected_errors = type(self.collected_errors)()
            raise raw_error
        super().handle_field_error(raw_error, *args)


class Workers:
    """Threads for large queries, because the event loop serves nobody else while it executes one."""

    def __init__(self, large: int, at_once: int) -> None:
        self.large = large
        self.turns: Turns[ExecutionResult] = Turns(at_once)
        self.own = threading.local()
        self.loops: list[asyncio.AbstractEventLoop] = []

    def execute(self, schema: GraphQLSchema, document: DocumentNode, *, context_value: Any, **options: Any) -> Any:
        """As `graphql.execute`; the result of a large query has to be awaited."""
        meter: Meter | None = context_value and context_value.meter
        if meter is None or meter.price <= self.large:
            return execute(schema, document, context_value=context_value, **options)
        context = replace(context_value, off_loop=True)
        return self._off_loop(meter, lambda: execute(schema, document, context_value=context, **options))

    async def _off_loop(self, meter: Meter, work: Callable[[], Any]) -> ExecutionResult:
        try:
            return await asyncio.wrap_future(self.turns.submit(meter.client, lambda: self._finished(meter, work)))
        except asyncio.CancelledError:
            meter.stop()
            raise

    def _finished(self, meter: Meter, work: Callable[[], Any]) -> ExecutionResult:
        """The result of an execution, which may have to be awaited, on a thread of our own."""
        meter.begin()
        result: ExecutionResult | Awaitable[ExecutionResult] = work()
        return self._loop().run_until_complete(result) if inspect.isawaitable(result) else result

    def _loop(self) -> asyncio.AbstractEventLoop:
        """The event loop of this thread. To make one for each query takes as long as a small one."""
        if not hasattr(self.own, "loop"):
            self.own.loop = asyncio.new_event_loop()
            self.loops.append(self.own.loop)
        loop: asyncio.AbstractEventLoop = self.own.loop
        return loop

    def close(self) -> None:
        self.turns.close()
        for loop in self.loops:
            loop.close()
