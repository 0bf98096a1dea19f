"""The pages about the record itself: who keeps it, and how it is made."""

from starlette.responses import Response

from api.pages.page_request import PageRequest


async def about(page: PageRequest) -> Response:
    return page.render("about.html", record=await page.execute("about"))


async def method(page: PageRequest) -> Response:
    return page.render("method.html", words=await page.execute("method"))
