"""The endpoints of all pages: their parameters, cache, headers and error pages."""

import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlencode

import jinja2
from anyio.to_thread import run_sync
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import assets, formatting
from api.charts.marks import sign
from api.errors import http_error_response, to_http_error
from api.headers import accepts_html
from api.internal_client import InternalClient
from api.json_types import JsonObject
from api.moment import CLOCKS, Moment, check_names, read_moment
from api.pages import former
from api.pages.citation import CITE
from api.pages.menu import MENU, MORE
from api.pages.page_request import PageRequest, known_variables
from api.pages.sources import addresses, source
from api.pages.templates import Environment, write
from api.query_files import query
from api.response_cache import CachedResponse, ResponseCache
from api.revision import new_reader
from api.urls import CanonicalRedirect, base_path, page_path, site_url
from db.dataset import State

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
ERROR_TEMPLATE = "error.html"
TITLES = {400: "That cannot be asked", 404: "There is nothing here", 500: "Something went wrong on our side"}
TITLES |= {429: "Too much was asked for"}
# Parameters by which newsletters, social networks and search engines count their readers.
ADDED_BY_OTHERS = re.compile("utm_[a-z_]+|fbclid|gclid|dclid|msclkid|ttclid|twclid|igshid?|yclid|mc_[a-z]+", re.ASCII)
TRAILING_SLASH = re.compile(r"(/[\w.-]+)+/", re.ASCII)
# A page varies as the GraphQL answer that it is made of.
VARY = {"vary": "Accept, Authorization"}
Show: TypeAlias = Callable[[PageRequest], Awaitable[Response]]


class Site:
    """The pages of one application."""

    def __init__(
        self, client: InternalClient, cache: ResponseCache, base: str, *, documents_only: bool = False
    ) -> None:
        """`base` is the path that the site is below. With `documents_only`, the API answers trusted documents alone."""
        self.client = client
        self.cache = cache
        self.layout: tuple[State, JsonObject] | None = None
        self.templates = Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=write,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.templates.filters.update({**formatting.FILTERS, **former.FILTERS, "sign": sign})
        self.templates.globals.update(
            page_path=page_path, base=base, menu=MENU, menu_more=MORE, css=assets.EMBEDDED[""]
        )
        self.templates.globals.update(style=assets.STYLE, script=assets.SCRIPT, icon=assets.ICON)
        self.templates.globals.update(documents_only=documents_only, source=source, addresses=addresses)

    def page(
        self, show: Show, names: Collection[str] = (), policy: str = POLICY, error_template: str = ERROR_TEMPLATE
    ) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of a page that reads the parameters of these names, and refuses any other.

        What other sites add to each link that they show is neither read nor repeated.
        """

        async def endpoint(request: Request) -> Response:
            pairs = [pair for pair in request.query_params.multi_items() if not ADDED_BY_OTHERS.fullmatch(pair[0])]
            non_empty = [(name, value) for name, value in pairs if value.strip()]
            without_clocks = [pair for pair in non_empty if pair[0] in names]
            params = QueryParams(without_clocks)
            try:
                check_names((name for name, _ in pairs), names, "this page takes")
                # A form sends its empty fields, too; an address that people cite has none of them.
                if len(non_empty) < len(pairs):
                    return RedirectResponse(_address(request, non_empty), 303)
                response = await self.respond(request, show, params)
            except HTTPException as error:
                today_url = _address(request, without_clocks) if any(name in CLOCKS for name, _ in non_empty) else ""
                response = await self.error_page(error, error_template, today_url)
            except Exception as error:  # noqa: BLE001  (`to_http_error` logs it)
                response = await self.error_page(to_http_error(error), error_template)
            response.headers["content-security-policy"] = policy
            response.headers["referrer-policy"] = "strict-origin-when-cross-origin"
            return response

        return endpoint

    async def respond(self, request: Request, show: Show, params: QueryParams) -> Response:
        """The page, or 304 to a browser whose copy is current. Raises 503 while no data is loaded."""
        return (await self.cached(request, show, params)).response(request, VARY)

    async def cached(self, request: Request, show: Show, params: QueryParams) -> CachedResponse:
        moment = await read_moment(new_reader(request), request.query_params, self.client.clock)

        async def make(state: State) -> Response:
            layout = await self.layout_data(request, moment, state)
            return await show(PageRequest(self.client, self.templates, request, moment, params, layout))

        key = ("page", site_url(request), request.scope["path"], str(params), *moment.key)
        # A file with a citation states the day on which it was asked for.
        lasts = moment.lasts and CITE not in params
        cached, _ = await self.cache.get_or_make(request, self.client.clock, key, make, lasts=lasts)
        return cached

    async def layout_data(self, request: Request, moment: Moment, state: State) -> JsonObject:
        """The data around every page. That of the present is queried once for each state of the data."""
        if known := known_variables(moment):
            return await self.client.execute(request, query("layout"), known)
        if self.layout is None or self.layout[0] != state:
            self.layout = state, await self.client.execute(request, query("layout"))
        return self.layout[1]

    async def handle_error(self, request: Request, error: Exception) -> Response:
        """The answer to an error outside the pages: a page for a browser, JSON for other clients."""
        if isinstance(error, CanonicalRedirect):
            return error.response
        response = await http_error_response(request, error)
        if response.status_code == 405 and request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": f"{response.headers['allow']}, OPTIONS"})
        assert isinstance(error, HTTPException)
        if accepts_html(request.headers.get("accept", "")):
            path, query = request.scope["path"], request.url.query
            # The pattern allows no second slash at the start, so that the redirect cannot lead to another host.
            if error.status_code == 404 and TRAILING_SLASH.fullmatch(path):
                response = RedirectResponse(base_path(request) + path.rstrip("/") + (f"?{query}" if query else ""), 308)
            else:
                detail = f"There is nothing at {path}." if error.detail == "Not Found" else error.detail
                response = await self.error_page(HTTPException(error.status_code, detail, error.headers))
                response.headers["content-security-policy"] = POLICY
        response.headers.update({"cache-control": "no-cache", "vary": "Accept"})
        return response

    async def error_page(self, error: HTTPException, template: str = ERROR_TEMPLATE, today_url: str = "") -> Response:
        """`today_url` is the address of the same page as it is today, where another moment was asked for."""
        if isinstance(error, CanonicalRedirect):
            return error.response
        title = TITLES.get(error.status_code, "This cannot be shown")
        base = self.templates.globals["base"]
        values = {"title": title, "message": error.detail, "today_url": today_url}
        # On a thread: the first takes as long to compile as a page does.
        text = await run_sync(
            lambda: self.templates.get_template(template).render(values, at=lambda path: f"{base}{path}", path="")
        )
        return HTMLResponse(text, error.status_code, headers={"cache-control": "no-cache", **(error.headers or {})})


def _address(request: Request, pairs: Sequence[tuple[str, str]]) -> str:
    """The address of the same page with these parameters."""
    path = base_path(request) + request.url.path
    return f"{path}?{urlencode(pairs)}" if pairs else path
