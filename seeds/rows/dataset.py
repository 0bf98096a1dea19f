"""The edition itself."""

from pydantic import Field

from db.fields import Text
from seeds.fields import Instant, Record
from seeds.rows.base import Row


class Dataset(Row):
    FILE = "dataset.yaml"
    NAME = ""

    recorded_at: Instant
    licence: Text
    attribution: Text
    # The rows that an editor wrote before there was a log; an export names them.
    edited: list[Record] = Field(default_factory=list)
