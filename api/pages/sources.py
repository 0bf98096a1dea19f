"""What everything rests on: the documents, and what each supports."""

from typing import Any

from starlette.responses import Response

from api.pages.visit import Visit


async def sources(visit: Visit) -> Response:
    wanted: dict[str, Any] = {name: visit.given.getlist(name) or None for name in ("kind", "publisher")}
    wanted["search"] = visit.given.get("search")
    data = await visit.ask("sources", filter=wanted, after=visit.given.get("after"))
    return visit.show("sources.html", **data, narrowed=any(wanted.values()))


async def source(visit: Visit) -> Response:
    data = await visit.ask("source", slug=visit.request.path_params["slug"], after=visit.given.get("after"))
    return visit.show("source.html", **data)
