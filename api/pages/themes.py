"""The list of themes, and the page of each."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.charts.marks import marks_chart
from api.json_types import JsonObject
from api.pages.frames import picture_frame
from api.pages.marks import alone_words, marks_picture, progress_card
from api.pages.page_request import PageRequest
from api.pictures.card import Card
from api.pictures.picture import Picture
from api.urls import CanonicalRedirect, page_path
from db.natural_keys import spellings


async def themes(page: PageRequest) -> Response:
    data = await page.execute("themes")
    return await page.render("themes.html", themes=data["strategy"]["themes"], coverage=data["coverage"])


async def theme(page: PageRequest) -> Response:
    row = _theme(page)
    data = await page.execute("theme", filter={"theme": [row["slug"]]})
    marks = marks_chart(data["commitments"]["nodes"], [row], page.layout["statusDefinitions"])
    frame = picture_frame(page, _picture(page, row, data["commitments"])).html(page)
    alone, card = alone_words(data["commitments"]), _card(page, row, data)
    return await page.render("theme.html", **data, theme=row, marks=marks, alone=alone, card=card, frame=frame)


async def theme_card(page: PageRequest) -> Card:
    row = _theme(page)
    return _card(page, row, await page.execute("theme", filter={"theme": [row["slug"]]}))


def _card(page: PageRequest, row: JsonObject, data: JsonObject) -> Card:
    title = page.layout["strategy"]["title"]
    return progress_card(page_path("Theme", row), f"A theme of the {title}", row["title"], data)


async def theme_picture(page: PageRequest) -> Picture:
    row = _theme(page)
    data = await page.execute("marks", filter={"theme": [row["slug"]]})
    return _picture(page, row, data["commitments"])


def _picture(page: PageRequest, row: JsonObject, commitments: JsonObject) -> Picture:
    title, path = f"{row['title']}: what became of its commitments", page_path("Theme", row)
    return marks_picture(page, commitments, [row], title, path, f"/charts{path}")


def _theme(page: PageRequest) -> JsonObject:
    """The theme of the path. Raises 404, and CanonicalRedirect."""
    slug = page.request.path_params["slug"]
    row: JsonObject | None = next(
        (row for row in page.layout["strategy"]["themes"] if row["slug"] in spellings([slug])), None
    )
    if row is None:
        raise HTTPException(404, f"There is no theme {slug}.")
    if row["slug"] != slug:
        raise CanonicalRedirect(page.request, slug, row["slug"])
    return row
