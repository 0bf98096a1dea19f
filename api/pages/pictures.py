"""Each picture at addresses of its own, as SVG, PNG and CSV."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.assets import DRAWN, THEMES
from api.exports.as_text import CSV_TYPE, csv_lines
from api.exports.cells import guard
from api.formatting import day, instant
from api.moment import CLOCKS
from api.pages.embeds import style_sources
from api.pages.page_request import PageRequest
from api.pages.png import png
from api.pages.site import VARY, Site
from api.pictures.picture import Picture
from api.pictures.sheet import sheet

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
            return _csv(picture) if form == "csv" else _svg(page, picture)

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
    if any(theme not in THEMES for theme in themes) or len(themes) > 1:
        raise HTTPException(400, f"`{THEME}` is {' or '.join(THEMES)}.")
    return QueryParams([(THEME, theme) for theme in themes])


def _file_name(request: Request) -> str:
    return "sixty-one-" + request.url.path.removeprefix("/charts/").replace("/", "-")


def _csv(picture: Picture) -> Response:
    rows = [picture.columns, *([guard(str(value)) for value in row] for row in picture.rows)]
    return Response(csv_lines(rows), media_type=CSV_TYPE)


def _svg(page: PageRequest, picture: Picture) -> Response:
    dataset = page.layout["dataset"]
    when = f"As of {day(page.moment.as_of)}, as known {instant(page.known_instant)} (revision {dataset['revision']})."
    origin = (
        f"Source: {dataset['attribution']} Licence of the data: {dataset['licence']}.",
        page.pinned(picture.page),
    )
    text = page.text("picture.svg", sheet=sheet(picture, when, origin), css=DRAWN[page.params.get(THEME, THEMES[0])])
    return Response(text.strip(), media_type=SVG_TYPE)
