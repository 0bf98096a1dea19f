"""The log: one line for each event, on standard output. Of repeated warnings and errors only the first are logged."""

import contextvars
import datetime as dt
import json
import logging
import re
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TextIO

import orjson
import structlog
from structlog.tracebacks import ExceptionDictTransformer

from db.tokens import PREFIX

log = structlog.get_logger()
# Of each kind of warning and error, so many are logged in full each minute, and the rest are counted.
MOST = 10
SECONDS = 60.0
# Texts that differ each time would fill the memory. Beyond these the oldest is dropped.
KINDS = 1_000
SUPPRESSED = "suppressed"
LEVELS = ("warning", "error", "critical")
# The values that the writer in C leaves to `str`, and the lines of its that are as Python would write them.
AS_TEXT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_SUBCLASS
PLAIN = re.compile(rb"[ -~]+")
TOKEN = re.compile(rf"{PREFIX}[\w-]+", re.ASCII)


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


def configure(level: str, form: str, stream: TextIO | None = None) -> None:
    """Gives all logging of the process, libraries included, one form; on standard output, or on this stream."""
    stream = stream or sys.stdout
    least = logging.getLevelNamesMapping()[level.upper()]
    sampler = LogSampler()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    # Without local variables, which hold the headers of clients, and so perhaps their tokens.
    tracebacks = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    last: list[structlog.typing.Processor] = (
        [tracebacks, structlog.processors.JSONRenderer(_write)]
        if form == "json"
        else [structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback)]
    )
    # structlog types the processor after a renderer as one before it.
    last.append(_without_tokens)  # type: ignore[arg-type]
    logger = structlog.make_filtering_bound_logger(least)
    structlog.configure(
        processors=[*shared, sampler.process, *last],
        wrapper_class=_with_quick_lines(logger, sampler) if form == "json" and least <= logging.INFO else logger,
        # A line and its end in one piece, between which another process would write its own.
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.addFilter(sampler.filter)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=[_without_record, *last], foreign_pre_chain=shared)
    )
    logging.basicConfig(level=max(least, logging.WARNING), handlers=[handler], force=True)


def _with_quick_lines(logger: type[Any], sampler: LogSampler) -> type[Any]:
    """The class with an `info` that writes what its processors would: each request has such a line, and calls of one
    processor after the other take a third of its time."""

    class Logger(logger):  # type: ignore[misc]
        def info(self, event: str, *args: object, **values: Any) -> None:
            if args or "exc_info" in values:
                super().info(event, *args, **values)
                return
            values["event"] = event
            structlog.contextvars.merge_contextvars(None, "info", values)
            values["level"] = "info"
            values["timestamp"] = dt.datetime.now(dt.UTC).isoformat().replace("+00:00", "Z")
            sampler.end()
            self._logger.info(_without_tokens(None, "info", _write(values)))

    return Logger


def configure_quietly() -> None:
    """For the process of a test: errors alone, on standard error. A structlog that is configured stays as it is."""
    if structlog.is_configured():
        return
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
            _without_tokens,  # type: ignore[list-item]
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        # The stream of the moment: pytest has another one for each test.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


def _without_record(logger: logging.Logger, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(logger, name, event)


def _without_tokens(_logger: object, _name: str, line: str) -> str:
    """A client may put its token into an address or a name."""
    return TOKEN.sub(rf"{PREFIX}…", line) if PREFIX in line else line


def _write(event: object, **_: object) -> str:
    try:
        line = orjson.dumps(event, default=str, option=AS_TEXT)
    except TypeError:
        # It refuses lone surrogates and large integers.
        line = b""
    # It leaves some characters as they are that a terminal, or a reader of plain ASCII, may take for others.
    if line and PLAIN.fullmatch(line):
        return line.decode()
    return json.dumps(event, default=str, separators=(",", ":"))


def _kind(text: str, exc_info: object) -> str:
    """Errors of one class that come from one line of code are of one kind."""
    error = sys.exception() if exc_info is True else exc_info
    if isinstance(error, tuple):
        error = error[1]
    if not isinstance(error, BaseException):
        return text
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    line = f" {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return f"{text} {type(error).__name__}{line}"
