"""The dataset: its revision, and how it may be used."""

import datetime as dt

import strawberry

from db import dataset
from schema.context import Info


@strawberry.type(description="The revision of the data, and how it may be used.")
class Dataset:
    revision: int = strawberry.field(description="The number of the latest change: each change adds one.")
    updated_at: dt.datetime = strawberry.field(description="The instant of the latest change.")
    licence: str = strawberry.field(description="What the data may be used for.")
    attribution: str = strawberry.field(description="Whom to name when using it.")


@strawberry.type
class DatasetQueries:
    @strawberry.field(description="The revision of the data, and its licence.")
    async def dataset(self, info: Info) -> Dataset:
        row = await info.context.read(dataset.current)
        return Dataset(
            revision=row.revision, updated_at=row.updated_at, licence=row.licence, attribution=row.attribution
        )
