"""The page of what was withdrawn: its last version struck through, why, and the way to the page that it was."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.moment import AS_OF
from api.pages.former import last_values
from api.pages.page_request import PageRequest
from api.pages.site import Show
from api.urls import CanonicalRedirect

# The fields of which one is what people call a row.
NAMES = ("title", "name")


def or_withdrawal(show: Show, kind: str) -> Show:
    """The page of a row of this kind, or if the row was withdrawn a page that says so."""

    async def show_either(page: PageRequest) -> Response:
        try:
            return await show(page)
        except HTTPException as error:
            if error.status_code != 404 or not (response := await _withdrawal(page, kind)):
                raise
            return response

    return show_either


async def _withdrawal(page: PageRequest, kind: str) -> Response | None:
    slug = page.request.path_params["slug"]
    version = (await page.execute("withdrawal", kind=kind, key=slug))["lastVersion"]
    if not (version and version["until"]):
        return None
    key = version["record"].partition(" ")[2]
    if key != slug:
        raise CanonicalRedirect(page.request, slug, key)
    values = {entry["field"]: entry["value"] for entry in version["values"]}
    before = {AS_OF: page.moment.variables[AS_OF], "revision": version["until"]["revision"] - 1}
    return await page.render(
        "withdrawal.html",
        name=next(values[name] for name in NAMES if values.get(name)),
        values=last_values(version),
        change=version["until"],
        before_url=page.address(**before),
    )
