"""The dataset: its revision, and how it may be used."""

import datetime as dt

import strawberry

from db import dataset, models
from schema.batch import RowMember, shows
from schema.context import Info


@shows(models.Dataset)
@strawberry.type(description="The revision of the data, and how it may be used.")
class Dataset(RowMember):
    revision: int = strawberry.field(description="The number of the latest change: each change adds one.")
    updated_at: dt.datetime = strawberry.field(description="The instant of the latest change.")
    licence: str = strawberry.field(description="What the data may be used for.")
    attribution: str = strawberry.field(description="Whom to name when using it.")


@strawberry.type
class DatasetQueries:
    @strawberry.field(description="The revision of the data, and its licence.")
    async def dataset(self, info: Info) -> Dataset:
        return Dataset.from_row(await info.context.read(dataset.current))
