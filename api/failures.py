"""What goes wrong on our side: whoever asked is told when to come back, and the log why."""

import structlog
from starlette.exceptions import HTTPException

from db import failures
from schema.errors import AWAY, OURS, away

log = structlog.get_logger()
# When to ask again, in seconds.
RETRY = {"Retry-After": "5"}


def failure(error: Exception) -> HTTPException:
    """What to answer in place of this error, which is logged: a database that is away in a line, all else in full."""
    if failures.is_timeout(error) or failures.is_unavailable(error):
        away(error)
        return HTTPException(503, AWAY, RETRY)
    log.error("unexpected_error", exc_info=error)
    return HTTPException(500, OURS)
