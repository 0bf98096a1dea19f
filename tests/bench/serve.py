"""One server in a process of its own: ours, or a bare Starlette that sends the same bytes.

    python -m tests.bench.serve api FD    our application, on the database in SIXTYONE_DATABASE_URL
    python -m tests.bench.serve bare FD   what lies in the folder SIXTYONE_BENCH_ANSWERS, each file at its name

FD is an open socket that listens. The server ends when its standard input does, so it cannot outlive the bench.
"""

import gc
import os
import socket
import sys
import threading
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def api() -> uvicorn.Server:
    """As `sixtyone serve` has it."""
    # Imported here, so that the bare process holds nothing of ours.
    from api import logs  # noqa: PLC0415
    from api.app import create_app  # noqa: PLC0415
    from api.server import Server, tune_interpreter  # noqa: PLC0415
    from api.settings import Settings  # noqa: PLC0415

    # Requests are counted as in service, but the one client has no budget, and waits while it asks another server.
    settings = Settings(rate_per_minute=10**9, rate_burst=10**9, idle_seconds=600, shutdown_seconds=2)
    logs.configure(settings.log_level, settings.log_format)
    tune_interpreter()
    server = Server(create_app(settings), settings)
    gc.freeze()
    return server


def bare() -> uvicorn.Server:
    folder = Path(os.environ["SIXTYONE_BENCH_ANSWERS"])
    app = Starlette(routes=[_route(file.name, file.read_bytes()) for file in sorted(folder.iterdir())])
    return uvicorn.Server(
        uvicorn.Config(
            app,
            loop="uvloop",
            http="httptools",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
            timeout_keep_alive=600,
        )
    )


def _route(name: str, answer: bytes) -> Route:
    async def send(_: Request) -> Response:
        return Response(answer, media_type="application/json")

    return Route(f"/{name}", send, methods=["POST"])


def serve(server: uvicorn.Server, descriptor: int) -> None:
    def wait() -> None:
        sys.stdin.read()
        server.should_exit = True

    threading.Thread(target=wait, daemon=True).start()
    server.run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    kinds = {"api": api, "bare": bare}
    serve(kinds[sys.argv[1]](), int(sys.argv[2]))
