"""The list of themes, and the page of each."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.charts.marks import marks_chart
from api.pages.page_request import PageRequest
from api.urls import CanonicalRedirect
from db.natural_keys import spellings


async def themes(page: PageRequest) -> Response:
    data = await page.execute("themes")
    return page.render("themes.html", themes=data["strategy"]["themes"], coverage=data["coverage"])


async def theme(page: PageRequest) -> Response:
    slug = page.request.path_params["slug"]
    row = next((row for row in page.layout["strategy"]["themes"] if row["slug"] in spellings([slug])), None)
    if row is None:
        raise HTTPException(404, f"There is no theme {slug}.")
    if row["slug"] != slug:
        raise CanonicalRedirect(page.request, slug, row["slug"])
    data = await page.execute("theme", filter={"theme": [slug]})
    marks = marks_chart(data["commitments"]["nodes"], [row], page.layout["statusDefinitions"])
    return page.render("theme.html", **data, theme=row, marks=marks)
