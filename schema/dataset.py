"""Which edition of the data answered."""

import datetime as dt
from typing import Self

import strawberry

from db import models


@strawberry.type(description="The edition of the data, and how it may be used.")
class Dataset:
    revision: int = strawberry.field(description="Goes up by one with every change of the data.")
    updated_at: dt.datetime = strawberry.field(description="When it last changed.")
    licence: str = strawberry.field(description="What the data may be used for.")
    attribution: str = strawberry.field(description="Whom to name when using it.")

    @classmethod
    def from_row(cls, row: models.Dataset) -> Self:
        return cls(revision=row.revision, updated_at=row.updated_at, licence=row.licence, attribution=row.attribution)
