"""What happens to a query before it is executed: it is parsed, priced, validated and paid for."""

import datetime as dt
import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Hashable, Iterator
from functools import cached_property, lru_cache, partial

from graphql import GraphQLError, GraphQLSchema, GraphQLSyntaxError, get_operation_ast, parse, specified_rules, validate
from graphql.language import ast
from graphql.validation.rules import overlapping_fields_can_be_merged as merging
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext

from db.sizes import Sizes
from schema.errors import OperationUnclear, TooMuch, to_public
from schema.limits import Limits
from schema.meter import Meter
from schema.price import check_price, highest_price, too_deep

# Clients send the same few queries again and again. A parsed one takes up to 2 MB: few are cached, and no long ones,
# so that no client can fill the memory with them.
CACHED_QUERIES = 64
CACHED_LENGTH = 5_000
# How many prices of a query are cached, and for values of variables of how many characters.
CACHED_PRICES, CACHED_VALUES = 8, 500
# More errors help no reader, and each may search the whole schema for names to suggest.
MAX_ERRORS = 20
# Fields of one name are compared in pairs. graphql-core documents this assignment as the means to set a bound: its own
# lets 7 KB of such fields take a second; this one, a tenth.
merging.MAX_COMPLEXITY_BUDGET = 50_000


class ParsedQuery:
    """A parsed query. It is validated when that is first needed, because a limit may refuse it before."""

    def __init__(self, schema: GraphQLSchema, query: str, limits: Limits) -> None:
        self.schema = schema
        # By operation, latest day and variables, the last used at the end.
        self.prices: OrderedDict[Hashable, tuple[Sizes, int]] = OrderedDict()
        try:
            self.document = parse(query, max_tokens=limits.tokens)
        except GraphQLSyntaxError as error:
            # The parser has no class of errors for its bounds: only the message tells. tests/schema/test_limits.py
            # fails when it changes.
            if "nested too deeply" in error.message:
                raise _at(error, too_deep(limits)) from None
            if "Parsing aborted" in error.message:
                message = f"A query may have {limits.tokens} tokens; this one has more."
                raise _at(error, TooMuch("QUERY_TOO_LONG", message, allowed=limits.tokens)) from None
            raise

    def price(
        self,
        operation: ast.OperationDefinitionNode,
        variables: dict[str, object],
        limits: Limits,
        sizes: Sizes,
        latest: dt.date,
    ) -> int:
        """The price of an operation, cached for the same sizes and variables; raises when it is too high."""
        declared = [node.variable.name.value for node in operation.variable_definitions or ()]
        # What a client sends beside those that are declared has no effect.
        values = {name: variables[name] for name in declared if name in variables}
        text = _text(values) if values else ""
        if text is None:
            return check_price(self.schema, self.document, operation, values, limits, sizes, latest)
        key = (operation.name.value if operation.name else None, latest, text)
        entry = self.prices.get(key)
        if entry is None or entry[0] is not sizes:
            price = check_price(self.schema, self.document, operation, values, limits, sizes, latest)
            entry = self.prices[key] = sizes, price
            if len(self.prices) > CACHED_PRICES:
                self.prices.popitem(last=False)
        self.prices.move_to_end(key)
        return entry[1]

    @cached_property
    def errors(self) -> list[GraphQLError]:
        return validate(self.schema, self.document, specified_rules, max_errors=MAX_ERRORS)


def _text(values: dict[str, object]) -> str | None:
    """Values of variables as a key; None for values that are too long for one."""
    try:
        text = json.dumps(values, sort_keys=True)
    except (TypeError, ValueError, RecursionError):
        return None
    return text if len(text) <= CACHED_VALUES else None


def _at(error: GraphQLSyntaxError, refusal: TooMuch) -> TooMuch:
    """The refusal in the place where the parser stopped."""
    refusal.source, refusal.positions, refusal.locations = error.source, error.positions, error.locations
    return refusal


class QueryCache:
    """The queries of one schema. They end with it: a process of tests makes a thousand."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.parse = partial(ParsedQuery, schema)
        self.parse_short = lru_cache(maxsize=CACHED_QUERIES)(self.parse)

    def get(self, text: str, limits: Limits) -> ParsedQuery:
        return (self.parse_short if len(text) <= CACHED_LENGTH else self.parse)(text, limits)


def operation_of(context: ExecutionContext) -> ast.OperationDefinitionNode | None:
    """The operation to be executed; None if the client's `operationName` does not tell which."""
    assert context.graphql_document
    # Not `context.operation_name`: without a name from the client, it is that of the first operation.
    return get_operation_ast(context.graphql_document, context._provided_operation_name)


class QueryGuard(SchemaExtension):
    """Parses, prices and validates a query, in this order: each step is safe because of the one before."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def on_parse(self) -> Iterator[None]:
        self.parse()
        yield

    async def on_validate(self) -> AsyncIterator[None]:
        await self.validate()
        yield

    def parse(self) -> None:
        context = self.execution_context
        text = context.query or ""
        self.limits = (context.context and context.context.limits) or self.limits
        queries: QueryCache = context.schema.queries  # type: ignore[attr-defined]
        self.query = queries.get(text, self.limits)
        context.graphql_document = self.query.document
        if context.context:
            context.context.query = self.query

    async def validate(self) -> None:
        context, query, limits = self.execution_context, self.query, self.limits
        meter = context.context.meter if context.context else Meter()
        try:
            operation = operation_of(context)
            if operation is None:
                raise OperationUnclear
            meter.operation = operation.operation.value + (f" {operation.name.value}" if operation.name else "")
            sizes: Sizes = await context.schema.known_sizes()  # type: ignore[attr-defined]
            latest = context.context.latest_day if context.context else dt.date.max
            meter.price = query.price(operation, context.variables or {}, limits, sizes, latest)
            meter.allowed, meter.seconds = highest_price(operation, limits), limits.seconds
            context.pre_execution_errors = [to_public(error, executing=False) for error in query.errors]
            if not query.errors and context.context and context.context.pay:
                await context.context.pay(meter.price)
            meter.begin()
        except GraphQLError as error:
            context.pre_execution_errors = [error]

    def get_results(self) -> dict[str, object]:
        """The extensions of an answer: the cost, for a client that asks for it; and of an event of a subscription the
        cursor, from which server-sent events make its id."""
        context, results = self.execution_context.context, dict[str, object]()
        if context and context.position and context.position.cursor:
            results["cursor"] = context.position.cursor
        return results | context.cost() if context else results
