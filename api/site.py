"""The site beside the API: its pages, feeds, calendar and files, and their description."""

from starlette.routing import BaseRoute

from api.calendar import routes as calendar
from api.exports import download
from api.feeds.routes import routes as feeds
from api.internal_client import InternalClient
from api.openapi import document as openapi
from api.pages import routes as pages
from api.pages.site import Site
from api.response_cache import ResponseCache
from api.settings import Settings
from db.clock import Clock
from schema.build import Schema


def make(
    schema: Schema, clock: Clock, cache: ResponseCache, settings: Settings, *, documents_only: bool
) -> tuple[Site, list[BaseRoute]]:
    client = InternalClient(schema, clock, settings.query_seconds)
    site = Site(client, cache, settings.base, documents_only=documents_only)
    return site, [
        *pages.routes(site),
        *feeds(client, cache),
        calendar.route(schema, clock),
        openapi.route,
        *download.routes(clock),
    ]
