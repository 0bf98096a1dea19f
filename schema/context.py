"""What a resolver may touch."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import strawberry

from db.database import Database
from db.feed import Feed
from db.tokens import Viewer
from schema.meter import Meter

if TYPE_CHECKING:
    # It imports what needs this module.
    from schema.limits import Limits


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
    feed: Feed
    clock: Callable[[], dt.datetime]
    # For whom the token speaks; None for the public.
    viewer: Viewer | None = None
    place: Place | None = None
    # In place of those that strangers are held to: the server's own queries must pass whatever these are.
    allowed: "Limits | None" = None
    # Takes a price from the budget of the client, or raises RateLimited. None where nobody pays.
    pay: Callable[[int], Awaitable[None]] | None = None
    meter: Meter = field(default_factory=Meter)

    @cached_property
    def today(self) -> dt.date:
        return self.clock().date()

    def renew(self) -> None:
        """For the next event of a subscription, which may come on another day."""
        self.__dict__.pop("today", None)


Info: TypeAlias = strawberry.Info[Context, None]
