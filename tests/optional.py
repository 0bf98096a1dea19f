"""What a laptop may lack, and CI may not."""

import os

import pytest

REQUIRE_ALL = bool(os.environ.get("SIXTYONE_REQUIRE_ALL"))


def skip_or_fail(reason: str) -> None:
    """Skips the test, or fails it where SIXTYONE_REQUIRE_ALL is set."""
    (pytest.fail if REQUIRE_ALL else pytest.skip)(reason)
