"""Who leads, hosts, receives and speaks."""

from starlette.responses import Response

from api.pages.visit import Visit


async def organisations(visit: Visit) -> Response:
    wanted = {"kind": visit.given.getlist("kind") or None, "search": visit.given.get("search")}
    data = await visit.ask("organisations", filter=wanted, after=visit.given.get("after"))
    return visit.show(
        "organisations.html",
        organisations=data["organisations"],
        kinds=data["kinds"]["enumValues"],
        narrowed=any(wanted.values()),
    )


async def organisation(visit: Visit) -> Response:
    found = (await visit.ask("organisation", slug=visit.request.path_params["slug"]))["organisation"]
    return visit.show(
        "organisation.html", organisation=found, hosted=visit.until(found["hosted"], "date", undated=True)
    )
