import os
from pathlib import Path

import pytest

from tests.optional import skip_or_fail

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


@pytest.fixture(scope="session")
def chromium() -> None:
    if not CHROMIUM.is_file():
        skip_or_fail(f"there is no {CHROMIUM}")
