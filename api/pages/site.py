"""What every page has in common: how it is asked for, kept, and refused."""

import re
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlencode

import jinja2
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.errors import http_error_response, to_http_error
from api.headers import accepts_html
from api.internal_client import InternalClient
from api.moment import AS_OF, KNOWN_AT, read_moment
from api.pages import assets, words
from api.pages.query import query
from api.pages.visit import Visit
from api.response_cache import ResponseCache, Version
from api.urls import CanonicalRedirect, base_path, page_path, site_url

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
REFUSAL = "refusal.html"
TITLES = {400: "That cannot be asked", 404: "There is nothing here", 500: "Something went wrong on our side"}
TITLES |= {429: "Too much was asked for"}
SLASHED = re.compile(r"(/[\w.-]+)+/", re.ASCII)
# GraphQL says so of its answers by GET, and a page is made of them.
VARY = {"vary": "Accept, Authorization"}
Show: TypeAlias = Callable[[Visit], Awaitable[Response]]


class Site:
    """The pages of one application."""

    def __init__(self, client: InternalClient, cache: ResponseCache, contact: str | None, base: str) -> None:
        """`contact` is the address to which people report a mistake; `base` the path that the site is below."""
        self.client = client
        self.cache = cache
        self.frame: tuple[Version, dict[str, Any]] | None = None
        self.templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=words.finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.templates.filters.update(words.FILTERS)
        self.templates.globals.update(page_path=page_path, contact=contact, base=base)
        self.templates.globals.update(style=assets.STYLE, script=assets.SCRIPT, icon=assets.ICON, css=assets.EMBEDDED)

    def page(
        self, show: Show, names: Collection[str] = (), policy: str = POLICY, refusal: str = REFUSAL
    ) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of a page that knows the parameters of these names. It neither reads nor repeats any other."""

        async def endpoint(request: Request) -> Response:
            known = [pair for pair in request.query_params.multi_items() if pair[0] in (*names, AS_OF, KNOWN_AT)]
            said = [(name, value) for name, value in known if value.strip()]
            # A form sends its empty fields, too: none of them is left in an address that somebody may cite.
            if len(said) < len(known):
                path = base_path(request) + request.url.path
                return RedirectResponse(f"{path}?{urlencode(said)}" if said else path, 303)
            given = QueryParams([pair for pair in said if pair[0] in names])
            try:
                response = await self.answered(request, show, given)
            except HTTPException as error:
                response = self.refusal(error, refusal)
            except Exception as error:  # noqa: BLE001  (it is logged by `failure`)
                response = self.refusal(to_http_error(error), refusal)
            response.headers["content-security-policy"] = policy
            response.headers["referrer-policy"] = "strict-origin-when-cross-origin"
            return response

        return endpoint

    async def answered(self, request: Request, show: Show, given: QueryParams) -> Response:
        """The page, 304 to a browser whose copy is current. Raises 503 as long as there is no data."""
        moment = read_moment(request.query_params, self.client.clock)

        async def make(version: Version) -> Response:
            frame = await self.framed(request, version)
            return await show(Visit(self.client, self.templates, request, moment, given, frame))

        key = ("page", site_url(request), request.scope["path"], str(given), moment.query)
        cached, _ = await self.cache.get_or_make(request, self.client.clock, key, make)
        return cached.response(request, VARY)

    async def framed(self, request: Request, version: Version) -> dict[str, Any]:
        """What stands around every page. It is asked once for each version of the data."""
        if self.frame is None or self.frame[0] != version:
            self.frame = version, await self.client.execute(request, query("frame"))
        return self.frame[1]

    async def missing(self, request: Request, error: Exception) -> Response:
        """What went wrong outside the pages. A person is told on a page."""
        if isinstance(error, CanonicalRedirect):
            return error.response
        response = await http_error_response(request, error)
        if response.status_code == 405 and request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": f"{response.headers['allow']}, OPTIONS"})
        assert isinstance(error, HTTPException)
        if accepts_html(request.headers.get("accept", "")):
            path, query = request.scope["path"], request.url.query
            # Nothing but a way within this site: no host can stand in it.
            if error.status_code == 404 and SLASHED.fullmatch(path):
                response = RedirectResponse(base_path(request) + path.rstrip("/") + (f"?{query}" if query else ""), 308)
            else:
                told = f"There is nothing at {path}." if error.detail == "Not Found" else error.detail
                response = self.refusal(HTTPException(error.status_code, told, error.headers))
                response.headers["content-security-policy"] = POLICY
        response.headers.update({"cache-control": "no-cache", "vary": "Accept"})
        return response

    def refusal(self, error: HTTPException, template: str = REFUSAL) -> Response:
        if isinstance(error, CanonicalRedirect):
            return error.response
        title = TITLES.get(error.status_code, "This cannot be shown")
        text = self.templates.get_template(template).render(title=title, message=error.detail)
        return HTMLResponse(text, error.status_code, headers={"cache-control": "no-cache", **(error.headers or {})})
