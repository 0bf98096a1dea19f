"""How an operation is executed: its cost is charged, and a large one does not keep the others waiting."""

import asyncio
import inspect
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias, cast

from graphql import DocumentNode, ExecutionResult, GraphQLSchema, OperationType
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.context import Context
from schema.cost import OBJECT
from schema.meter import Exhausted, Meter
from schema.sharing import Pending
from schema.turns import Turns

Result: TypeAlias = ExecutionResult | Awaitable[ExecutionResult]


class Execution(StrawberryGraphQLCoreExecutionContext):
    """Charges for each object and its fields, in the one method that all of them pass."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # They hold the execution, and would keep all that it has read until the garbage collector comes.
        self.async_helpers: Any = None
        self.meter: Meter = self.context_value.meter if self.context_value else Meter()
        context: Context | None = self.context_value
        self.in_place = context is not None and context.in_place
        self.dialect: Any = context.db.engine.dialect if context else None
        # Whether relations may load fewer columns than their rows have.
        self.narrows = False
        self.writes = self.operation.operation is OperationType.MUTATION

    def execute_operation(self, serially: bool | None = None) -> Any:
        # The events of a subscription have executions of their own.
        if isinstance(self.root_value, Pending):
            return self.root_value.execute(self.context_value, self.execute_event)
        return super().execute_operation(serially)

    def execute_event(self, context: Context, root: object) -> Result:
        event: Any = self.build_per_event_executor(root)
        event.context_value, event.meter = context, context.meter
        return cast(Result, event.execute_operation(False))

    def execute_fields(self, parent_type: Any, source: Any, path: Any, fields: Any, position: Any) -> Any:
        # What `Meter.charge` does, without a call: this is executed for each object.
        meter = self.meter
        meter.cost += OBJECT + len(fields)
        if meter.cost > meter.allowed:
            meter.charge(0)
        return super().execute_fields(parent_type, source, path, fields, position)

    def handle_field_error(self, raw_error: Exception, kind: Any, fields: Any, path: Path) -> None:
        if isinstance(raw_error, Exhausted):
            if path.prev or not self.writes:
                # The operation ends as a whole: otherwise each field that can be null would fail in its turn.
                self.collected_errors = type(self.collected_errors)()
                raise raw_error
            # Of a mutation, what the fields before have written is answered.
            raw_error = raw_error.of_answer()
        super().handle_field_error(raw_error, kind, fields, path)


class Workers:
    """Threads for queries that take long, because the event loop serves no other request while it executes one."""

    def __init__(self, large: int, at_once: int, execute: Callable[..., Result]) -> None:
        """`execute` is called as `graphql.execute`."""
        self.large = large
        self.execute_here = execute
        self.turns: Turns[ExecutionResult] = Turns(at_once)
        # For the first of each query of a page: it is planned, and its statements are written as SQL.
        self.beginner = ThreadPoolExecutor(1, "first-query")
        self.own = threading.local()
        self.loops: list[asyncio.AbstractEventLoop] = []

    def execute(
        self, schema: GraphQLSchema, document: DocumentNode, *, context_value: Context | None, **options: Any
    ) -> Result:
        """As `graphql.execute`; the result of a query that is executed on a thread has to be awaited."""
        if context_value is None:
            return self.execute_here(schema, document, context_value=None, **options)
        meter = context_value.meter
        if meter.price <= self.large and not context_value.is_first:
            return self.execute_here(schema, document, context_value=context_value, **options)
        context = replace(context_value, off_loop=True)
        work = partial(self.execute_here, schema, document, context_value=context, **options)
        return self._off_loop(meter, partial(self._finish, meter, work))

    async def _off_loop(self, meter: Meter, finish: Callable[[], ExecutionResult]) -> ExecutionResult:
        is_large = meter.price > self.large
        result = self.turns.submit(meter.client, finish) if is_large else self.beginner.submit(finish)
        try:
            return await asyncio.wrap_future(result)
        except asyncio.CancelledError:
            meter.stop()
            raise

    def _finish(self, meter: Meter, work: Callable[[], Result]) -> ExecutionResult:
        """The result of an execution, awaited on this thread if need be."""
        meter.begin()

        async def finish() -> ExecutionResult:
            # Within the loop, which loads what is asked for from the start.
            result = work()
            return await result if inspect.isawaitable(result) else result

        return self._loop().run_until_complete(finish())

    def _loop(self) -> asyncio.AbstractEventLoop:
        """The event loop of this thread. To make one for each query takes as long as a small query."""
        if not hasattr(self.own, "loop"):
            self.own.loop = asyncio.new_event_loop()
            self.loops.append(self.own.loop)
        loop: asyncio.AbstractEventLoop = self.own.loop
        return loop

    def close(self) -> None:
        self.turns.close()
        self.beginner.shutdown(cancel_futures=True)
        for loop in self.loops:
            loop.close()
