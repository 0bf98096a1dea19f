"""The schema as it is served: the types, the scalars, and the limits of every query."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import aclosing
from functools import partial
from typing import Any, TypeVar, cast

import graphql
import strawberry
import structlog
from strawberry.exceptions import MissingQueryError
from strawberry.execution.is_awaitable import optimized_is_awaitable
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.schema.schema import DEFAULT_ALLOWED_OPERATION_TYPES, StreamResult
from strawberry.types import get_object_definition
from strawberry.types.arguments import convert_argument
from strawberry.types.execution import ExecutionContext, ExecutionResult, PreExecutionError
from strawberry.types.field import StrawberryField
from strawberry.types.graphql import OperationType

from db import dataset, failures, sizes
from db.reader import Reader
from db.sizes import Sizes
from schema import federation, named, versions
from schema.changes import Subscription
from schema.context import Context
from schema.cost import columns
from schema.errors import BadInput, to_public
from schema.execution import Execution, Workers
from schema.guard import QueryCache, QueryGuard
from schema.limits import Limits
from schema.mutation import Mutation
from schema.nulls import blank_failed_fields, leave_out_empty, let_null_mean_default
from schema.permission import RequireToken, refusal
from schema.plans.executor import Executor
from schema.query import Query
from schema.relations import DIRECT
from schema.scalars import SCALARS
from schema.subgraph import SubgraphPrinter

log = structlog.get_logger()
Input = TypeVar("Input")
# Stands before the schema that is committed and served.
HEAD = """\
# The contract: the same in every service of this version, whatever its data. For gateways, a service says the same in
# `_service { sdl }` with the directives of Apollo Federation (@link, @key, @shareable) and with what each field costs
# (@cost, @listSize). Those are not here because prices follow from the data, and because this is for people to read.
"""
# The name of the thread that measures the data.
MEASURER = "measure"


class Schema(strawberry.Schema):
    """Serves under limits. Errors are logged by the HTTP layer, which knows the request."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(
            query=Query,
            mutation=Mutation,
            subscription=Subscription,
            extensions=[partial(QueryGuard, limits), RequireToken],
            execution_context_class=Execution,
            config=StrawberryConfig(scalar_map=SCALARS | federation.SCALARS),
        )

        self.limits = limits
        self.queries = QueryCache(self._schema)
        self.sizes = Sizes()
        # What a gateway composes, and the sizes that its prices follow from.
        self.composable: tuple[Sizes, str] | None = None
        # Not one of the workers: prices follow the data while large queries wait for each other.
        self.measurer = ThreadPoolExecutor(1, MEASURER)
        self.measuring: Future[None] = Future()
        self.measuring.set_result(None)
        self.workers = Workers(limits.large, limits.at_once, Executor(self.schema_converter).execute)
        _resolve_directly(self._schema)
        versions.state_costs(self._schema)
        named.state_costs(self._schema)
        blank_failed_fields(self._schema)
        let_null_mean_default(self._schema)
        leave_out_empty(self._schema)

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """As Strawberry's, without its runner of extensions, which takes longer than a small query."""
        if not query:
            raise MissingQueryError
        kinds = DEFAULT_ALLOWED_OPERATION_TYPES if allowed_operation_types is None else allowed_operation_types
        context = self._create_execution_context(
            query, kinds, variable_values, context_value, root_value, operation_name, operation_extensions
        )
        guard = QueryGuard(self.limits)
        guard.execution_context = context
        try:
            result = await self._execute(guard, context)
        except (CannotGetOperationTypeError, InvalidOperationTypeError):
            raise
        except Exception as error:  # noqa: BLE001
            # As Strawberry has it; `to_public` tells a caller's fault from one of ours.
            public = error if isinstance(error, graphql.GraphQLError) else None
            result = PreExecutionError(None, [public or graphql.GraphQLError(str(error), original_error=error)])
        result.extensions = guard.get_results()
        return result

    async def _execute(self, guard: QueryGuard, context: ExecutionContext) -> ExecutionResult:
        guard.parse()
        assert context.graphql_document
        try:
            kind = context.operation_type
        except RuntimeError as error:
            raise CannotGetOperationTypeError(context.operation_name) from error
        if kind not in context.allowed_operations:
            raise InvalidOperationTypeError(kind)
        await guard.validate()
        if context.pre_execution_errors:
            return PreExecutionError(None, context.pre_execution_errors)
        own: Context | None = context.context
        if own:
            own.batches = []
        result = refusal(context) or self.workers.execute(
            self._schema,
            context.graphql_document,
            context_value=own,
            root_value=context.root_value,
            variable_values=context.variables,
            operation_name=context.operation_name,
            operation_extensions=context.operation_extensions,
            executor_class=Execution,
            is_awaitable=optimized_is_awaitable,
        )
        if not isinstance(result, graphql.ExecutionResult):
            result = await result
        if own:
            own.part_batches()
        return ExecutionResult(result.data, result.errors)

    def _get_execute_function(self) -> Callable[..., Any]:
        return self.workers.execute

    def _extend_introspection(self) -> None:
        """Leaves `isOneOf` to graphql-core: Strawberry's own answer fails for a list or a type that is never null."""

    def _warn_for_federation_directives(self) -> None:
        """There are none. Strawberry would import them to look for them."""

    def read_input(self, kind: type[Input], value: Mapping[str, object]) -> Input:
        """An input as a variable of a query holds it. Raises BadInput with everything that is wrong."""
        faults: list[str] = []
        name = get_object_definition(kind, strict=True).name
        input_type = cast(graphql.GraphQLInputObjectType, self._schema.get_type(name))
        graphql.validate_input_value(value, input_type, lambda fault, _path: faults.append(fault.message))
        if faults:
            raise BadInput(" ".join(faults))
        coerced = graphql.coerce_input_value(value, input_type)
        return cast(Input, convert_argument(coerced, kind, self.schema_converter.scalar_registry, self.config))

    def faults(self, query: str) -> list[str]:
        """Why a query would be refused whatever its variables are; empty if it is valid."""
        try:
            errors = self.queries.get(query, self.limits).errors
        except graphql.GraphQLError as error:
            errors = [error]
        return [
            f"{error.message} (line {error.locations[0].line})" if error.locations else error.message
            for error in errors
        ]

    def begin_measuring(self, reader: Reader) -> None:
        """Measures the data on another thread: a large record takes longer than the rest of a start."""
        self.measuring = self.measurer.submit(self.measure, reader)

    async def known_sizes(self) -> Sizes:
        """The sizes of the data. The first query waits until they are known, because all would be cheap before."""
        if self.sizes.state is None and not self.measuring.done():
            # Who asks may leave, and others wait for the same.
            await asyncio.shield(asyncio.wrap_future(self.measuring))
        return self.sizes

    def measure(self, reader: Reader) -> None:
        """Measures the tables and the lists that queries lead to. Prices follow from these sizes."""
        try:
            self.sizes = reader.read_sync(sizes.measure, columns(self._schema))
        except failures.errors():
            # Without a database no query is answered either.
            log.warning("sizes_unknown")

    def follow(self, make_reader: Callable[[], Reader], state: dataset.State | None) -> None:
        """Measures again, on another thread, when the data is in another state."""
        if state != self.sizes.state and self.measuring.done():
            self.begin_measuring(make_reader())

    def close(self) -> None:
        self.measurer.shutdown(cancel_futures=True)
        self.workers.close()

    def sdl(self) -> str:
        """The schema as it is committed and served."""
        return f"{HEAD}\n{self.as_str()}\n"

    def subgraph(self) -> str:
        """The schema as a gateway composes it, with the prices of the data as it is."""
        if self.composable is None or self.composable[0] is not self.sizes:
            self.composable = self.sizes, SubgraphPrinter(self._schema, self.sizes).print(self.as_str())
        return self.composable[1]

    async def stream(self, *args: Any, **kwargs: Any) -> StreamResult:
        """Strawberry's stream, with errors as a caller may see them: its consumers cannot tell them apart."""
        return _publish_errors(await super().stream(*args, **kwargs))

    def process_errors(
        self, errors: list[graphql.GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        pass


async def _publish_errors(results: StreamResult) -> StreamResult:
    async with aclosing(results):
        try:
            async for result in results:
                if isinstance(result, ExecutionResult) and result.errors:
                    # QueryGuard has made the errors of a query public: these come from its variables.
                    result.errors = [to_public(error, executing=True) for error in result.errors]
                yield result
        except graphql.GraphQLError as error:
            # Strawberry catches errors of parsing only where it does not stream.
            yield PreExecutionError(data=None, errors=[to_public(error, executing=False)])


def _resolve_directly(schema: graphql.GraphQLSchema) -> None:
    """Resolves relations without Strawberry's wrapper, which handles arguments: a tenth off a large query."""
    for kind in schema.type_map.values():
        for field in kind.fields.values() if isinstance(kind, graphql.GraphQLObjectType) else ():
            definition = field.extensions.get("strawberry-definition")
            if isinstance(definition, StrawberryField) and DIRECT in definition.metadata:
                field.resolve = definition.metadata[DIRECT]
