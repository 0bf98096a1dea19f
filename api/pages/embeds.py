"""The pages that other sites may frame."""

from starlette.responses import Response

from api.assets import EMBEDDED
from api.pages.page_request import PageRequest
from api.pages.pictures import THEME, Draw, read_theme, sheet_of
from api.pages.policy import style_sources
from api.pages.site import Show

POLICY = (
    f"default-src 'none'; style-src {style_sources(EMBEDDED.values())};"
    " base-uri 'none'; form-action 'none'; frame-ancestors *"
)
ERROR_TEMPLATE = "embed-error.html"
PARAMS = (THEME,)


async def commitment(page: PageRequest) -> Response:
    css = EMBEDDED[read_theme(page.params)]
    return await page.render("embed-commitment.html", **await page.execute("embed-commitment"), css=css)


def of_picture(draw: Draw) -> Show:
    """The page that shows a picture, with links from its marks and from its address."""

    async def show(page: PageRequest) -> Response:
        css, picture = EMBEDDED[read_theme(page.params)], await draw(page)
        return await page.render("embed-picture.html", picture=picture, sheet=sheet_of(page, picture), css=css)

    return show
