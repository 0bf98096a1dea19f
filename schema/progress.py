"""Counts of commitments by status."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import strawberry

from db import models, progress
from db.columns import Condition
from db.sizes import Sizes
from db.vocabulary import GROUP_OF, Interval, Status, StatusGroup
from schema.arguments import AsOf, From, KnownAt, To
from schema.batch import Batch
from schema.context import Context, Info
from schema.cost import STATEMENT, Arguments, Group, costs, every, fixed, own, scan
from schema.errors import BadInput, TooMuch
from schema.filter_fields import filter_scan
from schema.filters import CommitmentFilter, CommitmentFilterArg
from schema.keys import KEY
from schema.limits import POINTS
from schema.moment import Moment
from schema.node import Node
from schema.record import moment_of
from schema.relations import type_of
from schema.scalars import read_day

# The flat cost of a count: a look at each commitment, one at each status, and the counts themselves.
COMMITMENTS = filter_scan(models.Commitment, CommitmentFilter)
STATUSES = scan(models.Commitment, models.StatusUpdate, work=0.05)
MONTHS = {Interval.MONTH: 1, Interval.QUARTER: 3, Interval.YEAR: 12}


@strawberry.type(description="How many commitments have a status.")
class StatusCount:
    status: Status = strawberry.field(description="The status.")
    count: int = strawberry.field(description="How many commitments have it.")


@strawberry.type(description="How many commitments are in a group of statuses.")
class GroupCount:
    group: StatusGroup = strawberry.field(description="The group.")
    count: int = strawberry.field(description="How many commitments are in it.")


def count_statuses(tally: Counter[Status]) -> list[StatusCount]:
    return [StatusCount(status=status, count=tally[status]) for status in Status]


def count_groups(tally: Counter[Status]) -> list[GroupCount]:
    counts: Counter[StatusGroup] = Counter()
    for status, number in tally.items():
        counts[GROUP_OF[status]] += number
    return [GroupCount(group=group, count=counts[group]) for group in StatusGroup]


def _counts(self: "ThemeProgress | Progress") -> list[StatusCount]:
    return count_statuses(self.tally)


def _groups(self: "ThemeProgress | Progress") -> list[GroupCount]:
    return count_groups(self.tally)


@strawberry.type(
    description="The counts of one theme. The theme is null for the commitments that are not identified yet."
)
class ThemeProgress:
    tally: strawberry.Private[Counter[Status]]
    theme: Node | None = strawberry.field(
        description="The theme; null for the commitments that are not identified yet.",
        graphql_type=type_of(models.Theme) | None,
    )
    total: int = strawberry.field(description="How many commitments are counted.")
    counts = strawberry.field(
        _counts,
        description="One entry for every status, in order, zeros included.",
        metadata=costs(fixed(len(Status)), flat=0),
    )
    groups = strawberry.field(
        _groups,
        description="One entry for every group, in order, zeros included.",
        metadata=costs(fixed(len(StatusGroup)), flat=0),
    )


@strawberry.type(description="How many commitments stand where, on one day.")
class Progress:
    tally: strawberry.Private[Counter[Status]]
    tally_by_theme: strawberry.Private[progress.Tally]
    themes: strawberry.Private[Sequence[Node]]
    as_of: dt.date = strawberry.field(description="The day.")
    total: int = strawberry.field(description="How many commitments are counted.")
    counts = strawberry.field(
        _counts,
        description="One entry for every status, in order, zeros included.",
        metadata=costs(fixed(len(Status)), flat=0),
    )
    groups = strawberry.field(
        _groups,
        description="One entry for every group, in order, zeros included.",
        metadata=costs(fixed(len(StatusGroup)), flat=0),
    )

    @strawberry.field(
        description="The same by theme, in order, zeros included; last, where there are any, those not identified yet.",
        metadata=costs(every(models.Theme, more=1), flat=0),
    )
    def by_theme(self) -> list[ThemeProgress]:
        tallies: dict[int | None, Counter[Status]] = {KEY(theme): Counter() for theme in self.themes}
        tallies[None] = Counter()
        for (theme_key, status), number in self.tally_by_theme.items():
            tallies[theme_key][status] += number
        parts: list[tuple[Node | None, Counter[Status]]] = [(theme, tallies[KEY(theme)]) for theme in self.themes]
        if tallies[None].total():
            parts.append((None, tallies[None]))
        return [ThemeProgress(tally=tally, theme=theme, total=tally.total()) for theme, tally in parts]


def build_progress(day: dt.date, tally: progress.Tally, themes: Sequence[Node]) -> Progress:
    """What it says of each status, group and theme is counted when it is asked for."""
    whole: Counter[Status] = Counter()
    for (_, status), number in tally.items():
        whole[status] += number
    return Progress(tally=whole, tally_by_theme=tally, themes=themes, as_of=day, total=whole.total())


def period_ends(start: dt.date, end: dt.date, every: Interval) -> list[dt.date]:
    """The last day of each period that ends between the two days."""
    if start > end:
        raise BadInput("`from` is after `to`.")
    step = MONTHS[every]
    first = start.year * 12 + (start.month - 1) // step * step + step - 1
    number = max(0, (end.year * 12 + end.month - 1 - first) // step + 1)
    if number > POINTS:
        raise TooMuch(
            "TOO_MANY_POINTS", f"A series has at most {POINTS} points, not {number}.", allowed=POINTS, asked=number
        )
    months = [divmod(first + place * step, 12) for place in range(number)]
    days = [dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1]) for year, month in months]
    return [day for day in days if start <= day <= end]


def points(group: Group, _sizes: Sizes, arguments: Arguments) -> Group:
    """The points of a series; the most points possible if the days are not valid."""
    try:
        start, end = read_day(arguments("from")), read_day(arguments("to"))
        number = len(period_ends(start, end, Interval(arguments("every") or Interval.MONTH)))
    except (BadInput, TooMuch, ValueError):
        number = POINTS
    return Group(group.number * number, group.number * number)


async def load_themes(context: Context, moment: Moment) -> list[Node]:
    return Batch(context, moment).to_graphql(list[Node], await context.read(moment, progress.themes))


def tally_cost(sizes: Sizes, arguments: Arguments) -> int:
    return STATEMENT + COMMITMENTS(sizes, arguments) + STATUSES(sizes, arguments)


def _series_cost(sizes: Sizes, arguments: Arguments) -> int:
    # Each point counts every status in every theme, whatever of it is selected.
    counts = points(Group(), sizes, arguments).number * (sizes.rows(models.Theme) + 2) * len(Status)
    return tally_cost(sizes, arguments) + STATEMENT + counts


@strawberry.type
class ProgressQueries:
    @strawberry.field(
        description="How many commitments have each status, on one day, as known at one instant.",
        metadata=costs(own, tally_cost),
    )
    async def progress(
        self, info: Info, as_of: AsOf = None, known_at: KnownAt = None, filter: CommitmentFilterArg = None
    ) -> Progress:
        moment = moment_of(self, info).known_at(known_at, info.context.clock)
        day = as_of or moment.as_of
        tally = await info.context.read(moment, progress.tally, conditions(filter, day, moment), day)
        return build_progress(day, tally, await load_themes(info.context, moment))

    @strawberry.field(
        description="The same count on the last day of each month, quarter or year of a period, as for a chart. At"
        " most 120 points.",
        metadata=costs(points, _series_cost),
    )
    async def progress_series(
        self,
        info: Info,
        from_: From,
        to: To,
        every: Annotated[
            Interval | None, strawberry.argument(description="How far apart the points are.")
        ] = Interval.MONTH,
        known_at: KnownAt = None,
        filter: CommitmentFilterArg = None,
    ) -> list[Progress]:
        days = period_ends(from_, to, every or Interval.MONTH)
        if not days:
            return []
        moment = moment_of(self, info).known_at(known_at, info.context.clock)
        tallies = await info.context.read(moment, progress.series, conditions(filter, moment.as_of, moment), days)
        themes = await load_themes(info.context, moment)
        return [build_progress(day, tally, themes) for day, tally in zip(days, tallies, strict=True)]


def conditions(filter: CommitmentFilter | None, day: dt.date, moment: Moment) -> list[Condition]:
    return (filter or CommitmentFilter()).conditions(day, moment.today)
