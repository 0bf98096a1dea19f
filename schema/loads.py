"""What a member of a batch loads, said before it is loaded."""

import datetime as dt
import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

V = TypeVar("V")
T = TypeVar("T")

# Marks a resolver whose value follows from what it loads: of the member itself it asks for nothing but its batch and
# its moment. So one call says what is loaded for all members of a batch.
BY_LOAD = "by_load"
# What such a resolver returns: the rows that it has loaded, of which it reads nothing, or a value.
ROWS: dict[object, object] = {BY_LOAD: "rows"}
VALUE: dict[object, object] = {BY_LOAD: "value"}


@dataclass(frozen=True)
class Load:
    """A question, and how its answer is found for each member. It is also the resolver of a relation."""

    question: Callable[..., Mapping[Any, object]]
    key_of: Callable[[Any], object]
    args: tuple[object, ...]
    known_at: dt.datetime | None = None
    # Makes the value of what was loaded.
    change: Callable[[Any], object] | None = None

    def __call__(self, member: Any, _info: object = None) -> object:
        return member.value(self.question, self.key_of, self.args)


def then(value: V, change: Callable[[V], T]) -> T:
    """Applies a function to a value that a member loads: at once, or after it is loaded."""
    if isinstance(value, Load):
        return cast(T, replace(value, change=change))
    return cast(T, _change_later(value, change)) if inspect.iscoroutine(value) else change(value)


async def _change_later(value: Awaitable[V], change: Callable[[V], T]) -> T:
    return change(await value)
