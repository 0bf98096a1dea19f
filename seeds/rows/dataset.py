"""The dataset: when its rows were learned, and the terms of its use."""

from pydantic import Field

from db.fields import Text
from seeds.fields import Instant, Record
from seeds.rows.base import SeedRow


class DatasetRow(SeedRow):
    FILE = "dataset.yaml"
    NAME = ""
    SINGLE = True

    recorded_at: Instant
    licence: Text
    attribution: Text
    # The rows that editors wrote before there was a log; an export names them.
    edited: list[Record] = Field(default_factory=list)

    def unique_values(self) -> dict[str, object]:
        return {}
