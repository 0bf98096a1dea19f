"""Warnings and errors that repeat: the first of each minute are logged in full, and the rest are counted."""

import contextvars
import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

log = structlog.get_logger()
MOST = 10
SECONDS = 60.0
# More would be made by texts that differ each time. The oldest gives way, and is counted anew.
KINDS = 1_000
SUPPRESSED = "suppressed"
LEVELS = ("warning", "error", "critical")


@dataclass
class Kind:
    until: float
    logged: int = 0
    suppressed: int = 0


def tell(kind: str, suppressed: int) -> None:
    # It is about many requests, and so it does not have the id of the one under way.
    contextvars.Context().run(log.warning, SUPPRESSED, kind=kind, suppressed=suppressed)


class LogSampler:
    """Every thread may log."""

    def __init__(
        self,
        most: int = MOST,
        tell: Callable[[str, int], None] = tell,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`tell` is called with every kind of which some were not logged, and how many, when its minute is over."""
        self.most = most
        self.tell = tell
        self.clock = clock
        # In the order in which their minutes end.
        self.kinds: dict[str, Kind] = {}
        self.lock = threading.Lock()

    def admits(self, name: str) -> bool:
        """Whether this one is logged."""
        with self.lock:
            kind = self.kinds.setdefault(name, Kind(self.clock() + SECONDS))
            admitted = kind.logged < self.most
            kind.logged += admitted
            kind.suppressed += not admitted
        return admitted

    def end(self) -> None:
        """Ends the minutes that are over."""
        ended = []
        with self.lock:
            while self.kinds:
                name, kind = next(iter(self.kinds.items()))
                if kind.until > self.clock() and len(self.kinds) <= KINDS:
                    break
                ended.append((name, self.kinds.pop(name)))
        for name, kind in ended:
            if kind.suppressed:
                self.tell(name, kind.suppressed)

    def process(self, logger: Any, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        """For structlog. Any line that is logged is an occasion to end what is over."""
        self.end()
        if event.get("level") not in LEVELS or event["event"] == SUPPRESSED:
            return event
        if not self.admits(_kind(event["event"], event.get("exc_info"))):
            raise structlog.DropEvent
        return event

    def filter(self, record: logging.LogRecord) -> bool:
        """For the logging of libraries. A kind is known by the text before its values are put in."""
        self.end()
        return self.admits(_kind(f"{record.name}: {record.msg}", record.exc_info))


def _kind(text: str, exc_info: object) -> str:
    """Errors are of one kind that are of one class and come from one line."""
    match exc_info:
        case True:
            error: BaseException | None = sys.exception()
        case BaseException():
            error = exc_info
        case (_, BaseException() as raised, _):
            error = raised
        case _:
            error = None
    if error is None:
        return text
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return f"{text} {type(error).__name__}{place}"
