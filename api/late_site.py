"""The site beside the API, made when it is first asked for something."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Protocol, TypeAlias

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Router
from starlette.types import Receive, Scope, Send

from api.routing import RoutesByAddress


class ErrorPages(Protocol):
    async def handle_error(self, request: Request, error: Exception) -> Response:
        """The answer to an error outside the pages."""


Make: TypeAlias = Callable[[], tuple[ErrorPages, Sequence[BaseRoute]]]


@dataclass(frozen=True)
class Parts:
    pages: ErrorPages
    router: Router
    finder: RoutesByAddress


class LateSite:
    """Answers every address that is not of the API, and what goes wrong there."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._lock = Lock()
        self._parts: Parts | None = None

    def load(self) -> Parts:
        """The parts, made by the first who asks, from whichever thread."""
        with self._lock:
            if self._parts is None:
                pages, routes = self._make()
                router = Router(routes, redirect_slashes=False)
                self._parts = Parts(pages, router, RoutesByAddress(router))
            return self._parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (await self._find()).finder(scope, receive, send)

    async def handle_error(self, request: Request, error: Exception) -> Response:
        return await (await self._find()).pages.handle_error(request, error)

    async def _find(self) -> Parts:
        if self._parts:
            return self._parts
        # On a thread, because it takes a tenth of a second, for which nobody else need wait.
        return await run_sync(self.load)
