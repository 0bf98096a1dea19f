"""Rows are read in batches: the statements and the memory of a batch do not grow with the table."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from api.exports import batch
from api.exports.files import FILES
from api.exports.snapshot import open_snapshot
from api.moment import Moment
from db.database import Database
from tests.engines import seed_sqlite
from tests.scale import multiply
from tests.server import NOW, capture_statements

WHEN = Moment(NOW.date(), NOW.date())


class Nowhere:
    def write(self, data: bytes) -> int:
        return len(data)


def times(folder: Path, number: int) -> str:
    url = seed_sqlite(folder)
    database = Database(url)
    multiply(database, number)
    database.close()
    return url


def make(database: Database, name: str) -> None:
    with open_snapshot(database, WHEN) as snapshot:
        FILES[name].write(cast(BinaryIO, Nowhere()), snapshot)


@pytest.fixture
def pair(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[list[Database]]:
    """Our data so many times, and three times that."""
    number: int = request.param
    databases = [Database(times(tmp_path_factory.mktemp("pair"), number * factor)) for factor in (1, 3)]
    yield databases
    for database in databases:
        database.close()


@pytest.mark.parametrize("pair", [1], indirect=True)
def test_the_number_of_statements_grows_with_the_batches_alone(
    pair: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "SIZE", 40)
    for file in FILES.values():
        if file.table or file.format == "json":
            counts = []
            for database in pair:
                with capture_statements() as statements:
                    make(database, file.name)
                counts.append(len(statements))
            assert counts[1] <= 3 * counts[0], file.name


@pytest.mark.parametrize("pair", [13], indirect=True)
def test_three_times_the_rows_take_no_more_memory(pair: list[Database], monkeypatch: pytest.MonkeyPatch) -> None:
    # The commitments announced later, which have the longest histories, fill a batch of their own.
    monkeypatch.setattr(batch, "SIZE", 200)
    peaks = []
    # The first round is for what is made once, such as the statements.
    for database in (pair[0], *pair):
        tracemalloc.start()
        make(database, "citations.json")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 1.4 * peaks[1]
