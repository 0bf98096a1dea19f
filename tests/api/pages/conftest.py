import pytest

from tests.engines import SQLite


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """One engine is enough: a page sees the API alone."""
    return SQLite(tmp_path_factory.mktemp("sqlite"))
