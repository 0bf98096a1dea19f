"""Waits for what another thread or process does."""

import time
from collections.abc import Callable

# In seconds: long enough for a busy machine. A test that passes does not wait for it.
PATIENCE = 30.0


def until(true: Callable[[], bool], timeout: float = PATIENCE) -> None:
    end = time.monotonic() + timeout
    while not true():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.01)
