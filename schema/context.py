"""The context of a request: what its resolvers use."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import strawberry
from sqlmodel import Session

from db.clock import Clock
from db.database import Database
from db.live import LiveLog
from db.queries import Query, Question
from db.reader import Reader
from db.statements import RawRow
from db.tokens import Principal
from schema.answers import Answers
from schema.limits import Limits
from schema.meter import Meter
from schema.moment import Moment

# Clocks of two machines differ: what was recorded less than this ago may not be all of it.
SKEW = dt.timedelta(minutes=1)
PageUrl: TypeAlias = Callable[[str, str, str, Mapping[str, str]], str]
P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class StreamPosition:
    """How far a client of server-sent events has read the log."""

    # The cursor that the client sends when it connects again.
    after: str | None = None
    # The cursor of the last change that was sent to it.
    cursor: str | None = None


@dataclass
class Context:
    """Made for each request, so that its day and its revision are the same throughout."""

    db: Database
    live_log: LiveLog
    clock: Clock
    # Whom the token speaks for; None for the public.
    viewer: Principal | None = None
    # Where people report a mistake, as the settings have it.
    contact: str | None = None
    position: StreamPosition | None = None
    # The address of the page that shows a row: by its kind, its natural key, that of the row whose page it is on where
    # that is another, and the moment.
    page_url: PageUrl = field(kw_only=True)
    # In place of the limits for strangers: the server's own queries pass whatever those are.
    limits: Limits | None = None
    # Takes a price from the budget of the client, or raises RateLimited. None without a budget.
    pay: Callable[[int], Awaitable[None]] | None = None
    meter: Meter = field(default_factory=Meter)
    # Whether the extensions of the answer say what it has cost.
    shows_cost: bool = False
    # Whether it is a query of ours that this process has not executed yet, which takes several times as long as later.
    is_first: bool = False
    # Whether the operation is executed on a thread of its own, which may wait for the database.
    off_loop: bool = False
    # Reads what several queries are asked of together, so that all are of one revision.
    reader: Reader | None = None
    # Of each record that the query has asked for, whether it is pinned on both clocks. Shared with the copy that a
    # thread executes.
    pinned: list[bool] = field(default_factory=list)
    # All of an operation that has one answer, to be parted at its end. Shared with the copy that a thread executes.
    batches: list[Any] | None = None
    # What the followers of the log share.
    answers: Answers = field(default_factory=Answers)
    # The text that is executed, as it was parsed.
    query: object = None
    # Whether the answer can never be another one, as far as it is known.
    lasts: bool = False

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """What is read from now on is of today, and of one revision."""
        self.today = self.clock.today()
        self.moment = Moment(self.today, self.today, self.reader or Reader(self.db))

    @property
    def latest_day(self) -> dt.date:
        """The last day that can be asked about: tomorrow, which has begun elsewhere in the world."""
        return self.clock.today() + dt.timedelta(days=1)

    def part_batches(self) -> None:
        """When all is answered. A batch and its members hold each other, and the collector of garbage, which holds all
        threads, would have to find them."""
        for batch in self.batches or ():
            batch.members.clear()
        if self.batches:
            self.batches.clear()

    def is_lasting(self, data: Mapping[str, object] | None) -> bool:
        """Whether the data can never be other data: each of its fields is a record that is pinned on both clocks."""
        return 0 < len(self.pinned) == len(data or ()) and all(self.pinned)

    @property
    def in_place(self) -> bool:
        """Whether nothing is awaited for an answer of the database."""
        return self.db.is_sqlite

    async def read(
        self, moment: Moment, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The answer to one question at a moment, charged for as one statement."""
        if isinstance(question, Question):
            query: Query[T] = question.query(*args, **kwargs)
            return query.read(await self.rows(moment, query), self.db.engine.dialect)
        self.meter.statement()
        if self.in_place or self.off_loop:
            return moment.reader.read_sync(question, *args, **kwargs)
        return await moment.reader.read(question, *args, **kwargs)

    async def rows(self, moment: Moment, query: Query[Any]) -> Sequence[RawRow]:
        """The rows of a query at a moment, charged for as one statement."""
        self.meter.statement()
        if self.in_place:
            return moment.reader.rows_sync(query.statement, query.params)
        return await moment.reader.rows(query.statement, query.params, off_loop=self.off_loop)

    def cost(self) -> dict[str, object]:
        """What the extensions of an answer say of its cost: nothing to a client that does not ask."""
        meter = self.meter
        if not (self.shows_cost and meter.price):
            return {}
        return {"cost": {"price": meter.price, "cost": meter.cost, "allowed": int(meter.allowed)}}


Info: TypeAlias = strawberry.Info[Context, None]
