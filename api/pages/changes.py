"""The log: what was recorded, by whom, and every value that it wrote."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.pages.site import Visit
from schema.node import global_id


async def changes(visit: Visit) -> Response:
    data = await visit.ask("changes", since=visit.word("since"), after=visit.word("after"))
    return visit.show("changes.html", **data)


async def change(visit: Visit) -> Response:
    revision = visit.request.path_params["revision"]
    data = await visit.ask("change", id=global_id("Change", str(revision)))
    if data["node"] is None:
        raise HTTPException(404, f"There is no change {revision}.")
    return visit.show("change.html", change=data["node"])
