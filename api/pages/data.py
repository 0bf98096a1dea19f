"""The list of files to download."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.exports.files import FILES, WHOLES
from api.exports.registry import TABLES
from api.pages.page_request import PageRequest
from api.urls import base_path


async def data(page: PageRequest) -> Response:
    return await page.render("data.html", tables=TABLES, files=FILES, packages=WHOLES)


async def folder(request: Request) -> Response:
    path = f"{base_path(request)}/data/"
    return RedirectResponse(f"{path}?{request.url.query}" if request.url.query else path, 308)
