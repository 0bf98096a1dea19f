"""`sixtyone serve --scratch`: a server for tests in any language, with a database of its own."""

import datetime as dt
import json
import os
import select
import signal
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from api import logs
from api.app import create_app
from api.commands import PARENT
from api.commands.common import fail, read_settings
from api.scratch import ClockBeforeRecord, scratch_database, scratch_settings
from api.server import Server
from api.trusted_documents import DocumentsError
from db.clock import now
from db.vocabulary import Role, Voice
from seeds.errors import SeedError

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# How often it looks whether the process that started it is there, in seconds.
LOOK_SECONDS = 0.2
STDIN = 0


class Stop:
    """A signal stops the server, or keeps it from running. It raises nothing, so that the database is removed."""

    def __init__(self) -> None:
        self.is_requested = False
        self.server: Server | None = None
        for number in SIGNALS:
            signal.signal(number, self._handle)

    def _handle(self, number: int, _: object) -> None:
        self.is_requested = True
        if self.server:
            self.server.handle_exit(number, None)


@contextmanager
def scratch_server(at: dt.datetime | None) -> Iterator[Server]:
    """The server, before it runs. When it listens it prints one line: where, and the token of an editor.

    Its clock stands still at this instant, or runs.
    """
    stop = Stop()
    threading.Thread(target=_follow_parent, daemon=True).start()
    settings = read_settings(scratch_settings)
    logs.configure(settings.log_level, settings.log_format, sys.stderr)
    try:
        with scratch_database(settings.data) as scratch:
            scratch.check_clock(at or now())
            settings = settings.model_copy(update={"database_url": scratch.url})
            token = scratch.create_token(Role.EDITOR, *Voice, name="Editor")
            app = create_app(settings, lambda: at or now())
            stop.server = Server(app, settings, lambda url: _announce(url, token, scratch.url))
            if stop.is_requested:
                raise typer.Exit
            yield stop.server
    except ClockBeforeRecord as error:
        raise typer.BadParameter(str(error), param_hint="'--now'") from None
    except (SeedError, DocumentsError) as error:
        fail(str(error))


def _announce(url: str, token: str, database: str) -> None:
    addresses = {"url": url, "graphql": f"{url}/graphql", "websocket": f"ws{url.removeprefix('http')}/graphql"}
    typer.echo(json.dumps(addresses | {"token": token, "database": database}))


def _follow_parent() -> None:
    """Stops this process when the one that started it ends, or closes our standard input."""
    # A terminal, a file or nothing at all is not held open by that process.
    mode = os.fstat(STDIN).st_mode if sys.stdin else 0
    inputs = [STDIN] if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) else []
    while os.getppid() == PARENT:
        readable, _, _ = select.select(inputs, [], [], LOOK_SECONDS)
        if readable and not os.read(STDIN, 65_536):
            break
    os.kill(os.getpid(), signal.SIGTERM)
