"""The dataset: the instant at which it learned its rows, and the terms of its use."""

from typing import Annotated, ClassVar

from pydantic import Field

from db import models
from db.fields import Text
from seeds.fields import Instant, Record
from seeds.mapping import Custom
from seeds.rows.base import SeedRow, Unique


class DatasetRow(SeedRow):
    FILE = "dataset.yaml"
    NAME = ""
    MODEL = models.Dataset
    UNIQUE: ClassVar[Unique] = {}
    SINGLE = True

    recorded_at: Instant
    licence: Text
    attribution: Text
    # The rows that editors wrote before there was a log; an export names them.
    edited: Annotated[list[Record], Custom()] = Field(default_factory=list)
