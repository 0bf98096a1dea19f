"""The answers to the latest events of the log, for followers who ask the same: each is made and encoded once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field

import orjson
from graphql import ExecutionResult
from strawberry.types import ExecutionResult as EventResult

# The most that is kept of the answers to the latest events, in bytes: it is for many who ask the same at once.
KEPT_BYTES = 4_194_304


@dataclass(frozen=True, slots=True)
class Answer:
    """One event as all get it who ask the same, with its result in JSON."""

    result: ExecutionResult
    body: bytes
    cursor: str
    cost: int

    def json(self, extensions: Mapping[str, object]) -> bytes:
        return b'%b,"extensions":%b}' % (self.body[:-1], orjson.dumps(extensions)) if extensions else self.body


@dataclass
class Events(EventResult):
    """The events of one turn, none with an error, and the extensions of each for this follower.

    It passes through graphql-core and Strawberry in the place of the result of one event.
    """

    answers: list[tuple[Answer, dict[str, object]]] = field(default_factory=list)


class Answers:
    """The answers to the latest events."""

    def __init__(self) -> None:
        self.state: Hashable = None
        self.kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self.size = 0
        # Those that are being made.
        self.tasks: dict[Hashable, asyncio.Task[Answer]] = {}

    async def get(
        self,
        state: Hashable,
        key: Hashable,
        make: Callable[[], Answer | Awaitable[Answer]],
        turn: Callable[[], Awaitable[None]],
    ) -> Answer:
        """The answer of a key in a state of the data, which is made unless it is there. Those who wait for one that is
        being made take a turn each when it is there."""
        if state != self.state:
            self.state, self.size = state, 0
            self.kept.clear()
        if kept := self.kept.get(key):
            return kept
        if task := self.tasks.get((state, key)):
            answer = await asyncio.shield(task)
            await turn()
            return answer
        made = make()
        if isinstance(made, Answer):
            return self._keep(state, key, made)
        task = self.tasks[state, key] = asyncio.create_task(self._finish(state, key, made))
        # The others get it though the one who made it leaves.
        return await asyncio.shield(task)

    async def _finish(self, state: Hashable, key: Hashable, made: Awaitable[Answer]) -> Answer:
        try:
            return self._keep(state, key, await made)
        finally:
            del self.tasks[state, key]

    def _keep(self, state: Hashable, key: Hashable, answer: Answer) -> Answer:
        # Who asks after a failure may fare better.
        if state == self.state and key not in self.kept and not answer.result.errors:
            self.kept[key] = answer
            self.size += len(answer.body)
            while self.size > KEPT_BYTES:
                self.size -= len(self.kept.popitem(last=False)[1].body)
        return answer
