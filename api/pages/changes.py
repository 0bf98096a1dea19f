"""The page of a change with every value that it wrote."""

import re

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.pages.page_request import PageRequest
from schema.node import global_id

REVISION = re.compile(r"[1-9]\d{0,17}", re.ASCII)


async def change(page: PageRequest) -> Response:
    number = page.request.path_params["number"]
    row = REVISION.fullmatch(number) and (await page.execute("change", id=global_id("Change", number)))["node"]
    if not row:
        raise HTTPException(404, f"There is no change {number}.")
    return await page.render("change.html", change=row)
