"""The most that one query may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode, OperationType

from db.sizes import Sizes
from schema.errors import TooMuch
from schema.price import Scale


@dataclass(frozen=True)
class Limits:
    tokens: int = 2_000
    depth: int = 20
    aliases: int = 100
    cost: int = 50_000
    # A query that costs more leaves the event loop. A change, and an event of a subscription, may not cost more.
    large: int = 5_000
    # How many large queries are executed at once. Each takes its share of the time that small ones need, too.
    at_once: int = 1
    # How long a query may take once it is executed.
    seconds: float = 5.0


def check(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    limits: Limits,
    sizes: Sizes,
) -> int:
    """The price of the operation; raises when it asks for too much. The others of the document are not executed."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    try:
        weight = Scale(schema, sizes, fragments, operation, variables).weight
    except RecursionError:
        # A chain of fragments can be deeper than the stack, although each of them could be parsed.
        raise too_deep(limits) from None
    _most("QUERY_TOO_DEEP", "levels", weight.depth, limits.depth)
    _most("TOO_MANY_ALIASES", "aliases", weight.aliases, limits.aliases)
    most = allowed(operation, limits)
    if weight.cost > most:
        message = f"A {operation.operation.value} may cost {most}; this one could cost {weight.cost}."
        raise TooMuch("QUERY_TOO_COSTLY", message, allowed=most, asked=weight.cost)
    return weight.cost


def allowed(operation: OperationDefinitionNode, limits: Limits) -> int:
    """What an operation may cost: of a subscription, each event."""
    return limits.cost if operation.operation is OperationType.QUERY else min(limits.cost, limits.large)


def too_deep(limits: Limits) -> TooMuch:
    """For a query so deep that its levels were not even counted."""
    return TooMuch("QUERY_TOO_DEEP", f"A query may have {limits.depth} levels.", allowed=limits.depth)


def _most(code: str, what: str, asked: int, allowed: int) -> None:
    if asked > allowed:
        raise TooMuch(code, f"A query may have {allowed} {what}; this one has {asked}.", allowed=allowed, asked=asked)
