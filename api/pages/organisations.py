"""The page of an organisation."""

from starlette.responses import Response

from api.json_types import JsonObject
from api.pages.page_request import PageRequest


async def organisation(page: PageRequest) -> Response:
    """With the first of the events that it hosted up to `asOf`, behind them those without a date, and how many more."""
    own: JsonObject = {"host": [page.request.path_params["slug"]]}
    hosted, undated = {**own, "to": page.moment.as_of.isoformat()}, {**own, "dated": False}
    data = await page.execute("organisation", hosted=hosted, undated=undated)
    lists = (data["hosted"], data["undated"])
    events = [event for each in lists for event in each["nodes"]]
    return await page.render(
        "organisation.html", **data, events=events, event_count=sum(each["totalCount"] for each in lists)
    )
