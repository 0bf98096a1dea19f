import os
from collections.abc import Iterator

import pytest

from tests.api.feeds import serving_site
from tests.engines import Engine, PostgreSQL
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


@pytest.fixture
def programs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs of the PostgreSQL under test go before those of the machine: an older `pg_dump` refuses it."""
    if "engine" in request.fixturenames and isinstance(engine := request.getfixturevalue("engine"), PostgreSQL):
        monkeypatch.setenv("PATH", f"{engine.programs}:{os.environ['PATH']}")
