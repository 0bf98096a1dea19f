"""The pages, and the schema as text."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

HOME = (Path(__file__).parent / "static" / "home.html").read_text(encoding="utf-8")


async def home(_: Request) -> Response:
    return HTMLResponse(HOME)


async def schema_text(request: Request) -> Response:
    return PlainTextResponse(request.state.sdl)
