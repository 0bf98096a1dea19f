"""Conditional responses (RFC 9110, 13): a client whose copy is current gets 304 and no body."""

import datetime as dt
import re
from collections.abc import Mapping
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

# Weak or strong: comparison for GET ignores the difference.
ETAG = re.compile(r'"[^"]*+"')


def cache_control(*, lasts: bool) -> str:
    """Of an answer that is the same for ever, or else one that a client may store, and asks each time whether it is
    current."""
    return "public, max-age=31536000, immutable" if lasts else "no-cache"


def not_modified(request: Request, headers: Mapping[str, str], modified: dt.datetime | None = None) -> Response | None:
    """304 with these headers, which hold the ETag, if the client's copy is current; else None.

    `modified` is given where If-Modified-Since counts, too. As in HTTP, it does not count beside If-None-Match.
    """
    if "if-none-match" in request.headers:
        tags = request.headers["if-none-match"]
        current = tags.strip() == "*" or headers["etag"].removeprefix("W/") in ETAG.findall(tags)
    else:
        current = modified is not None and _unmodified_since(request.headers.get("if-modified-since", ""), modified)
    return Response(status_code=304, headers=headers) if current else None


def last_modified(modified: dt.datetime, now: dt.datetime) -> dict[str, str]:
    """The header, which counts in seconds: left out until that second is over and nothing can be recorded in it."""
    second = modified.replace(microsecond=0)
    if now < second + dt.timedelta(seconds=1):
        return {}
    return {"last-modified": format_datetime(second, usegmt=True)}


def _unmodified_since(text: str, modified: dt.datetime) -> bool:
    try:
        since = parsedate_to_datetime(text)
    # OverflowError is raised for a number that is too large for a date.
    except (ValueError, OverflowError):
        return False
    return since.tzinfo is not None and modified.replace(microsecond=0) <= since
