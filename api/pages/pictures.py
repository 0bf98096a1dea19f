"""Each picture at addresses of its own, as SVG, PNG and CSV."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.assets import DRAWN, THEMES
from api.exports.as_text import CSV_TYPE, csv_lines
from api.exports.cells import guard
from api.formatting import day, instant
from api.moment import AS_OF, CLOCKS, REVISION
from api.pages.page_request import PageRequest
from api.pages.png import png
from api.pages.policy import style_sources
from api.pages.site import VARY, Site
from api.pictures.picture import Picture
from api.pictures.sheet import Sheet, sheet
from api.urls import site_url

SVG_TYPE = "image/svg+xml; charset=utf-8"
THEME = "theme"
# A unit of the SVG is so many pixels of the PNG.
SCALE = 2
POLICY = "default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
Draw: TypeAlias = Callable[[PageRequest], Awaitable[Picture]]


def routes(site: Site, pictures: Mapping[str, Draw]) -> list[BaseRoute]:
    """`pictures` by the path of each, without the ending that tells the form."""
    policy = POLICY.format(style_sources(DRAWN.values()))

    def route(path: str, form: str, draw: Draw) -> Route:
        async def show(page: PageRequest) -> Response:
            picture = await draw(page)
            return _csv(picture) if form == "csv" else await _svg(page, picture)

        async def endpoint(request: Request) -> Response:
            params = read_params(request, () if form == "csv" else (THEME,))
            made = await site.cached(request, show, params)
            response = await png(request, made, SCALE) if form == "png" else made.response(request, VARY)
            response.headers["content-security-policy"] = policy
            response.headers["content-disposition"] = f'inline; filename="{_file_name(request)}"'
            return response

        return Route(f"{path}.{form}", endpoint)

    return [route(path, form, draw) for path, draw in pictures.items() for form in ("svg", "png", "csv")]


def read_params(request: Request, names: tuple[str, ...] = ()) -> QueryParams:
    """The parameters of a picture, but for the clocks. Raises 400 for any other."""
    for name in request.query_params:
        if name not in (*names, *CLOCKS):
            known = ", ".join(f"`{name}`" for name in (*names, *CLOCKS))
            raise HTTPException(400, f"`{name}` is not known here: a picture takes {known}.")
    themes = request.query_params.getlist(THEME)
    params = QueryParams([(THEME, theme) for theme in themes])
    read_theme(params)
    return params


def read_theme(params: QueryParams) -> str:
    """The theme that an address asks for; empty for none. Raises 400."""
    themes = params.getlist(THEME)
    if any(theme not in THEMES for theme in themes) or len(themes) > 1:
        raise HTTPException(400, f"`{THEME}` is {' or '.join(THEMES)}.")
    return themes[0] if themes else ""


def _file_name(request: Request) -> str:
    return "sixty-one-" + request.url.path.removeprefix("/charts/").replace("/", "-")


def _csv(picture: Picture) -> Response:
    rows = [picture.columns, *([guard(str(value)) for value in row] for row in picture.rows)]
    return Response(csv_lines(rows), media_type=CSV_TYPE)


def sheet_of(page: PageRequest, picture: Picture) -> Sheet:
    dataset, as_of = page.layout["dataset"], page.moment.as_of
    when = f"As of {day(as_of)}, as known {instant(page.known_instant)} (revision {dataset['revision']})."
    origin = f"Source: {dataset['attribution']} Licence of the data: {dataset['licence']}."
    # A revision says the same as the instant of its making, in less room.
    clocks = urlencode({AS_OF: as_of.isoformat(), REVISION: dataset["revision"]})
    return sheet(picture, when, origin, f"{site_url(page.request)}{picture.page}?{clocks}")


async def _svg(page: PageRequest, picture: Picture) -> Response:
    css = DRAWN[read_theme(page.params) or THEMES[0]]
    text = await page.text("picture.svg", sheet=sheet_of(page, picture), css=css)
    return Response(text.strip(), media_type=SVG_TYPE)
