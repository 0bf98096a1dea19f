"""Questions for figures: counts over many records, and what they do not cover."""

import datetime as dt
from typing import Annotated, Any

import strawberry

from db import coverage, dataset, progress
from db.vocabulary import Interval
from schema.arguments import AsOf, KnownAt
from schema.cohort import Cohort
from schema.context import Context, Info
from schema.coverage import Coverage, covered
from schema.dataset import Dataset
from schema.errors import BadInput
from schema.filters import CommitmentFilter, Wanted
from schema.progress import Progress, StatusChange, counted, ends
from schema.statuses import StatusDefinition, definitions
from schema.strategy import Theme

From = Annotated[dt.date, strawberry.argument(name="from", description="The first day.")]
To = Annotated[dt.date, strawberry.argument(description="The last day.")]


@strawberry.type
class Figures:
    @strawberry.field(description="How many commitments stand where, on one day, as known at one instant.")
    async def progress(
        self, info: Info, as_of: AsOf = None, known_at: KnownAt = None, filter: Wanted = None
    ) -> Progress:
        day = as_of or info.context.today
        where = _where(filter, day)
        tally = await info.context.db.read(progress.tally, where, day, known_at)
        return counted(day, tally, await _themes(info.context))

    @strawberry.field(
        description="The same count on the last day of each month, quarter or year of a period: what a chart needs. At"
        " most 120 points."
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
        tallies = await info.context.db.read(progress.series, _where(filter, info.context.today), days, known_at)
        themes = await _themes(info.context)
        return [counted(day, tally, themes) for day, tally in zip(days, tallies, strict=True)]

    @strawberry.field(description="Commitments whose status differs between two days, by ref.")
    async def status_changes(
        self, info: Info, from_: From, to: To, known_at: KnownAt = None, filter: Wanted = None
    ) -> list[StatusChange]:
        if from_ > to:
            raise BadInput("`from` is after `to`.")
        where = _where(filter, info.context.today)
        rows = await info.context.db.read(progress.changes, where, from_, to, known_at)
        updates = await info.context.db.read(
            progress.updates_between, [row.id for row, _, _ in rows], from_, to, known_at
        )
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

    @strawberry.field(description="What is known, and what is not yet known.")
    async def coverage(self, info: Info) -> Coverage:
        strategy = await info.context.db.read(dataset.strategy)
        counts = await info.context.db.read(coverage.counts)
        return covered(strategy.stated_commitments, counts, await _themes(info.context))

    @strawberry.field(
        description="Every status there is, in order, with its meaning: clients need not hard-code labels."
    )
    def status_definitions(self) -> list[StatusDefinition]:
        return definitions()

    @strawberry.field(description="Which edition of the data answered.")
    async def dataset(self, info: Info) -> Dataset:
        return Dataset.from_row(await info.context.db.read(dataset.edition))


async def _themes(context: Context) -> list[Theme]:
    cohort = Cohort(context)
    return [cohort.shape(row) for row in await context.db.read(progress.themes)]


def _where(filter: CommitmentFilter | None, day: dt.date) -> list[Any]:
    return (filter or CommitmentFilter()).conditions(day)
