"""Which page is where."""

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Route

from api.pages import assets, commitments
from api.pages.home import home
from api.pages.site import Show, Site

PAGES: dict[str, Show] = {
    "/": home,
    "/commitments": commitments.commitments,
    "/commitments/{ref}": commitments.commitment,
}
PACKED = [Middleware(GZipMiddleware, minimum_size=500)]


def routes(site: Site) -> list[BaseRoute]:
    return [
        *(Route(path, site.page(show), middleware=PACKED) for path, show in PAGES.items()),
        Route("/static/{name}", assets.asset, middleware=PACKED),
    ]
