"""The schema as text."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


async def schema_text(request: Request) -> Response:
    return PlainTextResponse(request.state.sdl)
