"""The schema as it is served: the types, the scalars, and the gate that every query passes before it is executed."""

from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import aclosing
from functools import cached_property, lru_cache, partial
from typing import Any

import strawberry
import structlog
from graphql import (
    GraphQLArgument,
    GraphQLError,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    Undefined,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged as merging
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema import StreamResult
from strawberry.types.execution import ExecutionContext, ExecutionResult, PreExecutionError
from strawberry.types.field import StrawberryField

from db import dataset, failures, sizes
from db.database import Database
from db.sizes import Sizes
from schema import limits
from schema.cost import columns
from schema.errors import OperationUnclear, TooMuch, published
from schema.execution import Execution, Workers
from schema.limits import Limits
from schema.meter import Meter
from schema.mutation import Mutation
from schema.node import DIRECT
from schema.permission import Known
from schema.query import Query
from schema.scalars import SCALARS
from schema.subscription import Subscription

log = structlog.get_logger()
# Clients send the same few queries again and again. A parsed one takes up to 2 MB, so few are kept, and no long ones:
# nobody can fill the memory with them.
KEPT = 64
KEPT_LENGTH = 5_000
# Nobody reads more, and each may search the whole schema for names to suggest.
FAULTS = 20
# The name of the thread that measures the data.
MEASURER = "measure"
# The library compares fields of one name in pairs. Its own bound lets 7 KB of them take a second; this one, a tenth.
merging.MAX_COMPLEXITY_BUDGET = 50_000


class Prepared:
    """A query, parsed; and validated when first asked, because a limit may refuse it before that."""

    def __init__(self, schema: GraphQLSchema, query: str, allowed: Limits) -> None:
        self.schema = schema
        self.prices: dict[str | None, tuple[Sizes, int]] = {}
        try:
            self.document = parse(query, max_tokens=allowed.tokens)
        except GraphQLSyntaxError as error:
            # The parser tells these apart from a fault of syntax by its words alone.
            if "nested too deeply" in error.message:
                raise limits.too_deep(allowed) from None
            if "Parsing aborted" in error.message:
                message = f"A query may have {allowed.tokens} tokens; this one has more."
                raise TooMuch("QUERY_TOO_LONG", message, allowed=allowed.tokens) from None
            raise

    def price(
        self, operation: OperationDefinitionNode, variables: dict[str, Any], allowed: Limits, sizes: Sizes
    ) -> int:
        """Raises when the operation asks for too much. Without variables it is reckoned once for the same sizes."""
        name = operation.name.value if operation.name else None
        known = None if variables else self.prices.get(name)
        if known and known[0] is sizes:
            return known[1]
        price = limits.check(self.schema, self.document, operation, variables, allowed, sizes)
        if not variables:
            self.prices[name] = sizes, price
        return price

    @cached_property
    def faults(self) -> list[GraphQLError]:
        return validate(self.schema, self.document, specified_rules, max_errors=FAULTS)


kept = lru_cache(maxsize=KEPT)(Prepared)


class Gate(SchemaExtension):
    """Parses, weighs and validates, in this order: each step is safe because of the one before."""

    def __init__(self, allowed: Limits) -> None:
        self.allowed = allowed

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        query = context.query or ""
        self.allowed = (context.context and context.context.allowed) or self.allowed
        prepare = kept if len(query) <= KEPT_LENGTH else Prepared
        self.prepared = prepare(context.schema._schema, query, self.allowed)
        context.graphql_document = self.prepared.document
        yield

    async def on_validate(self) -> AsyncIterator[None]:
        context = self.execution_context
        prepared, variables = self.prepared, context.variables or {}
        meter = context.context.meter if context.context else Meter()
        try:
            # Not `context.operation_name`, which is that of the first of several where the caller named none.
            operation = get_operation_ast(prepared.document, context._provided_operation_name)
            if operation is None:
                raise OperationUnclear
            meter.operation = operation.operation.value + (f" {operation.name.value}" if operation.name else "")
            allowed, sizes = self.allowed, context.schema.sizes  # type: ignore[attr-defined]
            meter.price = prepared.price(operation, variables, allowed, sizes)
            meter.allowed, meter.seconds = limits.allowed(operation, allowed), allowed.seconds
            context.pre_execution_errors = [published(fault, executing=False) for fault in prepared.faults]
            if not prepared.faults and context.context and context.context.pay:
                await context.context.pay(meter.price)
            meter.begin()
        except GraphQLError as error:
            context.pre_execution_errors = [error]
        yield

    def get_results(self) -> dict[str, Any]:
        """For an event of a subscription, where it stands; whoever sends it may tell the client."""
        context = self.execution_context.context
        place = context.place if context else None
        return {"cursor": place.cursor} if place and place.cursor else {}


class Schema(strawberry.Schema):
    """Serves under limits. Errors are logged by whoever answers the caller, who knows the request."""

    def __init__(self, allowed: Limits) -> None:
        super().__init__(
            query=Query,
            mutation=Mutation,
            subscription=Subscription,
            extensions=[partial(Gate, allowed), Known],
            execution_context_class=Execution,
            config=StrawberryConfig(scalar_map=SCALARS),
        )

        self.sizes = Sizes()
        # Beside large queries, so that prices follow the data while those wait for each other.
        self.measurer = ThreadPoolExecutor(1, MEASURER)
        self.measuring: Future[None] = Future()
        self.measuring.set_result(None)
        self.workers = Workers(allowed.large, allowed.at_once)
        _shorten(self._schema)
        # An argument that may be left out has no default, rather than the default null: the contract says so, and a
        # client generator makes a difference between the two.
        for argument in _arguments(self._schema):
            if argument.default_value is None:
                argument.default_value = Undefined

    def _get_execute_function(self) -> Callable[..., Any]:
        return self.workers.execute

    def _extend_introspection(self) -> None:
        """The library's own answer to `isOneOf` fails for what is a list or never null. GraphQL's is right."""

    def measure(self, db: Database) -> None:
        """Looks how long the lists are that queries lead to. Prices follow from it."""
        try:
            self.sizes = db.read_sync(sizes.measure, columns(self._schema))
        except failures.ERRORS:
            # Without a database nothing can be asked either.
            log.warning("sizes_unknown")

    def follow(self, db: Database, state: dataset.State | None) -> None:
        """Measures anew, beside all that is asked, when the data is in another state."""
        if state != self.sizes.state and self.measuring.done():
            self.measuring = self.measurer.submit(self.measure, db)

    def close(self) -> None:
        self.measurer.shutdown(cancel_futures=True)
        self.workers.close()

    def sdl(self) -> str:
        """The schema as it is committed and served."""
        return self.as_str() + "\n"

    async def stream(self, *args: Any, **kwargs: Any) -> StreamResult:
        """As the library's own, with errors as a caller may see them: who streams them does not know which is which."""
        return _published(await super().stream(*args, **kwargs))

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        pass


async def _published(results: StreamResult) -> StreamResult:
    async with aclosing(results):
        try:
            async for result in results:
                if isinstance(result, ExecutionResult) and result.errors:
                    # The gate has said what is wrong with a query. What is left is found where it meets its variables.
                    result.errors = [published(error, executing=True) for error in result.errors]
                yield result
        except GraphQLError as error:
            # What the gate raises while parsing, the library catches only where it does not stream.
            yield PreExecutionError(data=None, errors=[published(error, executing=False)])


def _arguments(schema: GraphQLSchema) -> Iterator[GraphQLArgument | GraphQLInputField]:
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            yield from kind.fields.values()
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field in kind.fields.values():
                yield from field.args.values()


def _shorten(schema: GraphQLSchema) -> None:
    """Resolves relations without Strawberry's wrapping, which is there for arguments: a tenth off a large query."""
    for kind in schema.type_map.values():
        for field in kind.fields.values() if isinstance(kind, GraphQLObjectType) else ():
            definition = field.extensions.get("strawberry-definition")
            if isinstance(definition, StrawberryField) and DIRECT in definition.metadata:
                field.resolve = definition.metadata[DIRECT]
