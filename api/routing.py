"""Finds the routes that an address can have, so that not every route is tried for every request."""

import re

from starlette.routing import Route, Router, WebSocketRoute
from starlette.types import Receive, Scope, Send

PARAMETER = "{"


class RoutesByAddress:
    """Stands for a router: hands each request to one that has, in the same order, only the routes that may match."""

    def __init__(self, router: Router) -> None:
        self.router = router
        routes = [route for route in router.routes if isinstance(route, Route | WebSocketRoute)]
        assert len(routes) == len(router.routes)
        for route in routes:
            # `$` would also match before a line feed at the end of a path.
            route.path_regex = re.compile(route.path_regex.pattern.removesuffix("$") + r"\Z")

        def narrow(*segments: str) -> Router:
            some = [route for route in routes if _first(route.path) in segments or PARAMETER in _first(route.path)]
            return Router(some, redirect_slashes=router.redirect_slashes, default=router.default)

        self.others = narrow()
        self.by_segment = {segment: narrow(segment) for segment in {_first(route.path) for route in routes}}
        self.by_path = {}
        for path in {route.path for route in routes if PARAMETER not in route.path}:
            some = [route for route in routes if route.path_regex.match(path)]
            self.by_path[path] = Router(some, redirect_slashes=router.redirect_slashes, default=router.default)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.router.app(scope, receive, send)
            return
        path = scope["path"]
        router = self.by_path.get(path) or self.by_segment.get(_first(path), self.others)
        await router.app(scope, receive, send)


def _first(path: str) -> str:
    """The first segment of a path, or of a pattern."""
    return path[1:].partition("/")[0]
