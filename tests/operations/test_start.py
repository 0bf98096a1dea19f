"""Several processes that start at once on an empty database all come up."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.api.process import served
from tests.operations.postgresql import Cluster

PROCESSES = 4


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/x.db"
    debian: Cluster = request.getfixturevalue("debian")
    return debian.url(debian.database())


def test_four_start_at_once_on_an_empty_database(empty: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        processes = [stack.enter_context(served(tmp_path, database_url=empty)) for _ in range(PROCESSES)]
        for process in processes:
            with process.client() as client:
                assert client.get("/readyz").json() == {"status": "ready"}
        loads = [line["report"] for process in processes for line in process.logged("loaded")]
        assert sorted("rows added" in report for report in loads) == [False] * (PROCESSES - 1) + [True]
        assert [process.stop() for process in processes] == [0] * PROCESSES
