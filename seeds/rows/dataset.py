"""The edition itself."""

from db.fields import Text
from seeds.fields import Instant
from seeds.rows.base import Row


class Dataset(Row):
    FILE = "dataset.yaml"
    NAME = ""

    recorded_at: Instant
    licence: Text
    attribution: Text
