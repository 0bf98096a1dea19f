"""Feeds are asked for again and again: what was made is kept, and whoever has it is told that it still stands."""

import datetime as dt
from collections.abc import Awaitable, Callable, Collection
from email.utils import format_datetime, parsedate_to_datetime

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from api.access import access
from api.addresses import site
from api.answers import Answers, holds, loaded
from db.clock import Clock


class Keeper:
    def __init__(self, clock: Clock, answers: Answers) -> None:
        self.clock = clock
        self.answers = answers

    async def answered(
        self, request: Request, make: Callable[[Request], Awaitable[Response]], names: Collection[str]
    ) -> Response:
        """What is made for this address, of which only the parameters of these names count; or 304.

        Raises 503 as long as there is no data.
        """
        edition = await loaded(request, self.clock)
        # All that is shown was recorded by then, so that nothing can have changed since.
        modified = edition[0][1]
        known = QueryParams([pair for pair in request.query_params.multi_items() if pair[0] in names])
        question = ("feed", site(request), request.scope["path"], str(known))
        kept = self.answers.find(edition, question)
        access(request).cached = kept is not None
        if kept is None:
            before, made = self.answers.edition, await make(request)
            kept = self.answers.keep(before, await loaded(request, self.clock), question, made)
        # A reader may keep it, and has to ask each time: to answer that nothing changed takes next to nothing, and
        # what changed is there with the next look.
        headers = {"cache-control": "no-cache", "etag": kept.tag} | self.dated(modified)
        if has(request, kept.tag, modified):
            return Response(status_code=304, headers=headers)
        return Response(kept.body, headers={**headers, "content-type": kept.content_type})

    def dated(self, modified: dt.datetime) -> dict[str, str]:
        """A header knows only seconds: it is left out until nothing more can be recorded in that second."""
        second = modified.replace(microsecond=0)
        if self.clock() < second + dt.timedelta(seconds=1):
            return {}
        return {"last-modified": format_datetime(second, usegmt=True)}


def has(request: Request, tag: str, modified: dt.datetime) -> bool:
    """Whether what the client has is what it would be sent. The tag counts before the date, as HTTP has it."""
    if "if-none-match" in request.headers:
        return holds(request, tag)
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    # The library says so of a number that is too large for a date.
    except (ValueError, OverflowError):
        return False
    return since.tzinfo is not None and modified.replace(microsecond=0) <= since
