"""One theme of the Strategy."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.charts import marks
from api.pages.visit import Visit
from api.urls import CanonicalRedirect
from db.natural_keys import spellings


async def theme(visit: Visit) -> Response:
    slug = visit.request.path_params["slug"]
    found = next((one for one in visit.frame["strategy"]["themes"] if one["slug"] in spellings([slug])), None)
    if found is None:
        raise HTTPException(404, f"There is no theme {slug}.")
    if found["slug"] != slug:
        raise CanonicalRedirect(visit.request, slug, found["slug"])
    data = await visit.ask("theme", filter={"theme": [slug]})
    drawn = marks.marks(data["commitments"]["nodes"], [found], visit.statuses)
    return visit.show("theme.html", held=True, **data, theme=found, marks=drawn)
