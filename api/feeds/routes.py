"""The addresses of the feeds and of the calendar."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeAlias

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.conditional import last_modified
from api.feeds import calendar
from api.feeds.changes import Feed, build_feed
from api.feeds.formats import atom_response, json_response
from api.internal_client import InternalClient
from api.moment import Moment, read_moment
from api.response_cache import ResponseCache
from api.services import services
from api.urls import site_url
from db.dataset import State

Respond: TypeAlias = Callable[[Feed], Response]
FORMATS: dict[str, Respond] = {"atom": atom_response, "json": json_response}
# The kinds of node that have a feed each, by its path, in which `name` is the field that names the node.
FOLLOWED = {"/commitments/{name}": "Commitment", "/themes/{name}": "Theme", "/funds/{name}": "Fund"}


def routes(client: InternalClient, cache: ResponseCache) -> list[Route]:
    async def changes(request: Request, moment: Moment, kind: str | None, respond: Respond) -> Response:
        return respond(await build_feed(client, request, moment, kind))

    def at(path: str, make: Callable[[Request, Moment], Awaitable[Response]], *names: str) -> Route:
        """Only the moment and the parameters of these names count."""

        async def endpoint(request: Request) -> Response:
            moment = await read_moment(services(request).db, request.query_params, client.clock)

            async def response(_: State) -> Response:
                return await make(request, moment)

            params = QueryParams([pair for pair in request.query_params.multi_items() if pair[0] in names])
            key = ("feed", site_url(request), request.scope["path"], str(params), *moment.key)
            cached, state = await cache.get_or_make(request, client.clock, key, response, lasts=moment.lasts)
            # All that the feed shows was recorded by the last change of the data.
            _, modified = moment.state or state
            return cached.response(request, last_modified(modified, client.clock()), modified)

        return Route(path, endpoint)

    return [
        at("/events.ics", partial(calendar.events, client), *calendar.LISTS, *calendar.SINGLES),
        *(
            at(f"{place}/feed.{suffix}", partial(changes, kind=kind, respond=respond), "after")
            for place, kind in {"": None, **FOLLOWED}.items()
            for suffix, respond in FORMATS.items()
        ),
    ]
