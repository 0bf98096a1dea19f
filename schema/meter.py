"""The meter counts what one operation costs: for its limits, for the log, and for the budget of its client."""

import math
import time
from dataclasses import dataclass

from schema.cost import STATEMENT
from schema.errors import TooMuch


class Exhausted(TooMuch):
    """An operation took more than it may. It ends as a whole."""

    def __init__(self, what: str, allowed: int) -> None:
        super().__init__("QUERY_TOO_COSTLY", f"A query may {what}; this one took more.", allowed=allowed)
        self.allowed = allowed

    def of_answer(self) -> TooMuch:
        """The same for a mutation, of which only the answer is metered: a client must not send it again."""
        return TooMuch("QUERY_TOO_COSTLY", f"It was written, without an answer. {self.message}", allowed=self.allowed)


@dataclass
class Meter:
    # The most that it can cost, computed before it is executed.
    price: int = 0
    # What it has cost so far.
    cost: int = 0
    # Its kind, and its name if it has one.
    operation: str | None = None
    client: str = ""
    # The most that it may cost, in units of `schema.cost`, and take, in seconds.
    allowed: float = math.inf
    seconds: float = math.inf
    start: float = 0.0

    @property
    def kind(self) -> str:
        """The kind of the operation; empty where it was not found."""
        return (self.operation or "").partition(" ")[0]

    def begin(self) -> None:
        """Counts from here on: for an execution, or for the next event of a subscription."""
        self.cost = 0
        self.start = time.monotonic()

    def resume(self) -> None:
        """Counts the time from here on: a wait for other writers does not count."""
        self.start = time.monotonic()

    def charge(self, cost: int) -> None:
        self.cost += cost
        if self.cost > self.allowed:
            raise Exhausted(f"cost {self.allowed}", int(self.allowed))

    def statement(self) -> None:
        """Charges for an SQL statement before it is executed, and checks the time."""
        self.charge(STATEMENT)
        if time.monotonic() - self.start > self.seconds:
            raise Exhausted(f"take {self.seconds:g} seconds", math.ceil(self.seconds))

    def stop(self) -> None:
        """Ends the operation at its next charge: its client is gone."""
        self.allowed = 0
