"""What a resolver may touch."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeAlias, TypeVar

import strawberry
from sqlmodel import Session

from db.clock import Clock
from db.database import Database
from db.live import LiveLog
from db.tokens import Principal
from schema.meter import Meter

if TYPE_CHECKING:
    # It imports what needs this module.
    from schema.limits import Limits


P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Place:
    """Where a client of server-sent events is in the log: where it was, by its own word, and what it was sent last."""

    after: str | None = None
    cursor: str | None = None
    cut: bool = False


@dataclass(frozen=True)
class Context:
    """Built once a request, so that its day is the same throughout."""

    db: Database
    live_log: LiveLog
    clock: Clock
    # For whom the token speaks; None for the public.
    viewer: Principal | None = None
    place: Place | None = None
    # In place of those that strangers are held to: the server's own queries must pass whatever these are.
    allowed: "Limits | None" = None
    # Takes a price from the budget of the client, or raises RateLimited. None where nobody pays.
    pay: Callable[[int], Awaitable[None]] | None = None
    meter: Meter = field(default_factory=Meter)
    # On a thread of its own, where nobody else waits.
    off_loop: bool = False

    @property
    def in_place(self) -> bool:
        """Whether a question is answered at once, on the thread that asks it."""
        return self.off_loop or self.db.reads_in_place

    async def read(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer to one question, which is charged for."""
        self.meter.statement()
        if self.in_place:
            return self.db.read_sync(question, *args, **kwargs)
        return await self.db.read(question, *args, **kwargs)

    @cached_property
    def today(self) -> dt.date:
        return self.clock.today()

    def renew(self) -> None:
        """For the next event of a subscription, which may come on another day and has a budget of its own."""
        self.__dict__.pop("today", None)
        self.meter.begin()


Info: TypeAlias = strawberry.Info[Context, None]
