from collections.abc import Iterator

import pytest

from tests.api.feeds import PUBLIC, serving_changes
from tests.engines import Engine
from tests.inputs import VALID_INPUTS, submit_valid
from tests.writable import WritableApi, serving_copy


@pytest.fixture(scope="session")
def changes_template(engine: Engine, seeded_template: str) -> str:
    """The address of a database with our data and one change of every kind, to be copied and never opened."""
    url = engine.copy(seeded_template)
    with serving_copy(url, public_url=PUBLIC) as api:
        for name in VALID_INPUTS:
            submit_valid(api.editor, name)
    return url


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
