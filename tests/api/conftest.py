from collections.abc import Iterator

import pytest

from tests.api.lite import seeded_url
from tests.server import Api, serving


@pytest.fixture(scope="session")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The application on our data in SQLite, to be read only: all tests share it."""
    with serving(seeded_url(tmp_path_factory.mktemp("lite"))) as api:
        yield api
