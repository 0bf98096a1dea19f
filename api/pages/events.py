"""The list of events with its timeline."""

from starlette.responses import Response

from api.charts.timeline import timeline_chart
from api.moment import parse_param
from api.pages.page_request import PageRequest
from api.urls import site_url
from db.formatting import enum_label
from schema.scalars import read_day

FILTERS = ("kind", "region", "series", "commitment")


async def events(page: PageRequest) -> Response:
    """The events up to `asOf`, and in a list of their own those without a date."""
    filters = page.filters(*FILTERS)
    since, until, day = page.params.get("from"), page.params.get("to"), page.moment.as_of
    last = min(parse_param("to", until, read_day) or day, day)
    data = await page.execute(
        "events",
        filter={**filters, "from": since, "to": last.isoformat()},
        undated={**filters, "dated": False},
    )
    rows = data["events"]["nodes"]
    kinds = dict.fromkeys(event["kind"] for event in rows)
    lanes = [(enum_label(kind), [(event["date"], event) for event in rows if event["kind"] == kind]) for kind in kinds]
    return page.render(
        "events.html",
        # With this scheme a phone subscribes to the calendar, instead of opening a file once.
        webcal=f"webcal:{site_url(page.request).partition(':')[2]}/events.ics",
        events=data["events"],
        undated=data["undated"],
        kinds=data["kinds"]["enumValues"],
        timeline=timeline_chart(lanes),
        has_filters=bool(filters or since or until),
    )
