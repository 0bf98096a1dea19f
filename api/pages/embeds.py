"""The two pages that other sites may frame, and oEmbed, by which programs find them."""

import base64
import hashlib
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.assets import EMBEDDED
from api.charts.marks import marks_chart
from api.errors import JSONResponse
from api.moment import read_moment
from api.pages.marks import alone_words
from api.pages.page_request import PageRequest
from api.pages.site import Site
from api.query_files import query
from api.response_cache import require_data
from api.services import services
from api.urls import base_path, page_path, same_site, site_url


def style_hashes(page: str) -> list[str]:
    """The sources of a content security policy that allow exactly the inline styles of a page."""
    texts = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts]


def style_sources(styles: Iterable[str]) -> str:
    """The same for these styles, as the directive has them."""
    return " ".join(style_hashes("".join(f"<style>{style}</style>" for style in styles)))


POLICY = (
    f"default-src 'none'; style-src {style_sources(EMBEDDED.values())};"
    " base-uri 'none'; form-action 'none'; frame-ancestors *"
)
ERROR_TEMPLATE = "embed-error.html"
COMMITMENTS, PROGRESS = "/commitments", "/embed/progress"
PIXELS = re.compile(r"[1-9]\d{0,5}", re.ASCII)
OTHER_SITE = "`url` is not an address of this site."
SIZE_PARAMS = ("maxwidth", "maxheight")
# Width and height in CSS pixels; they fit a phone without scrolling.
SIZES = {"commitment": (480, 430), "progress": (480, 660)}


async def progress(page: PageRequest) -> Response:
    data, layout = await page.execute("embed-progress"), page.layout
    marks = marks_chart(data["commitments"]["nodes"], layout["strategy"]["themes"], layout["statusDefinitions"])
    return page.render(
        "embed-progress.html", progress=data["progress"], marks=marks, alone=alone_words(data["commitments"])
    )


async def oembed(pages: Site, request: Request) -> Response:
    """How to embed the page at `url`, at the moment in that URL.

    Raises 404 for a page that cannot be embedded, or was not there, and 400 for an invalid or future moment.
    """
    if request.query_params.get("format", "json") != "json":
        raise HTTPException(501, "Only JSON is served.")
    clock = pages.client.clock
    await require_data(request, clock)
    if not (url := request.query_params.get("url")):
        raise HTTPException(400, "`url` must be the address of a page of this site.")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise HTTPException(404, OTHER_SITE) from None
    home = base_path(request)
    if not same_site(url, site_url(request)) or not f"{parts.path}/".startswith(f"{home}/"):
        raise HTTPException(404, OTHER_SITE)
    path = unquote(parts.path.removeprefix(home)).rstrip("/")
    folder, _, ref = path.removeprefix("/embed").rpartition("/")
    if path in ("", PROGRESS):
        title, kind, path = "Progress", "progress", PROGRESS
    elif folder == COMMITMENTS:
        row = (await pages.client.execute(request, query("embed-commitment"), {"ref": ref}))["commitment"]
        title = f"{row['ref']}: {row['title'] or 'Not identified yet'}"
        kind, path = "commitment", f"/embed{page_path('Commitment', row)}"
    else:
        raise HTTPException(404, "Commitments and the progress of all can be embedded.")
    moment = await read_moment(services(request).db, QueryParams(parts.query), clock)
    address = f"{site_url(request)}{path}{moment.query}"
    width, height = (_limit(request, name, size) for name, size in zip(SIZE_PARAMS, SIZES[kind], strict=True))
    frame = pages.templates.get_template("embed.html").render(address=address, title=title, width=width, height=height)
    provider = {"provider_name": "Sixty-One", "provider_url": site_url(request)}
    size = {"width": width, "height": height}
    return JSONResponse({"version": "1.0", "type": "rich", "title": title, **provider, "html": frame, **size})


def _limit(request: Request, name: str, size: int) -> int:
    value = request.query_params.get(name, "")
    return min(size, int(value)) if PIXELS.fullmatch(value) else size
