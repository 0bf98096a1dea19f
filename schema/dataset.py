"""The dataset: its revision, and how it may be used."""

import datetime as dt

import strawberry

from db import dataset, models
from schema.batch import Batch
from schema.context import Info
from schema.cost import costs
from schema.node import Node, node_of
from schema.record import moment_of


@node_of(models.Dataset, "id")
@strawberry.type(description="The revision of the data, and how it may be used.")
class Dataset(Node):
    revision: int = strawberry.field(description="The number of the latest change: each change adds one.")
    updated_at: dt.datetime = strawberry.field(description="The instant of the latest change.")
    licence: str = strawberry.field(description="What the data may be used for.")
    attribution: str = strawberry.field(description="Whom to name when using it.")
    maintainer: str | None = strawberry.field(description="Who keeps the record; null where the record does not say.")
    funding: str | None = strawberry.field(
        description="Who pays for keeping it, in a sentence; null where the record does not say."
    )

    @strawberry.field(
        description="Where a mistake is reported, as the operator of this service has set it: an address of the web or"
        " `mailto:`. Null where none is set.",
        metadata=costs(flat=0),
    )
    def contact(self) -> str | None:
        return self.batch.context.contact


@strawberry.type
class DatasetQueries:
    @strawberry.field(description="The revision of the data, and its licence.")
    async def dataset(self, info: Info) -> Dataset:
        moment = moment_of(self, info)
        return Batch(info.context, moment).to_graphql(Dataset, await info.context.read(moment, dataset.current))
