"""How the followers of the log get its changes: many in a turn, and one execution for all who ask the same."""

import time
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias, cast

import orjson
from graphql import ExecutionResult, GraphQLResolveInfo
from graphql.language import ast

from db.models import Change
from schema.answers import Answer, Events
from schema.context import Context, Info
from schema.errors import RateLimited

# Executes an event, by its root value.
Execute: TypeAlias = Callable[[Context, object], ExecutionResult | Awaitable[ExecutionResult]]
# A turn ends with the event that exceeds these, in bytes and in seconds.
TURN_BYTES, TURN_SECONDS = 65_536, 0.001


class Pending:
    """The changes that one follower still has to get."""

    def __init__(self, question: Hashable, build: Callable[[Context, Change], Any]) -> None:
        """`build` makes of a change the root value of its execution, which has a cursor."""
        self.question = question
        self.build = build
        self.changes: deque[Change] = deque()
        # The answer to the first of them, or the refusal of it, where it waits for a turn of its own.
        self.answer: Answer | None = None
        self.refusal: RateLimited | None = None

    async def execute(self, context: Context, execute: Execute) -> ExecutionResult:
        """As many as there is time for in one turn; one with an error comes alone. Each is paid for before."""
        events = Events(data=None, errors=None)
        size, end = 0, time.monotonic() + TURN_SECONDS
        while self.changes and (not events.answers or (size < TURN_BYTES and time.monotonic() < end)):
            try:
                answer = await self._first(context, execute)
            except RateLimited as error:
                self.refusal = error
                if not events.answers:
                    raise
                break
            if answer.result.errors and events.answers:
                self.answer = answer
                break
            self.answer = None
            self.changes.popleft()
            context.meter.cost = answer.cost
            if context.position:
                context.position.cursor = answer.cursor
            if answer.result.errors:
                return answer.result
            events.answers.append((answer, context.cost()))
            size += len(answer.body)
        return cast(ExecutionResult, events)

    async def _first(self, context: Context, execute: Execute) -> Answer:
        """The answer to the first change."""
        if self.refusal:
            raise self.refusal
        if self.answer:
            return self.answer
        if context.pay:
            await context.pay(context.meter.price)
        change, log = self.changes[0], context.live_log
        state = (context.clock.today(), log.latest, len(log.rewinds))
        key = (self.question, change.revision)
        return await context.answers.get(state, key, lambda: self._answer(change, context, execute), log.delivery.turn)

    def _answer(self, change: Change, context: Context, execute: Execute) -> Answer | Awaitable[Answer]:
        # The event may come on another day, and has limits of its own.
        own = replace(context, meter=replace(context.meter), position=None)
        own.meter.begin()
        root = self.build(own, change)

        def finish(result: ExecutionResult) -> Answer:
            body = b"" if result.errors else orjson.dumps({"data": result.data})
            return Answer(result, body, root.cursor, own.meter.cost)

        async def finish_later(result: Awaitable[ExecutionResult]) -> Answer:
            return finish(await result)

        result = execute(own, root)
        return finish(result) if isinstance(result, ExecutionResult) else finish_later(result)


def question_of(info: Info) -> Hashable:
    """What a subscription asks, and by whose rights: where two are equal, each event is the same for both.

    The arguments of the field that is subscribed to only tell which events come. A variable that stands nowhere else
    does not count.
    """
    raw, name = info._raw_info, info.operation.name
    counted = {variable for node in (raw.operation, *raw.fragments.values()) for variable in _variables(node, raw)}
    values = sorted((name, value) for name, value in info.variable_values.items() if name in counted)
    return info.query, name and name.value, repr(values), info.context.viewer


def _variables(node: ast.Node, raw: GraphQLResolveInfo[Any]) -> Iterator[str]:
    """The names of the variables that a part of a query uses, apart from the arguments of the root field."""
    if isinstance(node, ast.VariableNode):
        yield node.name.value
    elif isinstance(node, ast.VariableDefinitionNode):
        return
    for key in node.keys:
        if key != "loc" and not (key == "arguments" and any(node is root for root in raw.field_nodes)):
            value = getattr(node, key)
            for part in value if isinstance(value, list | tuple) else (value,):
                if isinstance(part, ast.Node):
                    yield from _variables(part, raw)
