"""The path of each page, and the parameters that it reads beside `asOf` and `knownAt`."""

from functools import partial

from starlette.routing import BaseRoute, Route

from api import assets
from api.charts.money import FILLS
from api.pages import (
    about,
    areas,
    cards,
    changes,
    charts,
    claims,
    commitments,
    compare,
    data,
    embeds,
    events,
    funds,
    gaps,
    home,
    lists,
    oembed,
    organisations,
    people,
    pictures,
    print_style,
    search,
    sitemap,
    themes,
)
from api.pages.ask import ask
from api.pages.citation import CITE
from api.pages.follow import follow
from api.pages.page_request import PageRequest
from api.pages.report import report
from api.pages.site import Show, Site
from api.pages.withdrawal import or_withdrawal
from api.subjects import FOLLOW, PATHS

DOCUMENTS, BODIES = ("kind", "publisher"), ("kind", "role")
PAGES: dict[str, tuple[Show, tuple[str, ...]]] = {
    "/": (home.home, ()),
    "/commitments": (commitments.commitments, commitments.NAMES),
    "/commitments/{ref}": (commitments.commitment, ("statement",)),
    "/themes": (themes.themes, ()),
    "/themes/{slug}": (themes.theme, ()),
    "/funds": (funds.funds, (*funds.LIST, "after")),
    "/funds/{slug}": (or_withdrawal(funds.fund, "FUND"), ()),
    "/areas": (areas.areas, (*areas.LIST, "after")),
    "/areas/{slug}": (or_withdrawal(areas.area, "AREA"), ("after",)),
    "/events": (events.events, (*events.LIST, "after")),
    "/events/{slug}": (or_withdrawal(partial(PageRequest.show, name="event"), "EVENT"), ()),
    "/sources": (partial(PageRequest.show_list, name="sources", filters=DOCUMENTS), (*DOCUMENTS, "search", "after")),
    "/sources/{slug}": (or_withdrawal(partial(PageRequest.show, name="source"), "DOCUMENT"), ("after",)),
    "/organisations": (
        partial(PageRequest.show_list, name="organisations", filters=BODIES),
        (*BODIES, "search", "after"),
    ),
    "/organisations/{slug}": (
        or_withdrawal(organisations.organisation, "ORGANISATION"),
        ("after",),
    ),
    "/claims": (claims.claims, claims.LIST),
    "/compare": (compare.compare, compare.NAMES),
    "/people": (people.people, ("search", "after")),
    "/people/{slug}": (or_withdrawal(people.person, "PERSON"), ()),
    "/search": (search.search, ("q", "kind", "after")),
    "/report": (report, ("theme", "after")),
    "/gaps": (gaps.gaps, ()),
    "/about": (about.about, ()),
    "/glossary": (about.glossary, ()),
    "/method": (about.method, ()),
    "/data/": (data.data, ()),
    "/ask": (ask, ()),
    FOLLOW: (follow, ()),
    **{FOLLOW + path: (partial(follow, kind=kind), ()) for path, kind in PATHS.items()},
    "/changes": (partial(PageRequest.show, name="changes"), ("since", "after")),
    "/changes/{number}": (changes.change, ()),
}
EMBEDS: dict[str, Show] = {
    "/embed/commitments/{ref}": embeds.commitment,
    "/embed/progress": embeds.of_picture(charts.PICTURES[oembed.GRID]),
    **{f"/embed{path}": embeds.of_picture(draw) for path, draw in charts.PICTURES.items()},
}


def routes(site: Site) -> list[BaseRoute]:
    site.templates.globals.update(fills=FILLS)
    return [
        *(Route(path, site.page(show, (*names, CITE))) for path, (show, names) in PAGES.items()),
        *(
            Route(path, site.page(show, embeds.PARAMS, policy=embeds.POLICY, error_template=embeds.ERROR_TEMPLATE))
            for path, show in EMBEDS.items()
        ),
        *lists.routes(site.client.schema, site.client.clock),
        *pictures.routes(site, charts.PICTURES),
        *cards.routes(site, charts.CARDS),
        # `/data/` is the only path that ends in a slash, because files are below it.
        Route("/data", data.folder),
        *sitemap.routes([path for path in PAGES if "{" not in path], site.cache, site.client.clock),
        print_style.route(site.client.clock),
        Route("/oembed", partial(oembed.oembed, site)),
        Route("/static/{name}", assets.serve_asset),
    ]
