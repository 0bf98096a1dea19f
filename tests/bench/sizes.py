"""Our data once, a hundred times and a thousand times over, as files of SQLite."""

import datetime as dt
from functools import partial
from pathlib import Path

from db import migrate
from seeds import loader
from tests.engines import SQLite, build_database
from tests.scale import multiply

# By the number of the Strategy's commitments: how many times our data.
SIZES = {61: 1, 6_100: 100, 61_000: 1_000}
SMALLEST, *_, LARGEST = SIZES


def build(folder: Path) -> dict[int, str]:
    """The addresses by size; the parts of one run share the files. The largest takes a minute and a gigabyte."""
    urls = {}
    for size, times in SIZES.items():
        place = folder / str(size)
        if place.exists():
            urls[size] = f"sqlite:///{place / '0.db'}"
            continue
        place.mkdir()
        load = partial(loader.load, now=dt.datetime.now(dt.UTC))
        urls[size] = build_database(SQLite(place), migrate.upgrade, load, partial(multiply, times=times))
    return urls
