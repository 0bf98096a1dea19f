"""The events as a calendar that phones subscribe to, RFC 5545 and RFC 7986."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import anyio.lowlevel
import anyio.to_thread
from icalendar import Calendar, Timezone, TimezoneStandard, vText
from icalendar import Event as Entry
from starlette.requests import Request
from starlette.responses import Response

from api import formatting
from api.feeds.changes import host, rights
from api.feeds.markup import shown
from api.internal_client import InternalClient
from api.services import services
from api.urls import page_path, site_url
from db import changes
from db.formatting import enum_label
from db.periods import first_day
from db.vocabulary import DatePrecision

PAGE = 100
DAILY = dt.timedelta(days=1)
# The parameters of the address that are fields of the API's filter: those of several values, and those of one.
LISTS = ("kind", "region", "series", "commitment")
ONES = ("from", "to", "search")
EVENTS = """query Events($filter: EventFilter!, $undated: EventFilter!, $first: Int!, $after: String) {
  dataset { updatedAt licence attribution }
  strategy { title }
  undated: events(filter: $undated) { totalCount }
  events(filter: $filter, first: $first, after: $after) {
    nodes {
      slug title kind date precision dateNote series venue place region attendanceAtLeast
      hosts { name } commitments { ref title } funds { name } citations { paragraph document { title url } }
    }
    pageInfo { hasNextPage endCursor }
  }
}"""


async def events(client: InternalClient, request: Request) -> Response:
    """Every event whose date is known, or those that the address asks for. Raises 400 for what cannot be asked."""
    wanted = _filter(request)
    found: list[Mapping[str, Any]] = []
    after = None
    while True:
        asked = {"filter": {**wanted, "dated": True}, "undated": {**wanted, "dated": False}, "after": after}
        told = await client.execute(request, EVENTS, {**asked, "first": PAGE})
        found += told["events"]["nodes"]
        after = told["events"]["pageInfo"]["endCursor"]
        if not told["events"]["pageInfo"]["hasNextPage"]:
            break
        # SQLite answers in place: between two pages it is the others' turn.
        await anyio.lowlevel.checkpoint()
    written = await services(request).db.read(changes.latest, "Event")
    loaded = dt.datetime.fromisoformat(told["dataset"]["updatedAt"])
    here = site_url(request)

    def write() -> bytes:
        calendar = _calendar(told, wanted, here + request.url.path)
        for event in found:
            # The log of a database that is older than its log does not name what was there before.
            calendar.add_component(_entry(event, written.get(event["slug"], loaded), here))
        if not found:
            calendar.add_component(_zone())
        text: bytes = calendar.to_ical()
        return text

    # It takes a while where there are many, in which others are to be answered.
    return Response(await anyio.to_thread.run_sync(write), media_type="text/calendar; charset=utf-8")


def _filter(request: Request) -> dict[str, Any]:
    given = request.query_params
    # An empty one is a field of a form that nobody filled in.
    several = {name: [value for value in given.getlist(name) if value] for name in LISTS}
    return {name: value for name, value in (several | {name: given.get(name) for name in ONES}).items() if value}


def _calendar(told: Mapping[str, Any], wanted: Mapping[str, Any], address: str) -> Calendar:
    chosen = ", ".join(value if isinstance(value, str) else " or ".join(value) for value in wanted.values())
    name = shown(f"{told['strategy']['title']}: events" + (f" ({chosen})" if chosen else ""))
    undated = told["undated"]["totalCount"]
    description = (
        "What happened, as sources report it. What is known only by its month or year stands over all of it, and says"
        f" so. Events without a known date that are left out: {undated}. {rights(told['dataset'])}"
    )
    made = Calendar()
    made.add("prodid", "-//Sixty-One//Events//EN")
    made.add("version", "2.0")
    # The old names beside those of RFC 7986, which not every phone reads. The library takes them for text if told so.
    for property in ("name", "x-wr-calname"):
        made.add(property, vText(name))
    for property in ("description", "x-wr-caldesc"):
        made.add(property, vText(description))
    made.add("refresh-interval", DAILY, {"VALUE": "DURATION"})
    made.add("x-published-ttl", "P1D")
    made.add("source", f"{address}?{urlencode(wanted, doseq=True)}" if wanted else address, {"VALUE": "URI"})
    return made


def _zone() -> Timezone:
    """What a calendar holds that has no event: one component at least, by RFC 5545, 3.6, and this one shows nothing."""
    standard = TimezoneStandard()
    standard.add("dtstart", dt.datetime(1970, 1, 1))  # noqa: DTZ001  (of the zone itself)
    standard.add("tzoffsetfrom", dt.timedelta())
    standard.add("tzoffsetto", dt.timedelta())
    made = Timezone()
    made.add("tzid", "UTC")
    made.add_component(standard)
    return made


def _entry(event: Mapping[str, Any], written: dt.datetime, here: str) -> Entry:
    last, precision = dt.date.fromisoformat(event["date"]), DatePrecision(event["precision"])
    period = None if precision is DatePrecision.DAY else formatting.day(last, precision)
    place = ", ".join(text for text in (event["venue"], event["place"], event["region"]) if text)
    made = Entry()
    made.add("uid", f"event-{event['slug']}@{host(here)}")
    made.add("dtstamp", written)
    made.add("last-modified", written)
    made.add("dtstart", first_day(last, precision))
    # The first day that is no longer part of it.
    made.add("dtend", last + DAILY)
    # Nobody who subscribes is busy then.
    made.add("transp", "TRANSPARENT")
    made.add("summary", shown(f"{event['title']} (on a day in {period})" if period else event["title"]))
    made.add("description", shown("\n".join(_lines(event, period))))
    if place:
        made.add("location", shown(place))
    made.add("url", here + page_path("Event", event))
    made.add("categories", [enum_label(event["kind"])])
    return made


def _lines(event: Mapping[str, Any], period: str | None) -> Sequence[str]:
    """What is known of it, and from where."""
    named = [f"{commitment['ref']} {commitment['title'] or ''}".strip() for commitment in event["commitments"]]
    listed = {
        "On the date": event["dateNote"],
        "Held by": ", ".join(host["name"] for host in event["hosts"]),
        "Attendance": event["attendanceAtLeast"] and f"at least {event['attendanceAtLeast']:,}",
        "Commitments": "; ".join(named),
        "Funds": "; ".join(fund["name"] for fund in event["funds"]),
    }
    about = [f"The day is not known, only that it was in {period}."] if period else []
    return [
        *about,
        *(f"{what}: {text}" for what, text in listed.items() if text),
        *(f"Source: {_source(citation)}" for citation in event["citations"]),
    ]


def _source(citation: Mapping[str, Any]) -> str:
    document, paragraph = citation["document"], citation["paragraph"]
    parts = (document["title"], paragraph and f"paragraph {paragraph}", document["url"])
    return ", ".join(part for part in parts if part)
