"""oEmbed, by which programs find how to embed a page."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

from api.errors import JSONResponse
from api.moment import read_moment
from api.pages.charts import PICTURES
from api.pages.frames import PROGRESS, Frame, commitment_frame, picture_frame
from api.pages.page_request import PageRequest
from api.pages.pictures import THEME, read_theme
from api.pages.site import Site
from api.response_cache import require_data
from api.revision import new_reader
from api.urls import CanonicalRedirect, base_path, same_site, site_url

GRID = "/charts/commitments"
# The pages whose picture is embedded in their place.
PAGES = re.compile(r"/(?:themes|funds)/[^/]+")
ENDING = re.compile(r"\.(?:svg|png|csv)\Z")
PATTERNS = [(compile_path(path)[0], draw) for path, draw in PICTURES.items()]
COMMITMENT = compile_path("/commitments/{ref}")[0]
PIXELS = re.compile(r"[1-9]\d{0,5}", re.ASCII)
OTHER_SITE = "`url` is not an address of this site."


async def oembed(site: Site, request: Request) -> Response:
    """How to embed the page at `url`, at the moment in that URL.

    Raises 404 for a page that cannot be embedded, or was not there, and 400 for an invalid or future moment.
    """
    if request.query_params.get("format", "json") != "json":
        raise HTTPException(501, "Only JSON is served.")
    clock = site.client.clock
    state, _ = await require_data(request, clock)
    if not (url := request.query_params.get("url")):
        raise HTTPException(400, "`url` must be the address of a page of this site.")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise HTTPException(404, OTHER_SITE) from None
    home = base_path(request)
    if not same_site(url, site_url(request)) or not f"{parts.path}/".startswith(f"{home}/"):
        raise HTTPException(404, OTHER_SITE)
    params = QueryParams(parse_qsl(parts.query))
    read_theme(params)
    moment = await read_moment(new_reader(request), params, clock)
    theme = QueryParams([(name, value) for name, value in params.multi_items() if name == THEME])
    layout = await site.layout_data(request, moment, state)
    page = PageRequest(site.client, site.templates, request, moment, theme, layout)
    frame = await _frame(page, unquote(parts.path.removeprefix(home)).rstrip("/"))
    frame = frame.within(_limit(request, "maxwidth"), _limit(request, "maxheight"))
    provider = {"provider_name": "Sixty-One", "provider_url": site_url(request)}
    size = {"width": frame.width, "height": frame.height}
    html = frame.html(page)
    return JSONResponse({"version": "1.0", "type": "rich", "title": frame.title, **provider, "html": html, **size})


async def _frame(page: PageRequest, path: str) -> Frame:
    """The frame of what is at a path of the site. Raises 404."""
    if path in ("", PROGRESS):
        return picture_frame(page, await PICTURES[GRID](page), PROGRESS)
    path = path.removeprefix("/embed")
    if match := COMMITMENT.match(path):
        data = await page.execute("embed-commitment", ref=match["ref"])
        return commitment_frame(page, data["commitment"])
    path = ENDING.sub("", f"/charts{path}" if PAGES.fullmatch(path) else path)
    for pattern, draw in PATTERNS:
        if match := pattern.match(path):
            page.request = Request({**page.request.scope, "path": path, "path_params": match.groupdict()})
            try:
                return picture_frame(page, await draw(page))
            except CanonicalRedirect as redirect:
                return await _frame(page, redirect.path)
    raise HTTPException(404, "Commitments, and the pictures of this site, can be embedded.")


def _limit(request: Request, name: str) -> int | None:
    value = request.query_params.get(name, "")
    return int(value) if PIXELS.fullmatch(value) else None
