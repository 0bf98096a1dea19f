"""Questions for figures: counts over many records, and what they do not cover."""

import datetime as dt
from typing import Annotated, Any

import strawberry

from db import coverage, dataset, models, progress
from db.sizes import Sizes
from db.vocabulary import Interval, Status
from schema.arguments import AsOf, KnownAt
from schema.cohort import Cohort
from schema.context import Context, Info
from schema.cost import STATEMENT, Arguments, Group, Scan, costs, every, fixed, own, scan
from schema.coverage import ABOUT, Coverage, covered
from schema.dataset import Dataset
from schema.errors import BadInput
from schema.filters import WORK, CommitmentFilter, Wanted
from schema.progress import Progress, StatusChange, counted, ends, points
from schema.statuses import StatusDefinition, definitions
from schema.strategy import Theme

From = Annotated[dt.date, strawberry.argument(name="from", description="The first day.")]
To = Annotated[dt.date, strawberry.argument(description="The last day.")]


# What counts takes: a look at each commitment, one at each status, and the counts themselves.
COMMITMENTS = Scan(models.Commitment, WORK["commitments"])
STATUSES = scan(models.Commitment, models.StatusUpdate, work=0.05)
COVERAGE = scan(*ABOUT, models.StatusUpdate, models.Citation, work=0.01, base=400)


def _tally(sizes: Sizes, arguments: Arguments) -> int:
    return STATEMENT + COMMITMENTS(sizes, arguments) + STATUSES(sizes, arguments)


def _series(sizes: Sizes, arguments: Arguments) -> int:
    # Each point counts every status in every theme, whatever of it is selected.
    counts = points(Group(), sizes, arguments).number * (sizes.rows(models.Theme) + 2) * len(Status)
    return _tally(sizes, arguments) + STATEMENT + counts


def _changes(sizes: Sizes, arguments: Arguments) -> int:
    return 2 * _tally(sizes, arguments)


@strawberry.type
class Figures:
    @strawberry.field(
        description="How many commitments stand where, on one day, as known at one instant.",
        metadata=costs(own, _tally),
    )
    async def progress(
        self, info: Info, as_of: AsOf = None, known_at: KnownAt = None, filter: Wanted = None
    ) -> Progress:
        day = as_of or info.context.today
        where = _where(filter, day)
        tally = await info.context.read(progress.tally, where, day, known_at)
        return counted(day, tally, await _themes(info.context))

    @strawberry.field(
        description="The same count on the last day of each month, quarter or year of a period: what a chart needs. At"
        " most 120 points.",
        metadata=costs(points, _series),
    )
    async def progress_series(
        self,
        info: Info,
        from_: From,
        to: To,
        every: Annotated[Interval, strawberry.argument(description="How far apart the points are.")] = Interval.MONTH,
        known_at: KnownAt = None,
        filter: Wanted = None,
    ) -> list[Progress]:
        days = ends(from_, to, every)
        if not days:
            return []
        tallies = await info.context.read(progress.series, _where(filter, info.context.today), days, known_at)
        themes = await _themes(info.context)
        return [counted(day, tally, themes) for day, tally in zip(days, tallies, strict=True)]

    @strawberry.field(
        description="Commitments whose status differs between two days, by ref.",
        metadata=costs(every(models.Commitment), _changes),
    )
    async def status_changes(
        self, info: Info, from_: From, to: To, known_at: KnownAt = None, filter: Wanted = None
    ) -> list[StatusChange]:
        if from_ > to:
            raise BadInput("`from` is after `to`.")
        where = _where(filter, info.context.today)
        rows = await info.context.read(progress.changes, where, from_, to, known_at)
        updates = await info.context.read(progress.updates_between, [row.id for row, _, _ in rows], from_, to, known_at)
        commitments, moves = Cohort(info.context), Cohort(info.context)
        return [
            StatusChange(
                commitment=commitments.shape(row),
                before=before,
                after=after,
                updates=[moves.shape(update) for update in updates[row.id]],
            )
            for row, before, after in rows
        ]

    @strawberry.field(description="What is known, and what is not yet known.", metadata=costs(own, COVERAGE))
    async def coverage(self, info: Info) -> Coverage:
        strategy = await info.context.read(dataset.strategy)
        counts = await info.context.read(coverage.counts)
        return covered(strategy.stated_commitments, counts, await _themes(info.context))

    @strawberry.field(
        description="Every status there is, in order, with its meaning: clients need not hard-code labels.",
        metadata=costs(fixed(len(Status)), fee=0),
    )
    def status_definitions(self) -> list[StatusDefinition]:
        return definitions()

    @strawberry.field(description="Which edition of the data answered.")
    async def dataset(self, info: Info) -> Dataset:
        return Dataset.from_row(await info.context.read(dataset.current))


async def _themes(context: Context) -> list[Theme]:
    cohort = Cohort(context)
    return [cohort.shape(row) for row in await context.read(progress.themes)]


def _where(filter: CommitmentFilter | None, day: dt.date) -> list[Any]:
    return (filter or CommitmentFilter()).conditions(day)
