"""Holds threads of this process before a statement: so what a test does meanwhile is done while they are at work."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.statements import observing

# More than any application here has.
THREADS = 1_000


class Hold:
    def __init__(self) -> None:
        # Those that are held now, by their identity.
        self.threads: set[int] = set()
        self.is_over = False
        self._permits = threading.Semaphore(0)

    def grant(self, statements: int) -> None:
        """So many statements are executed before the next one is held."""
        self._permits.release(statements)

    def end(self) -> None:
        self.is_over = True
        self._permits.release(THREADS)

    def wait(self) -> None:
        thread = threading.get_ident()
        self.threads.add(thread)
        self._permits.acquire()
        self.threads.discard(thread)


@contextmanager
def hold_threads(thread: str, words: str = "") -> Iterator[Hold]:
    """Holds the threads whose names begin so, before each statement with these words, until the end of the block."""
    hold = Hold()

    def note(_connection: Any, statement: str) -> None:
        if not hold.is_over and words in statement and threading.current_thread().name.startswith(thread):
            hold.wait()

    with observing(note):
        try:
            yield hold
        finally:
            hold.end()
