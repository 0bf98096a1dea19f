"""One line for each thing that happened, on standard output."""

import json
import logging
import re
import sys
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer

from api.log_sampling import LogSampler
from db.tokens import PREFIX

TOKEN = re.compile(rf"{PREFIX}[\w-]+", re.ASCII)


def configure(level: str, form: str) -> None:
    """Everything that the process logs, libraries included, in one form."""
    least = logging.getLevelNamesMapping()[level.upper()]
    sampler = LogSampler()
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    # Without local variables, which hold what callers sent: their headers, and so perhaps their keys.
    tracebacks = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    last: list[Any] = (
        [tracebacks, structlog.processors.JSONRenderer(_write)]
        if form == "json"
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    )
    last.append(_without_tokens)
    structlog.configure(
        processors=[*shared, sampler.process, *last],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.addFilter(sampler.filter)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=[_without_record, *last], foreign_pre_chain=shared)
    )
    logging.basicConfig(level=max(least, logging.WARNING), handlers=[handler], force=True)


def _without_record(logger: Any, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(logger, name, event)


def _without_tokens(_logger: Any, _name: str, line: str) -> str:
    """Wherever somebody put it: into an address, a name, a header."""
    return TOKEN.sub(rf"{PREFIX}…", line) if PREFIX in line else line


def _write(event: Any, **_: Any) -> str:
    # Not orjson, which refuses lone surrogates and endless integers: a log must be able to tell of anything.
    return json.dumps(event, default=str, separators=(",", ":"))
