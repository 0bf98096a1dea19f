"""A client that asks an application in the same process, without a socket."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from starlette.types import Receive, Scope, Send

from api.testing.application import Scratch, scratch_application

# Where an answer says that it is.
URL = "http://scratch"


class ScratchClient(httpx.AsyncClient):
    def __init__(self, transport: httpx.AsyncBaseTransport, scratch: Scratch) -> None:
        super().__init__(transport=transport, base_url=URL, timeout=None)
        self.scratch = scratch
        self.clock = scratch.clock
        self.token = scratch.token
        self.editor = scratch.editor
        self.create_token = scratch.create_token


@asynccontextmanager
async def scratch_client(
    now: dt.datetime | None = None, data: Path | None = None, **settings: object
) -> AsyncIterator[ScratchClient]:
    """A client of an application with a new database, whose clock stands still at `now`.

    `data` is a folder of reviewed files; our own if left out. `settings` are those of the service, such as
    `rate_per_minute`. An answer is there when it is complete, so a stream never is: subscribe at a `scratch_server`.
    """
    with scratch_application(now, data, **settings) as scratch:
        async with scratch.app.router.lifespan_context(scratch.app) as state:

            async def app(scope: Scope, receive: Receive, send: Send) -> None:
                # As a server does it; the transport of httpx knows no lifespan.
                await scratch.app({**scope, "state": dict(state or {})}, receive, send)

            async with ScratchClient(httpx.ASGITransport(app), scratch) as http:
                yield http
