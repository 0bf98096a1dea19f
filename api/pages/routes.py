"""Which page is where."""

from functools import partial

from starlette.routing import BaseRoute, Route

from api.middleware import PACKED
from api.pages import assets, changes, commitments, data, embeds, events, funds, gaps, organisations, sources, themes
from api.pages.home import home
from api.pages.site import Show, Site

PAGES: dict[str, Show] = {
    "/": home,
    "/commitments": commitments.commitments,
    "/commitments/{ref}": commitments.commitment,
    "/themes/{slug}": themes.theme,
    "/funds": funds.funds,
    "/funds/{slug}": funds.fund,
    "/events": events.events,
    "/events/{slug}": events.event,
    "/sources": sources.sources,
    "/sources/{slug}": sources.source,
    "/organisations": organisations.organisations,
    "/organisations/{slug}": organisations.organisation,
    "/gaps": gaps.gaps,
    "/method": gaps.method,
    "/data/": data.data,
    "/changes": changes.changes,
    "/changes/{revision:int}": changes.change,
}
EMBEDS: dict[str, Show] = {
    "/embed/commitments/{ref}": embeds.commitment,
    "/embed/progress": embeds.progress,
}


def routes(site: Site) -> list[BaseRoute]:
    return [
        *(Route(path, site.page(show), middleware=PACKED) for path, show in PAGES.items()),
        *(Route(path, site.page(show, embeds.POLICY), middleware=PACKED) for path, show in EMBEDS.items()),
        # The only address of ours that ends in a slash, because files are below it.
        Route("/data", data.folder),
        Route("/oembed", partial(embeds.oembed, site)),
        Route("/static/{name}", assets.asset, middleware=PACKED),
    ]
