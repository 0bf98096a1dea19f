"""The calendar as text: RFC 5545 and RFC 7986."""

import datetime as dt
from collections.abc import Mapping, Sequence

from icalendar import TRANSP, Calendar, Event, Timezone, vText

from api.feeds.feed import host_name, rights
from api.feeds.markup import xml_text
from api.formatting import day
from api.json_types import JsonObject
from api.moment import Moment
from api.urls import page_path
from db.clock import first_day
from db.formatting import enum_label
from db.vocabulary import DatePrecision

ONE_DAY = dt.timedelta(days=1)


def write_calendar(
    data: JsonObject,
    rows: Sequence[JsonObject],
    recorded_at: Mapping[str, dt.datetime],
    filters: Mapping[str, str | list[str]],
    moment: Moment,
    site: str,
    path: str,
) -> bytes:
    """`data` is the last page of the answer, `rows` are the events of all pages; `recorded_at` is by slug."""
    loaded_at = dt.datetime.fromisoformat(data["dataset"]["updatedAt"])
    calendar = _calendar(data, filters, site + moment.at(path, **filters))
    for row in rows:
        # Events that were loaded before migration 0002 have no log entry.
        calendar.add_component(
            _event(row, recorded_at.get(row["slug"], loaded_at), site + moment.at(page_path("Event", row)), site)
        )
    if not rows:
        # RFC 5545, 3.6, asks for one component at least; this one shows nothing.
        calendar.add_component(Timezone.from_tzid("UTC"))
    text: bytes = calendar.to_ical()
    return text


def _calendar(data: JsonObject, filters: Mapping[str, str | list[str]], url: str) -> Calendar:
    chosen = ", ".join(value if isinstance(value, str) else " or ".join(value) for value in filters.values())
    name = xml_text(f"{data['strategy']['title']}: events" + (f" ({chosen})" if chosen else ""))
    undated = data["undated"]["totalCount"]
    description = (
        "What happened, as sources report it. What is known only by its month or year stands over all of it, and says"
        f" so. Events without a known date that are left out: {undated}. {rights(data['dataset'])}"
    )
    calendar = Calendar()
    calendar.add("prodid", "-//Sixty-One//Events//EN")
    calendar.add("version", "2.0")
    # The X- properties are for phones that do not read RFC 7986.
    for names, text in ((("name", "x-wr-calname"), name), (("description", "x-wr-caldesc"), description)):
        for property in names:
            calendar.add(property, vText(text))
    calendar.add("refresh-interval", ONE_DAY, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    calendar.add("source", url, {"VALUE": "URI"})
    return calendar


def _event(row: JsonObject, recorded_at: dt.datetime, url: str, site: str) -> Event:
    last, precision = dt.date.fromisoformat(row["date"]), DatePrecision(row["precision"])
    period = None if precision is DatePrecision.DAY else day(last, precision)
    place = ", ".join(text for text in (row["venue"], row["place"], row["region"]) if text)
    return Event.new(
        uid=f"event-{row['slug']}@{host_name(site)}",
        stamp=recorded_at,
        last_modified=recorded_at,
        start=first_day(last, precision),
        # The first day after the event.
        end=last + ONE_DAY,
        # Subscribers are not shown as busy.
        transparency=TRANSP.TRANSPARENT,
        summary=xml_text(f"{row['title']} (on a day in {period})" if period else row["title"]),
        description=xml_text("\n".join(_lines(row, period))),
        location=xml_text(place) or None,
        url=url,
        categories=[enum_label(row["kind"])],
    )


def _lines(row: JsonObject, period: str | None) -> Sequence[str]:
    """What is known of an event, and from which sources."""
    commitments = [f"{commitment['ref']} {commitment['title'] or ''}".strip() for commitment in row["commitments"]]
    facts = {
        "On the date": row["dateNote"],
        "Held by": ", ".join(host["name"] for host in row["hosts"]),
        "Attendance": row["attendanceAtLeast"] and f"at least {row['attendanceAtLeast']:,}",
        "Commitments": "; ".join(commitments),
        "Funds": "; ".join(fund["name"] for fund in row["funds"]),
    }
    return [
        *([f"The day is not known, only that it was in {period}."] if period else []),
        *(f"{what}: {text}" for what, text in facts.items() if text),
        *(f"Source: {_source(citation)}" for citation in row["citations"]),
    ]


def _source(citation: JsonObject) -> str:
    document, paragraph = citation["document"], citation["paragraph"]
    parts = (document["title"], paragraph and f"paragraph {paragraph}", document["url"])
    return ", ".join(part for part in parts if part)
