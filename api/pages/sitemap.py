"""What search engines are told: what to leave out, and every public page with the instant of its last change."""

import datetime as dt
import re
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from math import ceil
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from api.conditional import last_modified
from api.pages.citation import CITE
from api.response_cache import ResponseCache
from api.revision import reader_of
from api.urls import PAGES, base_path, page_path, site_url
from db import listing
from db.clock import Clock
from db.dataset import State
from db.formatting import instant_text

# The entries of one part. The protocol allows 50,000; so few are made within some milliseconds.
PART = 2_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The name of a part: the folder of its pages, and its number.
NAME = re.compile(r"([a-z]+)-([1-9]\d{0,5})", re.ASCII)
# The kinds of rows that have a page each, by the folder of these.
KINDS = {path.split("/")[1]: kind for kind, (path, _) in PAGES.items() if "#" not in path}
# The part with the pages that are about no row.
LISTS = "pages-1"
Entries = Iterable[tuple[str, dt.datetime | None]]


def routes(paths: Iterable[str], cache: ResponseCache, clock: Clock) -> list[BaseRoute]:
    """`paths` are the pages that are about no row."""

    async def index(request: Request, state: State) -> Response:
        reader, parts = reader_of(request), [LISTS]
        for folder, kind in KINDS.items():
            total = await reader.read(listing.count, kind)
            parts += [f"{folder}-{number}" for number in range(1, ceil(total / PART) + 1)]
        return _xml("sitemapindex", "sitemap", request, [(f"/sitemap-{part}.xml", state[1]) for part in parts])

    async def part(request: Request, state: State) -> Response:
        name = request.path_params["name"]
        if name == LISTS:
            return _xml("urlset", "url", request, [(path, state[1]) for path in paths])
        match = NAME.fullmatch(name)
        if not match or match[1] not in KINDS:
            raise HTTPException(404)
        kind = KINDS[match[1]]
        rows = await reader_of(request).read(listing.part, kind, (int(match[2]) - 1) * PART, PART)
        if not rows:
            raise HTTPException(404)
        field = PAGES[kind][1]
        return _xml("urlset", "url", request, [(page_path(kind, {field: key}), instant) for key, instant in rows])

    def at(path: str, make: Callable[[Request, State], Awaitable[Response]]) -> Route:
        async def endpoint(request: Request) -> Response:
            key = ("sitemap", site_url(request), request.scope["path"])
            cached, state = await cache.get_or_make(request, clock, key, partial(make, request))
            return cached.response(request, last_modified(state[1], clock()), state[1])

        return Route(path, endpoint)

    return [at("/sitemap.xml", index), at("/sitemap-{name}.xml", part), Route("/robots.txt", robots)]


async def robots(request: Request) -> Response:
    """A page may be read at every moment, because people share addresses that state one."""
    base = base_path(request)
    lines = [
        "User-agent: *",
        f"Disallow: {base}/graphql",
        f"Disallow: {base}/oembed",
        f"Disallow: {base}/*?*{CITE}=",
        f"Sitemap: {site_url(request)}/sitemap.xml",
    ]
    return PlainTextResponse("".join(f"{line}\n" for line in lines), headers={"cache-control": "no-cache"})


def _xml(root: str, child: str, request: Request, entries: Entries) -> Response:
    document, site = Element(root, {"xmlns": NAMESPACE}), site_url(request)
    for path, instant in entries:
        element = SubElement(document, child)
        SubElement(element, "loc").text = site + path
        if instant:
            SubElement(element, "lastmod").text = instant_text(instant)
    return Response(tostring(document, encoding="utf-8", xml_declaration=True), media_type="application/xml")
