"""What everything rests on: the documents, and what each supports."""

from starlette.responses import Response

from api.pages.visit import Visit


async def sources(visit: Visit) -> Response:
    wanted = {name: visit.words(name) or None for name in ("kind", "publisher")} | {"search": visit.word("search")}
    data = await visit.ask("sources", filter=wanted, after=visit.word("after"))
    return visit.show("sources.html", **data, narrowed=any(wanted.values()))


async def source(visit: Visit) -> Response:
    data = await visit.ask("source", slug=visit.request.path_params["slug"], after=visit.word("after"))
    return visit.show("source.html", **data)
