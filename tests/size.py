"""How much the large tests do: a part in `make test`, all of it in CI, which sets SIXTYONE_TEST_SIZE=full."""

import os

FULL = os.environ.get("SIXTYONE_TEST_SIZE") == "full"


def sized(full: int, small: int) -> int:
    """The number of clients, writes or rows for this run."""
    return full if FULL else small
