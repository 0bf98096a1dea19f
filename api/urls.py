"""Where things are on this site."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse

from api.services import services

PORTS = {"http": 80, "https": 443}
# The page of each kind of node, and what of it names the page.
PAGES = {
    "Change": ("/changes/{}", "revision"),
    "Commitment": ("/commitments/{}", "ref"),
    "Discrepancy": ("/gaps#{}", "slug"),
    "Document": ("/sources/{}", "slug"),
    "Event": ("/events/{}", "slug"),
    "Fund": ("/funds/{}", "slug"),
    "Organisation": ("/organisations/{}", "slug"),
    "Theme": ("/themes/{}", "slug"),
}


def page_path(kind: str, node: Mapping[str, Any]) -> str:
    """The path of the page on a node, by its GraphQL type and the field that names it. The Strategy has the first."""
    if kind not in PAGES:
        return "/"
    path, name = PAGES[kind]
    return path.format(quote(str(node[name]), safe=""))


class CanonicalRedirect(HTTPException):
    """What was asked for is at an address of this site with the name as it is written, and not as it was given."""

    def __init__(self, request: Request, given: str, written: str) -> None:
        segments = [written if segment == given else segment for segment in request.scope["path"].split("/")]
        path = base_path(request) + "/".join(quote(segment, safe="") for segment in segments)
        query = request.url.query
        self.response = RedirectResponse(f"{path}?{query}" if query else path, 308, {"cache-control": "no-cache"})
        super().__init__(308)


def same_site(url: str, home: str) -> bool:
    """Whether an address is one of the site `home`, by RFC 3986, 6.2: letter case and the port of a scheme are alike.

    So are the two schemes: a page that is served by one is often linked by the other.
    """
    try:
        return _authority(url) == _authority(home)
    except ValueError:
        return False


def _authority(url: str) -> tuple[str, int | None] | None:
    """Host and port, but None for the port that the scheme has by itself."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        return None
    host = unquote(parts.hostname).lower().removesuffix(".")
    return host, None if parts.port == PORTS[parts.scheme] else parts.port


def base_path(request: Request) -> str:
    """The path that the site is below, as the settings have it: what every link within the site begins with."""
    return services(request).base


def site_url(request: Request) -> str:
    """What addresses that are handed out begin with: as the settings have it, else scheme and host of the request."""
    return services(request).public_url or f"{request.url.scheme}://{request.url.netloc}"
