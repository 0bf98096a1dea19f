"""The Strategy and its themes."""

import datetime as dt

import strawberry

from db import citations, commitments, dataset, models, progress
from db.relations import Relation
from schema.arguments import AsOf, KnownAt
from schema.batch import Batch
from schema.context import Info
from schema.cost import costs, own, scan
from schema.keys import KEY
from schema.loads import then
from schema.named import Named
from schema.node import node_of
from schema.progress import Progress, build_progress
from schema.record import moment_of
from schema.relations import many, row_of
from schema.versions import Versioned


@node_of(models.Theme)
@strawberry.type(description="A chapter of the Strategy.")
class Theme(Named, Versioned):
    slug: str = strawberry.field(description="A readable name, for filters and addresses.")
    title: str = strawberry.field(description="The theme's title.")
    position: int = strawberry.field(description="Its place among the themes, from 1.")

    commitments = many(
        commitments.of_themes,
        "The Strategy's own commitments under this theme, by ref. For later ones, use the filter.",
    )

    @strawberry.field(
        description="How many of the Strategy's own commitments under this theme have each status.",
        metadata=costs(own, scan(models.Commitment, models.StatusUpdate, work=0.05)),
    )
    def progress(self, as_of: AsOf = None, known_at: KnownAt = None) -> Progress:
        day = as_of or self.moment.as_of
        tally = self.load(progress.of_themes, KEY, day, known_at=known_at)
        return then(tally, lambda tally: build_progress(day, tally, [self]))


@node_of(models.Strategy)
@strawberry.type(description="The strategy that the commitments were made in.")
class Strategy(Named, Versioned):
    slug: str = strawberry.field(description="A readable name.")
    title: str = strawberry.field(description="Its title.")
    published_on: dt.date = strawberry.field(description="The day of its publication.")
    stated_commitments: int = strawberry.field(description="How many commitments the publisher says there are.")

    publisher = row_of(models.Organisation, models.Strategy.publisher_id, "Who published it.")
    themes = many(Relation(models.Theme, models.Theme.strategy_id, models.Theme.position), "Its themes, in order.")
    citations = many(citations.of(models.Citation.strategy_id), "The sources that say so.")


@strawberry.type
class StrategyQueries:
    @strawberry.field(description="The Strategy itself.")
    async def strategy(self, info: Info) -> Strategy:
        moment = moment_of(self, info)
        return Batch(info.context, moment).to_graphql(Strategy, await info.context.read(moment, dataset.strategy))
