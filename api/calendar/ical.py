"""The calendar as text: RFC 5545 and RFC 7986."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from icalendar import Calendar, Timezone, vText

from api.calendar.choice import Conditions, Filters
from api.calendar.content_lines import line, text
from api.exports.snapshot import Snapshot
from api.feeds.feed import host_name, rights
from api.feeds.markup import xml_text
from api.formatting import day
from api.urls import page_path
from db import calendar
from db.calendar import CalendarEvent
from db.clock import first_day
from db.formatting import enum_label
from db.vocabulary import DatePrecision, EventKind

ONE_DAY = dt.timedelta(days=1)
END = b"END:VCALENDAR\r\n"
BEGIN, END_OF_EVENT = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
# Subscribers are not shown as busy.
TRANSPARENT = b"TRANSP:TRANSPARENT\r\n"


def write_calendar(
    out: BinaryIO,
    snapshot: Snapshot,
    conditions: Conditions,
    filters: Filters,
    site: str,
    address: str,
) -> None:
    """Writes the calendar at an address of the site with these filters, and the conditions that they stand for."""
    session, loaded_at = snapshot.session, snapshot.facts.updated_at
    shown, undated = conditions
    ids = calendar.ids(session, shown)
    head = _head(snapshot, calendar.count(session, undated), filters, address)
    if not ids:
        # RFC 5545, 3.6, asks for one component at least; this one shows nothing.
        head.add_component(Timezone.from_tzid("UTC"))
    out.write(head.to_ical().removesuffix(END))
    host = host_name(site)
    for batch in calendar.batches(session, ids):
        snapshot.on_batch()
        for event in batch:
            url = site + snapshot.moment.at(page_path("Event", {"slug": event.row.slug}))
            # Events that were loaded before migration 0002 have no log entry.
            out.write(_event(event, event.changed_at or loaded_at, url, host))
    out.write(END)


def _head(snapshot: Snapshot, undated: int, filters: Filters, url: str) -> Calendar:
    chosen = ", ".join(value if isinstance(value, str) else " or ".join(value) for value in filters.values())
    name = xml_text(f"{snapshot.title}: events" + (f" ({chosen})" if chosen else ""))
    description = (
        "What happened, as sources report it. What is known only by its month or year stands over all of it, and says"
        f" so. Events without a known date that are left out: {undated}."
        f" {rights(snapshot.facts.licence, snapshot.facts.attribution)}"
    )
    head = Calendar()
    head.add("prodid", "-//Sixty-One//Events//EN")
    head.add("version", "2.0")
    # The X- properties are for phones that do not read RFC 7986.
    for names, value in ((("name", "x-wr-calname"), name), (("description", "x-wr-caldesc"), description)):
        for property in names:
            head.add(property, vText(value))
    head.add("refresh-interval", ONE_DAY, {"VALUE": "DURATION"})
    head.add("x-published-ttl", "P1D")
    head.add("source", url, {"VALUE": "URI"})
    return head


def _event(event: CalendarEvent, changed_at: dt.datetime, url: str, host: str) -> bytes:
    """The lines in icalendar's order."""
    row = event.row
    last, precision = row.held_on, row.precision
    period = None if precision is DatePrecision.DAY else day(last, precision)
    place = ", ".join(filter(None, (row.venue, row.place, row.region)))
    about = "\\n".join(map(_text, _lines(event, period)))
    stamp, modified = _instants(changed_at)
    parts = [
        BEGIN,
        line(f"SUMMARY:{_text(f'{row.title} (on a day in {period})' if period else row.title)}"),
        # The first day, and the first day after the event.
        b"DTSTART;VALUE=DATE:%b\r\n" % _date(first_day(last, precision)),
        b"DTEND;VALUE=DATE:%b\r\n" % _date(last + ONE_DAY),
        stamp,
        line(f"UID:{text(f'event-{row.slug}@{host}')}"),
        _categories(row.kind),
        line(f"DESCRIPTION:{about}") if about else b"",
        modified,
        line(f"LOCATION:{_text(place)}") if place else b"",
        TRANSPARENT,
        line(f"URL:{url}"),
        END_OF_EVENT,
    ]
    return b"".join(parts)


def _text(words: str) -> str:
    return text(xml_text(words))


@lru_cache(maxsize=1024)
def _date(day: dt.date) -> bytes:
    return day.isoformat().replace("-", "").encode()


@lru_cache(maxsize=64)
def _instants(instant: dt.datetime) -> tuple[bytes, bytes]:
    value = f"{instant.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    return line(f"DTSTAMP:{value}"), line(f"LAST-MODIFIED:{value}")


@lru_cache
def _categories(kind: EventKind) -> bytes:
    return line(f"CATEGORIES:{text(enum_label(kind))}")


def _lines(event: CalendarEvent, period: str | None) -> Iterator[str]:
    """What is known of an event, and from which sources."""
    row = event.row
    if period:
        yield f"The day is not known, only that it was in {period}."
    if row.date_note:
        yield f"On the date: {row.date_note}"
    if event.hosts:
        yield f"Held by: {', '.join(name for _, name in event.hosts)}"
    if row.attendance_at_least:
        yield f"Attendance: at least {row.attendance_at_least:,}"
    if event.commitments:
        yield f"Commitments: {'; '.join(f'{ref} {title}' if title else ref for _, ref, title in event.commitments)}"
    if event.funds:
        yield f"Funds: {'; '.join(name for _, name in event.funds)}"
    for _, title, paragraph, url in event.sources:
        yield f"Source: {', '.join(filter(None, (title, paragraph and f'paragraph {paragraph}', url)))}"
