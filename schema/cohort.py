"""Objects that came together are asked about together: what one of them wants to know, the others will too.

So a relation takes one SQL statement for all of them, and not one for each. On SQLite the answer is there at once, and
nothing has to be awaited; a loader that waits for its batch took twice the time for a large query.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar

from db.paging import Page
from db.rows import row_type
from schema.context import Context

Question = Callable[..., dict[Any, Any]]
Answers = dict[Any, Any]
# More keys than this are asked for in several statements: a database takes only so many parameters.
BATCH = 10_000


class Member:
    """One of a cohort."""

    cohort: "Cohort"

    def asked(
        self, question: Question, of: Callable[[Any], Any], *args: Any, then: Callable[[Any], Any] | None = None
    ) -> Any:
        """The answer for this member, or an awaitable of it. `of` gives the key of a member, or None for no answer."""
        key = of(self)
        found = None if key is None else self.cohort.ask(question, of, *args)
        if isinstance(found, asyncio.Future):
            return _later(found, key, then)
        answer = None if found is None else found.get(key)
        return then(answer) if then else answer


M = TypeVar("M", bound=Member)
_shapes: dict[type[Any], Any] = {}


class Cohort:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.members: list[Member] = []
        self.answers: dict[Any, Answers | asyncio.Future[Answers]] = {}

    def add(self, member: M) -> M:
        member.cohort = self
        self.members.append(member)
        return member

    def shape(self, row: Any) -> Any:
        """The row as its GraphQL type, one of this cohort. None stays None."""
        return None if row is None else self.add(_shapes[type(row)].from_row(row))

    def ask(self, question: Question, of: Callable[[Any], Any], *args: Any) -> Answers | asyncio.Future[Answers]:
        """The answers for every member, asked for by the first of them."""
        # A member that joined since the others were asked about has no answer among theirs.
        name = (question, of, args, len(self.members))
        if name not in self.answers:
            keys = list({key: None for member in self.members if (key := of(member)) is not None})
            for _ in range(0, len(keys), BATCH):
                self.context.meter.statement()
            if self.context.in_place:
                self.answers[name] = self._shaped(self.context.db.read_sync(_in_batches, question, keys, args))
            else:
                self.answers[name] = asyncio.ensure_future(self._read(question, keys, args))
        return self.answers[name]

    async def _read(self, question: Question, keys: list[Any], args: tuple[Any, ...]) -> Answers:
        return self._shaped(await self.context.db.read(_in_batches, question, keys, args))

    def _shaped(self, found: Answers) -> Answers:
        """The rows in the answers as their GraphQL types: a cohort of their own, over all answers."""
        cohort = Cohort(self.context)
        return {key: _shape(cohort, value) for key, value in found.items()}


def shapes(model: type[Any]) -> Callable[[type[M]], type[M]]:
    """Names the GraphQL type of a table's rows."""

    def register(cls: type[M]) -> type[M]:
        _shapes[model] = _shapes[row_type(model).type] = cls
        return cls

    return register


def gathered(context: Context, members: Iterable[M]) -> list[M]:
    """The same objects, as one cohort."""
    cohort = Cohort(context)
    return [cohort.add(member) for member in members]


def _shape(cohort: Cohort, value: Any) -> Any:
    if isinstance(value, list):
        return [cohort.shape(row) for row in value]
    if isinstance(value, Page):
        return Page([(cohort.shape(row), at) for row, at in value.rows], value.has_next)
    return cohort.shape(value) if type(value) in _shapes else value


def _in_batches(session: Any, question: Question, keys: list[Any], args: tuple[Any, ...]) -> Answers:
    found: Answers = {}
    for start in range(0, len(keys), BATCH):
        found |= question(session, keys[start : start + BATCH], *args)
    return found


async def _later(found: Awaitable[Answers], key: Any, then: Callable[[Any], Any] | None) -> Any:
    answer = (await found).get(key)
    return then(answer) if then else answer
