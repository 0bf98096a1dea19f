"""Where the feeds are."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.answers import Answers
from api.asking import Public
from api.feeds import atom, calendar, jsonfeed
from api.feeds.changes import Feed, feed
from api.feeds.kept import Keeper

Write: TypeAlias = Callable[[Feed], Response]
FORMATS: dict[str, Write] = {"atom": atom.write, "json": jsonfeed.write}
# What can be followed by itself: the kind of each, and the field that names it.
FOLLOWED = {"/commitments/{name}": "Commitment", "/themes/{name}": "Theme", "/funds/{name}": "Fund"}


def routes(public: Public, answers: Answers) -> list[Route]:
    keeper = Keeper(public.clock, answers)

    async def changes(request: Request, kind: str | None, write: Write) -> Response:
        return write(await feed(public, request, kind))

    def at(path: str, make: Callable[[Request], Awaitable[Response]], *names: str) -> Route:
        async def endpoint(request: Request) -> Response:
            return await keeper.answered(request, make, names)

        return Route(path, endpoint)

    return [
        at("/events.ics", partial(calendar.events, public), *calendar.LISTS, *calendar.ONES),
        *(
            at(f"{place}/feed.{suffix}", partial(changes, kind=kind, write=write), "after")
            for place, kind in {"": None, **FOLLOWED}.items()
            for suffix, write in FORMATS.items()
        ),
    ]
