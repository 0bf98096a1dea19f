"""Where things are on this site."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request

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


def page_of(kind: str, node: Mapping[str, Any]) -> str:
    """The path of the page on a node, by its GraphQL type and the field that names it. The Strategy has the first."""
    if kind not in PAGES:
        return "/"
    path, name = PAGES[kind]
    return path.format(quote(str(node[name]), safe=""))


def site(request: Request) -> str:
    """Scheme and host of the addresses that are handed out: as the settings have them, else as the request does."""
    return request.state.public_url or f"{request.url.scheme}://{request.url.netloc}"
