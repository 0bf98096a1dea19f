"""The statements that this process sends to any database, as they are sent, by whatever thread."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

# Given the connection, or the engine where there is none, and the statement, on the thread that sends it.
Observer = Callable[[Any, str], None]

# SQLAlchemy's list of listeners may not change while a thread of a server goes through it, so there is one listener,
# for ever, and this is replaced and never changed.
_observers: tuple[Observer, ...] = ()


@contextmanager
def observing(observer: Observer) -> Iterator[None]:
    """Tells the observer of each statement within the block."""
    global _observers
    _observers = (*_observers, observer)
    try:
        yield
    finally:
        _observers = tuple(each for each in _observers if each is not observer)


@sa.event.listens_for(sa.Engine, "before_cursor_execute")
def _tell(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    for observer in _observers:
        observer(connection, statement)
