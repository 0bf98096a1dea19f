"""The addresses of the feeds."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TypeAlias

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.conditional import last_modified
from api.feeds.changes import build_changes
from api.feeds.evidence import build_evidence
from api.feeds.feed import Feed
from api.feeds.formats import atom_response, json_response
from api.internal_client import InternalClient
from api.moment import Moment, read_moment
from api.response_cache import ResponseCache
from api.revision import new_reader
from api.subjects import FOLLOW, PATHS, Subject, read_subject
from api.urls import base_path, site_url
from db.dataset import State

Respond: TypeAlias = Callable[[Feed], Response]
Build: TypeAlias = Callable[[InternalClient, Request, Moment, Subject], Awaitable[Feed]]
FORMATS: dict[str, Respond] = {"atom": atom_response, "json": json_response}
# By the name of their files.
FEEDS: dict[str, Build] = {"feed": build_changes, "evidence": build_evidence}
# With this header a browser says that a person opens the address: XML is nothing to read. No feed reader sends it.
NAVIGATION = "sec-fetch-dest"


def places() -> Iterator[tuple[str, str, str | None]]:
    """The path of each feed without its ending, the name of its file, and the kind of what it follows."""
    for place, kind in {"": None, **PATHS}.items():
        for name in FEEDS:
            if name != "evidence" or Subject(kind).has_evidence:
                yield f"{place}/{name}", name, kind


def routes(client: InternalClient, cache: ResponseCache) -> list[Route]:
    async def feed(request: Request, moment: Moment, kind: str | None, build: Build, respond: Respond) -> Response:
        return respond(await build(client, request, moment, read_subject(request, kind)))

    def at(
        path: str, make: Callable[[Request, Moment], Awaitable[Response]], *names: str, has_page: bool = False
    ) -> Route:
        """Only the moment and the parameters of these names count. A browser is led to the page of a feed."""

        async def endpoint(request: Request) -> Response:
            moment = await read_moment(new_reader(request), request.query_params, client.clock)
            if has_page and request.headers.get(NAVIGATION) == "document":
                page = f"{base_path(request)}{FOLLOW}{request.url.path.rpartition('/')[0]}{moment.query}"
                return RedirectResponse(page, 303, {"vary": NAVIGATION, "cache-control": "no-cache"})

            async def response(_: State) -> Response:
                return await make(request, moment)

            params = QueryParams([pair for pair in request.query_params.multi_items() if pair[0] in names])
            key = ("feed", site_url(request), request.scope["path"], str(params), *moment.key)
            cached, state = await cache.get_or_make(request, client.clock, key, response, lasts=moment.lasts)
            # All that the feed shows was recorded by the last change of the data.
            _, modified = moment.state or state
            headers = last_modified(modified, client.clock()) | ({"vary": NAVIGATION} if has_page else {})
            return cached.response(request, headers, modified)

        return Route(path, endpoint)

    return [
        *(
            at(
                f"{place}.{suffix}",
                partial(feed, kind=kind, build=FEEDS[name], respond=respond),
                "after",
                has_page=True,
            )
            for place, name, kind in places()
            for suffix, respond in FORMATS.items()
        ),
    ]
