"""The schema as it is served: the types, the scalars, and the gate that every query passes before it is executed."""

from collections.abc import Iterator
from functools import cached_property, lru_cache, partial

import strawberry
from graphql import (
    GraphQLArgument,
    GraphQLError,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSyntaxError,
    Undefined,
    parse,
    specified_rules,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.types.execution import ExecutionContext

from schema import limits
from schema.errors import TooMuch
from schema.limits import Limits
from schema.query import Query
from schema.scalars import SCALARS

# Clients send the same few queries again and again. Longer ones than this are not kept, so that nobody can fill
# the memory with them.
KEPT = 256
KEPT_LENGTH = 10_000


class Prepared:
    """A query, parsed; and validated when first asked, because a limit may refuse it before that."""

    def __init__(self, schema: GraphQLSchema, query: str, tokens: int) -> None:
        self.schema = schema
        try:
            self.document = parse(query, max_tokens=tokens)
        except GraphQLSyntaxError as error:
            # The parser tells this apart from a fault of syntax by its words alone.
            if "Parsing aborted" in error.message:
                message = f"A query may have {tokens} tokens; this one has more."
                raise TooMuch("QUERY_TOO_LONG", message, allowed=tokens) from None
            raise

    @cached_property
    def faults(self) -> list[GraphQLError]:
        return validate(self.schema, self.document, specified_rules)


kept = lru_cache(maxsize=KEPT)(Prepared)


class Gate(SchemaExtension):
    """Parses, weighs and validates, in this order: each step is safe because of the one before."""

    def __init__(self, allowed: Limits) -> None:
        self.allowed = allowed

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        query = context.query or ""
        prepare = kept if len(query) <= KEPT_LENGTH else Prepared
        self.prepared = prepare(context.schema._schema, query, self.allowed.tokens)
        context.graphql_document = self.prepared.document
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        try:
            limits.check(self.prepared.schema, self.prepared.document, context.variables or {}, self.allowed)
            context.pre_execution_errors = self.prepared.faults
        except GraphQLError as error:
            context.pre_execution_errors = [error]
        yield


class Schema(strawberry.Schema):
    """Serves under limits. Errors are logged by whoever answers the caller, who knows the request."""

    def __init__(self, allowed: Limits) -> None:
        super().__init__(
            query=Query,
            extensions=[partial(Gate, allowed)],
            config=StrawberryConfig(scalar_map=SCALARS),
        )

        # An argument that may be left out has no default, rather than the default null: the contract says so, and a
        # client generator makes a difference between the two.
        for argument in _arguments(self._schema):
            if argument.default_value is None:
                argument.default_value = Undefined

    def sdl(self) -> str:
        """The schema as it is committed and served."""
        return self.as_str() + "\n"

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        pass


def _arguments(schema: GraphQLSchema) -> Iterator[GraphQLArgument | GraphQLInputField]:
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            yield from kind.fields.values()
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field in kind.fields.values():
                yield from field.args.values()
