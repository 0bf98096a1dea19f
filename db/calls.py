"""Statements that are asked of PostgreSQL on the event loop."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from db.statements import Params, RawRow, Text

# The rows of a call, its error, or None where an error before it kept it from being run.
Result: TypeAlias = list[RawRow] | Exception | None


@dataclass(slots=True)
class Call:
    """A statement with its parameters, what makes the answer of its rows, and the future of that."""

    text: Text
    params: Params
    read: Callable[[list[RawRow]], Any]
    answer: "asyncio.Future[Any]"

    def settle(self, rows: list[RawRow]) -> None:
        if self.answer.done():
            return
        try:
            self.answer.set_result(self.read(rows))
        except Exception as error:  # noqa: BLE001  (the future raises it)
            self.answer.set_exception(error)

    def fail(self, error: BaseException) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)
