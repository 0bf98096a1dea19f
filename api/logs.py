"""The log: one line for each event, on standard output."""

import json
import logging
import re
import sys

import structlog
from structlog.tracebacks import ExceptionDictTransformer

from api.log_sampling import LogSampler
from db.tokens import PREFIX

TOKEN = re.compile(rf"{PREFIX}[\w-]+", re.ASCII)


def configure(level: str, form: str) -> None:
    """Gives all logging of the process, libraries included, one form."""
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
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    )
    # structlog types the processor after a renderer as one before it.
    last.append(_without_tokens)  # type: ignore[arg-type]
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


def _without_record(logger: logging.Logger, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(logger, name, event)


def _without_tokens(_logger: object, _name: str, line: str) -> str:
    """A client may put its token into an address or a name."""
    return TOKEN.sub(rf"{PREFIX}…", line) if PREFIX in line else line


def _write(event: object, **_: object) -> str:
    # Not orjson, which refuses lone surrogates and large integers.
    return json.dumps(event, default=str, separators=(",", ":"))
