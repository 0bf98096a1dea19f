"""What a member of a batch loads, said before it is loaded."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

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
