"""The Strategy and its themes."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from db import citations, commitments, models, progress, relations
from schema.arguments import AsOf, KnownAt
from schema.context import Info
from schema.cost import costs, own, scan
from schema.node import KEY, Node, global_id, many, node_of, row_of
from schema.progress import Progress, counted

if TYPE_CHECKING:
    from schema.citations import Citation
    from schema.commitments import Commitment
    from schema.organisations import Organisation


@node_of(models.Theme, models.Theme.slug)
@strawberry.type(description="A chapter of the Strategy.")
class Theme(Node):
    key: strawberry.Private[int]
    slug: str = strawberry.field(description="A readable name, for filters and addresses.")
    title: str = strawberry.field(description="The theme's title.")
    position: int = strawberry.field(description="Where it stands among the themes, from 1.")

    commitments: list[Annotated["Commitment", strawberry.lazy("schema.commitments")]] = many(
        commitments.of_themes,
        "The Strategy's own commitments under this theme, by ref. For later ones, use the filter.",
        owner=models.Commitment.theme_id,
    )

    @strawberry.field(
        description="Where the Strategy's own commitments under this theme stand.",
        metadata=costs(own, scan(models.Commitment, models.StatusUpdate, work=0.05)),
    )
    def progress(self, info: Info, as_of: AsOf = None, known_at: KnownAt = None) -> Progress:
        day = as_of or info.context.today
        found: Progress = self.asked(
            progress.of_themes, KEY, day, known_at, then=lambda tally: counted(day, tally, [self])
        )
        return found

    @classmethod
    def from_row(cls, row: models.Theme) -> Self:
        return cls(
            id=global_id("Theme", row.slug),
            key=row.id,
            slug=row.slug,
            title=row.title,
            position=row.position,
        )


@node_of(models.Strategy, models.Strategy.slug)
@strawberry.type(description="The strategy that the commitments were made in.")
class Strategy(Node):
    key: strawberry.Private[int]
    publisher_key: strawberry.Private[int]
    slug: str = strawberry.field(description="A readable name.")
    title: str = strawberry.field(description="Its title.")
    published_on: dt.date = strawberry.field(description="The day of its publication.")
    stated_commitments: int = strawberry.field(description="How many commitments the publisher says there are.")

    publisher: Annotated["Organisation", strawberry.lazy("schema.organisations")] = row_of(
        models.Organisation, "publisher_key", "Who published it."
    )
    themes: list[Theme] = many(
        relations.children, "Its themes, in order.", models.Theme.strategy_id, models.Theme.position
    )
    citations: list[Annotated["Citation", strawberry.lazy("schema.citations")]] = many(
        citations.of, "The sources that say so.", models.Citation.strategy_id
    )

    @classmethod
    def from_row(cls, row: models.Strategy) -> Self:
        return cls(
            id=global_id("Strategy", row.slug),
            key=row.id,
            publisher_key=row.publisher_id,
            slug=row.slug,
            title=row.title,
            published_on=row.published_on,
            stated_commitments=row.stated_commitments,
        )
