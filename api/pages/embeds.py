"""What other sites may frame, and how they find out."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.charts import marks
from api.csp import inline_hashes
from api.errors import JSONResponse
from api.moment import read_moment
from api.pages.assets import EMBEDDED
from api.pages.query import query
from api.pages.site import Site
from api.pages.visit import Visit
from api.response_cache import require_data
from api.urls import base_path, page_path, same_site, site_url

POLICY = (
    f"default-src 'none'; style-src {' '.join(inline_hashes(f'<style>{EMBEDDED}</style>', 'style'))};"
    " base-uri 'none'; form-action 'none'; frame-ancestors *"
)
REFUSAL = "embed-refusal.html"
COMMITMENTS, PROGRESS = "/commitments", "/embed/progress"
WIDTH = re.compile(r"[1-9]\d{0,5}", re.ASCII)
ELSEWHERE = "`url` is not an address of this site."
LIMITS = ("maxwidth", "maxheight")
# In CSS pixels: what fits without scrolling on a phone, too.
SIZES = {"commitment": (480, 430), "progress": (480, 660)}


async def commitment(visit: Visit) -> Response:
    data = await visit.ask("embed-commitment", ref=visit.request.path_params["ref"])
    return visit.show("embed-commitment.html", **data)


async def progress(visit: Visit) -> Response:
    data = await visit.ask("embed-progress")
    drawn = marks.marks(data["commitments"]["nodes"], visit.frame["strategy"]["themes"], visit.statuses)
    return visit.show("embed-progress.html", progress=data["progress"], marks=drawn)


async def oembed(pages: Site, request: Request) -> Response:
    """What oEmbed asks for: how to embed the page at `url`, of the moment that stands in it.

    Raises 404 for a page that cannot be embedded, and 400 for a moment that cannot be.
    """
    if request.query_params.get("format", "json") != "json":
        raise HTTPException(501, "Only JSON is served.")
    clock = pages.client.clock
    await require_data(request, clock)
    if not (url := request.query_params.get("url")):
        raise HTTPException(400, "`url` must be the address of a page of this site.")
    try:
        asked = urlsplit(url)
    except ValueError:
        raise HTTPException(404, ELSEWHERE) from None
    home = base_path(request)
    if not same_site(url, site_url(request)) or not f"{asked.path}/".startswith(f"{home}/"):
        raise HTTPException(404, ELSEWHERE)
    path = unquote(asked.path.removeprefix(home)).rstrip("/")
    folder, _, ref = path.removeprefix("/embed").rpartition("/")
    if path in ("", PROGRESS):
        title, kind, path = "Progress", "progress", PROGRESS
    elif folder == COMMITMENTS:
        found = (await pages.client.execute(request, query("embed-commitment"), {"ref": ref}))["commitment"]
        title = f"{found['ref']}: {found['title'] or 'Not identified yet'}"
        kind, path = "commitment", f"/embed{page_path('Commitment', found)}"
    else:
        raise HTTPException(404, "Commitments and the progress of all can be embedded.")
    address = f"{site_url(request)}{path}{read_moment(QueryParams(asked.query), clock).query}"
    width, height = (_within(request, name, size) for name, size in zip(LIMITS, SIZES[kind], strict=True))
    frame = pages.templates.get_template("embed.html").render(address=address, title=title, width=width, height=height)
    body: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Sixty-One",
        "provider_url": site_url(request),
        "html": frame,
        "width": width,
        "height": height,
    }
    return JSONResponse(body)


def _within(request: Request, name: str, size: int) -> int:
    given = request.query_params.get(name, "")
    return min(size, int(given)) if WIDTH.fullmatch(given) else size
