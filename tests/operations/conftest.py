from collections.abc import Iterator

import pytest

from tests.operations.postgresql import Cluster, cluster


@pytest.fixture(scope="session")
def debian() -> Iterator[Cluster]:
    """Debian's PostgreSQL, which all tests share that neither stop nor change it."""
    with cluster("--encoding=UTF8", "--locale=C") as instance:
        yield instance
