from collections.abc import Iterator

import pytest

from tests.api.feeds import serving_site
from tests.engines import Engine
from tests.writable import WritableApi


@pytest.fixture(scope="module")
def site_readonly(engine: Engine, changes_template: str) -> Iterator[WritableApi]:
    """The application at a public address, a minute after one change of every kind, to be read only."""
    with serving_site(engine.copy(changes_template)) as site:
        yield site


@pytest.fixture
def site_writable(engine: Engine, changes_template: str) -> Iterator[WritableApi]:
    """The same for one test."""
    with serving_site(engine.copy(changes_template)) as site:
        yield site
