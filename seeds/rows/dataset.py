"""The edition itself."""

from seeds.fields import Instant, Text
from seeds.rows.base import Row


class Dataset(Row):
    FILE = "dataset.yaml"
    NAME = ""

    recorded_at: Instant
    licence: Text
    attribution: Text
