from pathlib import Path

import pytest

from tests.engines import SQLite
from tests.server import Api


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """One engine is enough: what is judged here is what goes over the wire."""
    return SQLite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def url(api: Api) -> str:
    return str(api.http.base_url).rstrip("/")


@pytest.fixture(scope="session")
def sdl() -> Path:
    return Path(__file__).resolve().parents[2] / "schema" / "schema.graphql"
