"""What changed between two days: statuses, what was stated of the size of funds, and events."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

import strawberry

from db import comparison, dataset, events, models, paging, statuses
from db.columns import Condition
from db.commitments import by_ref
from db.models.base import Base
from db.paging import Order, Page
from db.sizes import Sizes
from db.vocabulary import Status
from schema.arguments import After, First, From, KnownAt, To
from schema.batch import Batch, BatchMember
from schema.context import Context, Info
from schema.cost import STATEMENT, Arguments, Scan, Through, costs, every, own
from schema.errors import BadInput
from schema.events import Event
from schema.filters import CommitmentFilter, CommitmentFilterArg
from schema.funds import AmountStatement
from schema.keys import KEY
from schema.limits import PAGE
from schema.loads import then
from schema.moment import Moment
from schema.node import Node, id_at, node_by
from schema.paging import Connection, connect, read_cursor
from schema.progress import conditions, tally_cost
from schema.record import moment_of
from schema.relations import type_of
from schema.scalars import read_day
from schema.statuses import StatusUpdate

N = TypeVar("N", bound=Node)
CHANGES = "status-changes"


@strawberry.type(description="A commitment whose status differs between two days.")
class StatusChange(BatchMember):
    row: strawberry.Private[models.Commitment]
    start: strawberry.Private[dt.date]
    end: strawberry.Private[dt.date]
    commitment: Node = strawberry.field(description="The commitment.", graphql_type=type_of(models.Commitment))

    @strawberry.field(description="Its status on the first day.")
    def before(self) -> Status:
        return then(self._latest(self.start), _status)

    @strawberry.field(description="Its status on the second day.")
    def after(self) -> Status:
        return then(self._latest(self.end), _status)

    @strawberry.field(
        description="The update that gave the status on the first day; null if there is none.", metadata=costs(own)
    )
    def before_update(self) -> StatusUpdate | None:
        return self._latest(self.start)

    @strawberry.field(
        description="The update that gave the status on the second day; null if there is none.", metadata=costs(own)
    )
    def after_update(self) -> StatusUpdate | None:
        return self._latest(self.end)

    @strawberry.field(
        description="The updates after the first day and up to the second, oldest first.",
        metadata=costs(Through(models.StatusUpdate.commitment_id)),
    )
    def updates(self) -> list[StatusUpdate]:
        return self.load_as(list[StatusUpdate], comparison.updates, KEY, self.start, self.end)

    def _latest(self, day: dt.date) -> StatusUpdate | None:
        return self.load_optional(StatusUpdate, statuses.latest, KEY, day)


def _status(update: StatusUpdate | None) -> Status:
    return Status.NOT_ASSESSED if update is None else update.status


def _changes_cost(sizes: Sizes, arguments: Arguments) -> int:
    return 2 * tally_cost(sizes, arguments)


async def _find(context: Context, moment: Moment, keys: Sequence[str]) -> Mapping[str, Node]:
    found = {}
    for key in keys:
        with suppress(BadInput, ValueError):
            start, end = map(read_day, key.split("/"))
            _check_days(start, end)
            if end <= context.latest_day:
                found[key] = _build(context, moment, start, end)
    return found


@node_by(_find, lambda _sizes, _arguments: 0)
@strawberry.type(description="What changed after one day and up to another, as known at one instant.")
class Comparison(Node):
    from_: dt.date = strawberry.field(name="from", description="The first day, which is not itself between the two.")
    to: dt.date = strawberry.field(description="The second day.")

    @strawberry.field(
        description="Commitments whose status differs between the two days, by ref.",
        metadata=costs(every(models.Commitment), _changes_cost, paged=True),
    )
    async def status_changes(
        self, info: Info, filter: CommitmentFilterArg = None, first: First = PAGE, after: After = None
    ) -> Connection[StatusChange]:
        context, order = info.context, by_ref()
        where = _changed(filter, self.moment, self.from_, self.to)
        position = read_cursor(after, CHANGES, order) if after else None
        page = await context.read(self.moment, paging.page, models.Commitment, where, order, first or PAGE, position)
        rows = _build_changes(context, self.moment, [row for row, _ in page.rows], self.from_, self.to)
        positions = [position for _, position in page.rows]
        changes = Page(list(zip(rows, positions, strict=True)), page.has_next)
        count = partial(context.read, self.moment, paging.count, models.Commitment, where)
        return Connection(page=changes, name=CHANGES, after=after, count=count)

    @strawberry.field(
        description="What was stated of the size of funds between the two days, by date.",
        metadata=costs(every(models.AmountStatement), Scan(models.AmountStatement, {}), paged=True),
    )
    async def amounts(self, info: Info, first: First = PAGE, after: After = None) -> Connection[AmountStatement]:
        where = comparison.stated(self.from_, self.to)
        return await self._connect(
            info, AmountStatement, models.AmountStatement, where, comparison.BY_DATE, first, after
        )

    @strawberry.field(
        description="The events between the two days, by date.",
        metadata=costs(every(models.Event), Scan(models.Event, {}), paged=True),
    )
    async def events(self, info: Info, first: First = PAGE, after: After = None) -> Connection[Event]:
        where = comparison.held(self.from_, self.to)
        return await self._connect(info, Event, models.Event, where, events.by_date(), first, after)

    async def _connect(
        self,
        info: Info,
        kind: type[N],
        model: type[Base],
        where: Sequence[Condition],
        order: Order,
        first: int | None,
        after: str | None,
    ) -> Connection[N]:
        name = f"between {info.field_name}"
        return await connect(kind, info.context, self.moment, model, where, order, first, after, name=name)


def _changed(filter: CommitmentFilter | None, moment: Moment, start: dt.date, end: dt.date) -> list[Condition]:
    return [*conditions(filter, moment.as_of, moment), *comparison.changed(start, end)]


def _build_changes(
    context: Context, moment: Moment, rows: Sequence[models.Commitment], start: dt.date, end: dt.date
) -> list[StatusChange]:
    commitments, changes = Batch(context, moment), Batch(context, moment)
    return [
        changes.add(StatusChange(row=row, start=start, end=end, commitment=commitments.to_graphql(Node, row)))
        for row in rows
    ]


def _build(context: Context, moment: Moment, start: dt.date, end: dt.date) -> Comparison:
    id = id_at(moment, Comparison, f"{start}/{end}")
    return Batch(context, moment).add(Comparison(id=id, from_=start, to=end))


def _check_days(start: dt.date, end: dt.date) -> None:
    if start > end:
        raise BadInput("`from` is after `to`.")


@strawberry.type
class ComparisonQueries:
    @strawberry.field(
        description="What changed after one day and up to another: statuses, money that was stated, events.",
        metadata=costs(own, STATEMENT),
    )
    async def comparison(self, info: Info, from_: From, to: To, known_at: KnownAt = None) -> Comparison:
        _check_days(from_, to)
        moment = moment_of(self, info).known_at(known_at, info.context.clock)
        if known_at is not None:
            # The id names the revision, which is known once something was read.
            await info.context.read(moment, dataset.state)
        return _build(info.context, moment, from_, to)

    @strawberry.field(
        description="Commitments whose status differs between two days, by ref: all at once. `comparison` has them in"
        " pages.",
        metadata=costs(every(models.Commitment), _changes_cost),
    )
    async def status_changes(
        self, info: Info, from_: From, to: To, known_at: KnownAt = None, filter: CommitmentFilterArg = None
    ) -> list[StatusChange]:
        _check_days(from_, to)
        moment = moment_of(self, info).known_at(known_at, info.context.clock)
        where = _changed(filter, moment, from_, to)
        rows = await info.context.read(moment, comparison.commitments, where)
        return _build_changes(info.context, moment, rows, from_, to)
