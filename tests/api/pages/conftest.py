from functools import partial

import pytest

from db import migrate
from seeds import loader
from tests.conftest import LOADED_AT
from tests.engines import SQLite, filled, migrated


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """One engine is enough: a page sees the API alone."""
    return SQLite(tmp_path_factory.mktemp("sqlite"))


# And what is made of it once for all tests: that of the other tests may be of the other engine.
@pytest.fixture(scope="session")
def _migrated(engine: SQLite) -> str:
    return migrated(engine)


@pytest.fixture(scope="session")
def _seeded(engine: SQLite) -> str:
    return filled(engine, migrate.upgrade, partial(loader.load, now=LOADED_AT))
