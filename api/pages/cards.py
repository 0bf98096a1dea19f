"""The pictures that go with links to pages, as PNG for social networks and as SVG."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.assets import CARD
from api.formatting import day
from api.pages.page_request import PageRequest
from api.pages.pictures import POLICY, SVG_TYPE, read_params
from api.pages.png import png
from api.pages.policy import style_sources
from api.pages.site import VARY, Site
from api.pictures.card import Card, card_sheet
from api.urls import site_url

DrawCard: TypeAlias = Callable[[PageRequest], Awaitable[Card]]


def routes(site: Site, cards: Mapping[str, DrawCard]) -> list[BaseRoute]:
    """`cards` by the path of each, without the ending that tells the form."""
    return [_route(site, path, form, draw) for path, draw in cards.items() for form in ("svg", "png")]


def _route(site: Site, path: str, form: str, draw: DrawCard) -> Route:
    async def show(page: PageRequest) -> Response:
        card = await draw(page)
        when = f"As of {day(page.moment.as_of)}. This tracker's reading of what sources say."
        sheet = card_sheet(card, when, site_url(page.request).partition("://")[2])
        text = await page.text("card.svg", card=card, sheet=sheet, css=CARD)
        return Response(text.strip(), media_type=SVG_TYPE)

    async def endpoint(request: Request) -> Response:
        made = await site.cached(request, show, read_params(request))
        response = await png(request, made, 1) if form == "png" else made.response(request, VARY)
        response.headers["content-security-policy"] = POLICY.format(style_sources([CARD]))
        return response

    return Route(f"{path}.{form}", endpoint)
