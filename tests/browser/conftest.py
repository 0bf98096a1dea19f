import os
from pathlib import Path

import pytest

from tests.conftest import optional
from tests.engines import SQLite

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """One engine is enough: a page does not see it."""
    return SQLite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def chromium() -> None:
    if not CHROMIUM.is_file():
        optional(f"there is no {CHROMIUM}")
