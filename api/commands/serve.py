"""`sixtyone serve`."""

import datetime as dt
import gc
import signal
import socket
from functools import partial
from typing import Annotated

import structlog
import typer
from starlette.applications import Starlette
from uvicorn.config import STARTUP_FAILURE

from api import logs
from api.app import create_app
from api.commands.common import fail, open_database, read_settings
from api.server import Server, tune_interpreter
from api.settings import Settings
from api.trusted_documents import DocumentsError
from db import versions
from db.clock import now
from schema.errors import BadInput
from schema.scalars import read_instant
from seeds import DATA
from seeds.errors import SeedError
from seeds.last_load import load_if_changed

log = structlog.get_logger()
app = typer.Typer()


@app.command()
def serve(
    *,
    scratch: Annotated[
        bool,
        typer.Option(
            "--scratch",
            help="For tests: serve a database of its own on a free port, print one line of JSON with the address and"
            " an editor's token, and leave nothing behind.",
        ),
    ] = False,
    clock: Annotated[
        str | None, typer.Option("--now", metavar="INSTANT", help="With --scratch: the clock stands still there.")
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(min=1, help="How many processes answer at the port; as SIXTYONE_PROCESSES says if left out."),
    ] = None,
) -> None:
    """Bring the database up to date, load the reviewed files, and serve."""
    at = None if clock is None else _read_clock(clock)
    if scratch:
        if processes and processes > 1:
            raise typer.BadParameter("A scratch server is one process.", param_hint="'--processes'")
        # A service need not import it.
        from api.commands.scratch import scratch_server  # noqa: PLC0415

        with scratch_server(at) as server:
            _run(server)
        return
    if at:
        raise typer.BadParameter("A service has the clock of the machine: add --scratch.", param_hint="'--now'")
    settings = read_settings(Settings if processes is None else partial(Settings, processes=processes))
    logs.configure(settings.log_level, settings.log_format)
    if settings.public_url is None and not settings.is_local:
        log.warning("no_public_url", reason="Addresses are made of what each request says: set SIXTYONE_PUBLIC_URL.")
    try:
        service = create_app(settings)
    except DocumentsError as error:
        fail(str(error))
    with open_database(settings) as db:
        if db.read_sync(lambda session: versions.fault(session.connection())):
            # Alembic takes a tenth of a second to import, which nearly every start can save.
            from db import migrate  # noqa: PLC0415

            before = db.read_sync(lambda session: versions.current(session.connection()))
            migrate.upgrade(db)
            log.info("migrated", before=before, after=versions.LATEST)
        try:
            log.info("loaded", report=load_if_changed(db, settings.data or DATA, now()))
        except SeedError as error:
            fail(str(error))
    if settings.processes == 1:
        _run(Server(service, settings))
    else:
        _run_several(service, settings)


def _read_clock(text: str) -> dt.datetime:
    try:
        return read_instant(text)
    except BadInput as error:
        raise typer.BadParameter(error.message, param_hint="'--now'") from None


def _run(server: Server) -> None:
    # What is there now stays: the collector need not visit it while the server runs.
    gc.freeze()
    try:
        _serve(server)
    except SystemExit as end:
        # The log has the reason. A start that failed exits with 1, as everywhere.
        raise typer.Exit(1) if end.code == STARTUP_FAILURE else end from None


def _run_several(service: Starlette, settings: Settings) -> None:
    # Most services are one process, which need not import how to be several.
    from api.supervisor import Supervisor, bind  # noqa: PLC0415

    try:
        sockets = bind(settings.host, settings.port, settings.processes)
    except OSError as error:
        fail(f"SIXTYONE_PORT: {settings.host}:{settings.port}: {error.strerror}")

    def serve_one(number: int, own: list[socket.socket], parent: int) -> None:
        service.state.process = number
        server = Server(service, settings, parent=parent)
        # As SIGTERM, in a process that nobody waits for to say by which signal it ended.
        signal.signal(signal.SIGINT, server.handle_exit)
        _serve(server, own)

    # Before they part, because each would hold a copy of its own.
    service.state.site.load()
    # Nor does it write to what the processes share.
    gc.freeze()
    if not Supervisor(sockets, settings.shutdown_seconds, serve_one).run():
        raise typer.Exit(1)


def _serve(server: Server, sockets: list[socket.socket] | None = None) -> None:
    tune_interpreter()
    # Uvicorn completes the requests under way and then raises the signal again; a requested stop is no failure. An
    # exception would be lost in a finalizer.
    signal.signal(signal.SIGTERM, lambda *_: server.handle_exit(signal.SIGTERM, None))
    server.run(sockets)
