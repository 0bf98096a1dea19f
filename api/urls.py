"""The addresses of this site."""

from collections.abc import Mapping
from urllib.parse import quote, unquote, urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse

from api.services import services
from schema.node import global_id

PORTS = {"http": 80, "https": 443}
# The path of the page of each kind of node, and the field that fills it.
PAGES = {
    "Area": ("/areas/{}", "slug"),
    "Change": ("/changes/{}", "revision"),
    "Commitment": ("/commitments/{}", "ref"),
    "Discrepancy": ("/gaps#{}", "slug"),
    "Document": ("/sources/{}", "slug"),
    "Event": ("/events/{}", "slug"),
    "Fund": ("/funds/{}", "slug"),
    "Organisation": ("/organisations/{}", "slug"),
    "Person": ("/people/{}", "slug"),
    "Term": ("/glossary#terms-{}", "slug"),
    "Theme": ("/themes/{}", "slug"),
}


def page_path(kind: str, node: Mapping[str, object]) -> str:
    """The path of the page about a node of this GraphQL type; that of the Strategy is the first page."""
    if kind not in PAGES:
        return "/"
    path, name = PAGES[kind]
    return path.format(quote(str(node[name]), safe=""))


def page_url(site: str, kind: str, key: str, owner: str, moment: Mapping[str, str]) -> str:
    """The address of the page that shows a row: its own, or that of its owner with the place on it."""
    match kind:
        case "StatusUpdate":
            path = f"{page_path('Commitment', {'ref': owner})}#{global_id(kind, key)}"
        case "Allocation":
            path = f"{page_path('Fund', {'slug': owner})}#recipients"
        case _:
            path = page_path(kind, {PAGES[kind][1]: key} if kind in PAGES else {})
    path, mark, fragment = path.partition("#")
    query = f"?{urlencode(moment)}" if moment else ""
    return f"{site}{path}{query}{mark}{fragment}"


class CanonicalRedirect(HTTPException):
    """Raised for a name in another spelling than that of the record: `canonical` in place of `requested`."""

    def __init__(self, request: Request, requested: str, canonical: str) -> None:
        # A file has an ending behind the name.
        names = [segment.partition(".") for segment in request.scope["path"].split("/")]
        segments = ["".join((canonical if name == requested else name, *ending)) for name, *ending in names]
        self.path = "/".join(segments)
        path = base_path(request) + "/".join(quote(segment, safe="") for segment in segments)
        query = request.url.query
        self.response = RedirectResponse(f"{path}?{query}" if query else path, 308, {"cache-control": "no-cache"})
        super().__init__(308)


def same_site(url: str, home: str) -> bool:
    """Whether a URL is on the site `home`: RFC 3986, 6.2, ignores letter case and the default port.

    The scheme is ignored, too: links often say http for a page that is served by https.
    """
    try:
        return _authority(url) == _authority(home)
    except ValueError:
        return False


def _authority(url: str) -> tuple[str, int | None] | None:
    """Host and port; None for the default port of the scheme."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        return None
    host = unquote(parts.hostname).lower().removesuffix(".")
    return host, None if parts.port == PORTS[parts.scheme] else parts.port


def base_path(request: Request) -> str:
    """The path that the site is below, with which every link within the site begins."""
    return services(request).base


def site_url(request: Request) -> str:
    """The start of absolute addresses: by the settings, else the scheme and host of the request."""
    return services(request).public_url or f"{request.url.scheme}://{request.url.netloc}"
