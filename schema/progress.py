"""Counts of commitments by status."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import strawberry

from db import models, progress
from db.sizes import Sizes
from db.vocabulary import GROUP_OF, Interval, Status, StatusGroup
from schema.cost import Arguments, Group, Through, costs, every, fixed
from schema.errors import BadInput, TooMuch
from schema.scalars import read_day

if TYPE_CHECKING:
    from schema.commitments import Commitment
    from schema.statuses import StatusUpdate
    from schema.strategy import Theme

POINTS = 120
MONTHS = {Interval.MONTH: 1, Interval.QUARTER: 3, Interval.YEAR: 12}


@strawberry.type(description="How many commitments have a status.")
class StatusCount:
    status: Status = strawberry.field(description="The status.")
    count: int = strawberry.field(description="How many commitments have it.")


@strawberry.type(description="How many commitments are in a group of statuses.")
class GroupCount:
    group: StatusGroup = strawberry.field(description="The group.")
    count: int = strawberry.field(description="How many commitments are in it.")


@strawberry.type(
    description="The counts of one theme. The theme is null for the commitments that are not identified yet."
)
class ThemeProgress:
    theme: Annotated["Theme", strawberry.lazy("schema.strategy")] | None = strawberry.field(
        description="The theme; null for the commitments that are not identified yet."
    )
    total: int = strawberry.field(description="How many commitments are counted.")
    counts: list[StatusCount] = strawberry.field(
        description="One entry for every status, in order, zeros included.", metadata=costs(fixed(len(Status)))
    )
    groups: list[GroupCount] = strawberry.field(
        description="One entry for every group, in order, zeros included.", metadata=costs(fixed(len(StatusGroup)))
    )


@strawberry.type(description="How many commitments stand where, on one day.")
class Progress:
    as_of: dt.date = strawberry.field(description="The day.")
    total: int = strawberry.field(description="How many commitments are counted.")
    counts: list[StatusCount] = strawberry.field(
        description="One entry for every status, in order, zeros included.", metadata=costs(fixed(len(Status)))
    )
    groups: list[GroupCount] = strawberry.field(
        description="One entry for every group, in order, zeros included.", metadata=costs(fixed(len(StatusGroup)))
    )
    by_theme: list[ThemeProgress] = strawberry.field(
        description="The same by theme, in order, zeros included; last, where there are any, those not identified yet.",
        metadata=costs(every(models.Theme, more=1)),
    )


@strawberry.type(description="A commitment whose status differs between two days.")
class StatusChange:
    commitment: Annotated["Commitment", strawberry.lazy("schema.commitments")] = strawberry.field(
        description="The commitment."
    )
    before: Status = strawberry.field(description="Its status on the first day.")
    after: Status = strawberry.field(description="Its status on the second day.")
    updates: list[Annotated["StatusUpdate", strawberry.lazy("schema.statuses")]] = strawberry.field(
        description="The updates after the first day and up to the second, oldest first.",
        metadata=costs(Through(models.StatusUpdate.commitment_id)),
    )


def counted(day: dt.date, tally: progress.Tally, themes: Sequence["Theme"]) -> Progress:
    by_theme = {theme.key: Counter[Status]() for theme in themes}
    unidentified: Counter[Status] = Counter()
    for (theme_key, status), number in tally.items():
        (unidentified if theme_key is None else by_theme[theme_key])[status] += number
    whole = sum(by_theme.values(), Counter[Status]()) + unidentified
    parts: list[tuple[Theme | None, Counter[Status]]] = [(theme, by_theme[theme.key]) for theme in themes]
    if unidentified.total():
        parts.append((None, unidentified))
    return Progress(
        as_of=day,
        total=whole.total(),
        counts=_counts(whole),
        groups=_groups(whole),
        by_theme=[
            ThemeProgress(theme=theme, total=part.total(), counts=_counts(part), groups=_groups(part))
            for theme, part in parts
        ],
    )


def ends(start: dt.date, end: dt.date, every: Interval) -> list[dt.date]:
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
    """The points of a series; the most that there can be where the days make no sense."""
    try:
        start, end = read_day(arguments("from")), read_day(arguments("to"))
        number = len(ends(start, end, Interval(arguments("every") or Interval.MONTH)))
    except (BadInput, TooMuch, ValueError):
        number = POINTS
    return Group(group.number * number, group.number * number)


def _counts(tally: Counter[Status]) -> list[StatusCount]:
    return [StatusCount(status=status, count=tally[status]) for status in Status]


def _groups(tally: Counter[Status]) -> list[GroupCount]:
    return [
        GroupCount(group=group, count=sum(number for status, number in tally.items() if GROUP_OF[status] is group))
        for group in StatusGroup
    ]
