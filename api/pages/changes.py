"""The log: what was recorded, by whom, and every value that it wrote."""

import re

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.pages.visit import Visit
from schema.node import global_id

REVISION = re.compile(r"[1-9]\d{0,17}", re.ASCII)


async def changes(visit: Visit) -> Response:
    data = await visit.ask("changes", since=visit.given.get("since"), after=visit.given.get("after"))
    return visit.show("changes.html", **data)


async def change(visit: Visit) -> Response:
    revision = visit.request.path_params["revision"]
    known = REVISION.fullmatch(revision) and (await visit.ask("change", id=global_id("Change", revision)))["node"]
    if not known:
        raise HTTPException(404, f"There is no change {revision}.")
    return visit.show("change.html", change=known)
