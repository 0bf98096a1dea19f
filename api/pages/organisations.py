"""The list of organisations, and the page of each: what it leads, hosts, receives and publishes."""

from starlette.responses import Response

from api.pages.page_request import PageRequest


async def organisations(page: PageRequest) -> Response:
    filters = {"kind": page.params.getlist("kind") or None, "search": page.params.get("search")}
    data = await page.execute("organisations", filter=filters, after=page.params.get("after"))
    return page.render(
        "organisations.html",
        organisations=data["organisations"],
        kinds=data["kinds"]["enumValues"],
        has_filters=any(filters.values()),
    )


async def organisation(page: PageRequest) -> Response:
    row = (await page.execute("organisation", slug=page.request.path_params["slug"]))["organisation"]
    return page.render("organisation.html", organisation=row, hosted=page.until(row["hosted"], "date", undated=True))
