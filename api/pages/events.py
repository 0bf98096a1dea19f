"""What happened, as a line of time, and the page of each event."""

from starlette.responses import Response

from api.charts import timeline
from api.moment import parse_param
from api.pages.visit import Visit
from api.pages.words import word
from api.urls import site_url
from schema.scalars import read_day

FILTERS = ("kind", "region", "series", "commitment")


async def events(visit: Visit) -> Response:
    """Up to the day that is asked about; those that no source dates stand by themselves."""
    wanted = {name: visit.given.getlist(name) or None for name in FILTERS} | {"search": visit.given.get("search")}
    since, until, day = visit.given.get("from"), visit.given.get("to"), visit.moment.as_of
    last = min(parse_param("to", until or "", read_day) or day, day)
    data = await visit.ask(
        "events",
        filter={**wanted, "from": since, "to": last.isoformat()},
        undated={**wanted, "dated": False},
        after=visit.given.get("after"),
    )
    found = data["events"]["nodes"]
    kinds = dict.fromkeys(event["kind"] for event in found)
    lanes = [(word(kind), [(event["date"], event) for event in found if event["kind"] == kind]) for kind in kinds]
    return visit.show(
        "events.html",
        # What phones take for a calendar to subscribe to, rather than a file to open.
        webcal=f"webcal:{site_url(visit.request).partition(':')[2]}/events.ics",
        events=data["events"],
        undated=data["undated"],
        kinds=data["kinds"]["enumValues"],
        timeline=timeline.timeline(lanes),
        narrowed=any([*wanted.values(), since, until]),
    )


async def event(visit: Visit) -> Response:
    data = await visit.ask("event", slug=visit.request.path_params["slug"])
    return visit.show("event.html", **data)
