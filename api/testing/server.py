"""A server in a thread of the process, for clients that need an address."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette

from api.server import Server
from api.settings import Settings
from api.testing.application import Scratch, scratch_application


class ScratchServer:
    def __init__(self, url: str, scratch: Scratch) -> None:
        self.url = url
        self.graphql = f"{url}/graphql"
        self.websocket = f"ws{url.removeprefix('http')}/graphql"
        self.clock = scratch.clock
        self.token = scratch.token
        self.editor = scratch.editor
        self.create_token = scratch.create_token


@contextmanager
def scratch_server(
    now: dt.datetime | None = None, data: Path | None = None, **settings: object
) -> Iterator[ScratchServer]:
    """A server with a new database on a free port of this machine, whose clock stands still at `now`.

    `data` is a folder of reviewed files; our own if left out. `settings` are those of the service.
    """
    with scratch_application(now, data, **settings) as scratch, listening(scratch.app, scratch.settings) as url:
        yield ScratchServer(url, scratch)


@contextmanager
def listening(app: Starlette, settings: Settings) -> Iterator[str]:
    """The address of a server on a free port of the loopback, until the end of the block."""
    urls: list[str] = []
    server = Server(app, settings.model_copy(update={"port": 0}), urls.append)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not urls:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.005)
        yield urls[0]
    finally:
        server.should_exit = True
        thread.join()
