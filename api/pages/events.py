"""The list of events with its timeline."""

from starlette.datastructures import QueryParams
from starlette.responses import Response

from api.charts.timeline import timeline_chart
from api.json_types import JsonObject
from api.moment import Moment, parse_param
from api.pages.page_request import PageRequest, read_filter
from api.urls import site_url
from db.formatting import enum_label
from schema.scalars import read_day

FILTERS = ("kind", "region", "series", "commitment", "area")
LIST = (*FILTERS, "search", "from", "to")


def dated(params: QueryParams, moment: Moment) -> JsonObject:
    """The events up to `asOf`."""
    last = min(parse_param("to", params.get("to"), read_day) or moment.as_of, moment.as_of)
    return {"filter": {**read_filter(params, *FILTERS), "from": params.get("from"), "to": last.isoformat()}}


def undated(params: QueryParams, _moment: Moment) -> JsonObject:
    return {"filter": {**read_filter(params, *FILTERS), "dated": False}}


async def events(page: PageRequest) -> Response:
    """The events up to `asOf`, and in a list of their own those without a date."""
    params, moment = page.params, page.moment
    lists = {"filter": dated(params, moment)["filter"], "undated": undated(params, moment)["filter"]}
    data = await page.execute("events", **lists)
    rows = data["events"]["nodes"]
    kinds = dict.fromkeys(event["kind"] for event in rows)
    lanes = [(enum_label(kind), [(event["date"], event) for event in rows if event["kind"] == kind]) for kind in kinds]
    return await page.render(
        "events.html",
        # With this scheme a phone subscribes to the calendar, instead of opening a file once.
        webcal=f"webcal:{site_url(page.request).partition(':')[2]}/events.ics",
        events=data["events"],
        undated=data["undated"],
        kinds=data["kinds"]["enumValues"],
        timeline=timeline_chart(lanes),
        has_filters=any(name in params for name in LIST),
    )
