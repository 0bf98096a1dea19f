from collections.abc import Iterator

import pytest

from tests.api.feeds import serving_changes
from tests.engines import Engine
from tests.writable import WritableApi


@pytest.fixture
def api_with_changes(engine: Engine, changes_template: str) -> Iterator[WritableApi]:
    """The application at a public address, a minute after one change of every kind."""
    with serving_changes(engine.copy(changes_template)) as api:
        yield api


@pytest.fixture(scope="module")
def api_with_changes_shared(engine: Engine, changes_template: str) -> Iterator[WritableApi]:
    """The same for all tests of a module, which only read."""
    with serving_changes(engine.copy(changes_template)) as api:
        yield api
