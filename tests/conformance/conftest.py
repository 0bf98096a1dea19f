from pathlib import Path

import pytest

from tests.server import Api


@pytest.fixture(scope="session")
def url(api_sqlite: Api) -> str:
    return str(api_sqlite.http.base_url).rstrip("/")


@pytest.fixture(scope="session")
def sdl() -> Path:
    return Path(__file__).resolve().parents[2] / "schema" / "schema.graphql"
