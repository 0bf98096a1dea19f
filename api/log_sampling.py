"""Repeated warnings and errors: the first of each minute are logged in full, and the rest are counted."""

import contextvars
import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

log = structlog.get_logger()
MOST = 10
SECONDS = 60.0
# Texts that differ each time would fill the memory. Beyond these the oldest is dropped.
KINDS = 1_000
SUPPRESSED = "suppressed"
LEVELS = ("warning", "error", "critical")


@dataclass
class Kind:
    until: float
    logged: int = 0
    suppressed: int = 0


def log_suppressed(kind: str, suppressed: int) -> None:
    # In an empty context: it is about many requests, and without the id of the one under way.
    contextvars.Context().run(log.warning, SUPPRESSED, kind=kind, suppressed=suppressed)


class LogSampler:
    """Safe to use from several threads."""

    def __init__(
        self,
        most: int = MOST,
        report: Callable[[str, int], None] = log_suppressed,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`report` gets each kind of which some were not logged, and how many, when its minute is over."""
        self.most = most
        self.report = report
        self.clock = clock
        # In the order in which their minutes end.
        self.kinds: dict[str, Kind] = {}
        self.lock = threading.Lock()

    def admits(self, name: str) -> bool:
        """Whether this one is logged."""
        with self.lock:
            kind = self.kinds.setdefault(name, Kind(self.clock() + SECONDS))
            is_logged = kind.logged < self.most
            kind.logged += is_logged
            kind.suppressed += not is_logged
        return is_logged

    def end(self) -> None:
        """Ends the minutes that are over."""
        over = []
        with self.lock:
            while self.kinds:
                name, kind = next(iter(self.kinds.items()))
                if kind.until > self.clock() and len(self.kinds) <= KINDS:
                    break
                over.append((name, self.kinds.pop(name)))
        for name, kind in over:
            if kind.suppressed:
                self.report(name, kind.suppressed)

    def process(self, logger: object, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        """A processor of structlog. Each line first ends the minutes that are over."""
        self.end()
        if event.get("level") not in LEVELS or event["event"] == SUPPRESSED:
            return event
        if not self.admits(_kind(event["event"], event.get("exc_info"))):
            raise structlog.DropEvent
        return event

    def filter(self, record: logging.LogRecord) -> bool:
        """A filter of the standard library's logging. The kind is the text without its arguments."""
        self.end()
        return self.admits(_kind(f"{record.name}: {record.msg}", record.exc_info))


def _kind(text: str, exc_info: object) -> str:
    """Errors of one class that come from one line of code are of one kind."""
    match exc_info:
        case True:
            error: BaseException | None = sys.exception()
        case BaseException():
            error = exc_info
        case (_, BaseException() as exception, _):
            error = exception
        case _:
            error = None
    if error is None:
        return text
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    line = f" {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return f"{text} {type(error).__name__}{line}"
