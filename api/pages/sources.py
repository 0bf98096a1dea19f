"""The list of documents, and the page of each with what it supports."""

from starlette.responses import Response

from api.pages.page_request import PageRequest


async def sources(page: PageRequest) -> Response:
    filters: dict[str, object] = {name: page.params.getlist(name) or None for name in ("kind", "publisher")}
    filters["search"] = page.params.get("search")
    data = await page.execute("sources", filter=filters, after=page.params.get("after"))
    return page.render("sources.html", **data, has_filters=any(filters.values()))


async def source(page: PageRequest) -> Response:
    data = await page.execute("source", slug=page.request.path_params["slug"], after=page.params.get("after"))
    return page.render("source.html", **data)
