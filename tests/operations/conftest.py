from collections.abc import Iterator

import pytest

from tests.operations.postgresql import Cluster, cluster
from tests.operations.replicas import Trio, trio


@pytest.fixture(scope="session")
def debian() -> Iterator[Cluster]:
    """Debian's PostgreSQL, which all tests share that neither stop nor change it."""
    with cluster("--encoding=UTF8", "--locale=C") as instance:
        yield instance


@pytest.fixture(scope="session")
def servers() -> Iterator[Trio]:
    """A primary and two standbys. A test that stops one starts it again."""
    with trio() as instance:
        yield instance


@pytest.fixture(scope="session")
def name(servers: Trio) -> str:
    """The name of a database with our data in them."""
    return servers.fill()
