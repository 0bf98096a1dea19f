"""The events as a calendar: all-day entries for known days, ranges for months and years."""

import calendar
import datetime as dt
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import icalendar
import pytest
from icalendar import Calendar
from sqlmodel import Session, select

import db.calendar
from api.calendar import content_lines
from db.database import Database
from db.models import Event
from db.vocabulary import DatePrecision, EventKind
from tests.api.feeds import log_entries
from tests.engines import Engine, url_of
from tests.inputs import submit_valid
from tests.scale import multiply
from tests.server import NOW, Api, capture_statements, serving
from tests.writable import WritableApi, serving_writable

PUBLIC = "https://sixty-one.example"
EVENTS = """query ($filter: EventFilter, $after: String) { events(filter: $filter, after: $after) { totalCount nodes {
  id slug title kind date precision venue place region attendanceAtLeast hosts { name } commitments { ref title }
  funds { name } citations { document { title url } } } pageInfo { hasNextPage endCursor } } }"""
HOSTILE = "<b>x</b>; a,b \\n ú" + "é" * 100 + ' "quoted" : \u202eback\u2028line \ufffe'
pytestmark = pytest.mark.postgresql_in_full


@contextmanager
def serving_events(url: str) -> Iterator[WritableApi]:
    """The application at a public address, with events of which only the month or the year is known; a minute later."""
    database = Database(url)
    with database.transaction() as session:
        session.add_all(
            [
                Event(slug="in-june", title="In June", kind=EventKind.OTHER, held_on=dt.date(2019, 6, 30),
                      precision=DatePrecision.MONTH, date_note="The month alone."),
                Event(slug="in-2020", title="In 2020", kind=EventKind.OTHER, held_on=dt.date(2020, 12, 31),
                      precision=DatePrecision.YEAR),
            ]
        )  # fmt: skip
    with serving_writable(database, public_url=PUBLIC) as api:
        submit_valid(api.editor, "addEvent", slug="added")
        api.clock.now += dt.timedelta(minutes=1)
        yield api
    database.close()


@pytest.fixture
def api_with_events(engine: Engine, seeded_template: str) -> Iterator[WritableApi]:
    with serving_events(engine.copy(seeded_template)) as api:
        yield api


@pytest.fixture(scope="module")
def api_with_events_shared(engine: Engine, seeded_template: str) -> Iterator[WritableApi]:
    """For tests that only read."""
    with serving_events(engine.copy(seeded_template)) as api:
        yield api


def all_events(api: Api, **filter: Any) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    after = None
    while True:
        page = api.ask(EVENTS, filter=filter, after=after)["events"]
        results += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return results


def read(response: httpx.Response) -> tuple[Any, dict[str, Any]]:
    """The calendar, and its entries by the slug of each."""
    assert (response.status_code, response.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    result = Calendar.from_ical(response.content)
    assert not result.errors
    entries = {str(entry["url"]).rpartition("/")[2]: entry for entry in result.walk("VEVENT")}
    assert all(not entry.errors for entry in entries.values())
    assert len(entries) == len(result.walk("VEVENT")) == len({str(entry["uid"]) for entry in entries.values()})
    return result, entries


def test_every_event_with_a_date_is_there_and_says_what_the_api_says(api_with_events_shared: WritableApi) -> None:
    _, entries = read(api_with_events_shared.public.http.get("/events.ics"))
    events = all_events(api_with_events_shared.public, dated=True)
    assert list(entries) == [event["slug"] for event in events]
    for event in events:
        entry = entries[event["slug"]]
        assert entry["uid"] == f"event-{event['slug']}@sixty-one.example"
        assert entry["url"] == f"{PUBLIC}/events/{event['slug']}"
        assert event["title"] in entry["summary"]
        assert entry["transp"] == "TRANSPARENT"
        assert [str(word) for word in entry["categories"].cats] == [event["kind"].replace("_", " ").capitalize()]
        places = ", ".join(event[name] for name in ("venue", "place", "region") if event[name])
        assert entry.get("location", "") == places
        about = str(entry["description"])
        for text in (
            *(host["name"] for host in event["hosts"]),
            *(commitment["ref"] for commitment in event["commitments"]),
            *(commitment["title"] for commitment in event["commitments"] if commitment["title"]),
            *(fund["name"] for fund in event["funds"]),
            *(citation["document"]["title"] for citation in event["citations"]),
            *(citation["document"]["url"] for citation in event["citations"] if citation["document"]["url"]),
        ):
            assert text in about


def test_a_day_is_a_day_and_a_month_or_a_year_is_all_of_it(api_with_events_shared: WritableApi) -> None:
    _, entries = read(api_with_events_shared.public.http.get("/events.ics"))
    precisions = set()
    for event in all_events(api_with_events_shared.public, dated=True):
        entry, last = entries[event["slug"]], dt.date.fromisoformat(event["date"])
        days = {"DAY": 1, "MONTH": last.day, "YEAR": 366 if calendar.isleap(last.year) else 365}[event["precision"]]
        start, end = entry["dtstart"].dt, entry["dtend"].dt
        assert (type(start), type(end)) == (dt.date, dt.date)
        assert (start, end) == (last - dt.timedelta(days - 1), last + dt.timedelta(1))
        assert ("on a day in" in entry["summary"]) is (event["precision"] != "DAY")
        assert ("The day is not known" in entry["description"]) is (event["precision"] != "DAY")
        precisions.add(event["precision"])
    assert precisions == {"DAY", "MONTH", "YEAR"}
    june = entries["in-june"]
    assert (june["dtstart"].dt, june["dtend"].dt) == (dt.date(2019, 6, 1), dt.date(2019, 7, 1))
    assert june["summary"] == "In June (on a day in June 2019)"
    assert "only that it was in June 2019.\nOn the date: The month alone." in june["description"]
    assert entries["in-2020"]["summary"] == "In 2020 (on a day in 2020)"


def test_what_has_no_date_is_left_out_and_counted(api_with_events_shared: WritableApi) -> None:
    result, entries = read(api_with_events_shared.public.http.get("/events.ics"))
    events = all_events(api_with_events_shared.public, dated=False)
    assert len(events) > 0
    assert not {event["slug"] for event in events} & entries.keys()
    for property in ("description", "x-wr-caldesc"):
        assert f"without a known date that are left out: {len(events)}." in result[property]
        assert "CC BY 4.0" in result[property]


def test_a_phone_learns_its_name_and_when_to_ask_again(api_with_events_shared: WritableApi) -> None:
    response = api_with_events_shared.public.http.get("/events.ics?commitment=SVS-19&search=a%20b")
    result, _ = read(response)
    assert calendar_name(result) == "Serious Violence Strategy: events (SVS-19, a b)"
    assert (result["version"], result["x-published-ttl"]) == ("2.0", "P1D")
    assert result["refresh-interval"].dt == dt.timedelta(days=1)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in response.content
    assert result["source"] == f"{PUBLIC}/events.ics?commitment=SVS-19&search=a+b"
    assert result["prodid"]


def test_the_same_data_are_the_same_bytes(seeded_database: Database) -> None:
    with serving_writable(seeded_database, answers_bytes=0) as api:
        first = api.public.http.get("/events.ics")
        api.clock.now += dt.timedelta(days=400)
        again = api.public.http.get("/events.ics")
        # What has nothing to do with it changes nothing of it.
        submit_valid(api.editor, "recordStatus")
        after = api.public.http.get("/events.ics", headers={"if-none-match": first.headers["etag"]})
    assert (again.content, after.status_code) == (first.content, 304)


def test_only_events_with_a_change_are_modified(api_with_events: WritableApi) -> None:
    _, before = read(api_with_events.public.http.get("/events.ics"))
    instants = set()
    for event in all_events(api_with_events.public, dated=True):
        # The latest first; two came past the writers, and are in no log.
        changes = log_entries(api_with_events.public, event["id"])
        changed_at = dt.datetime.fromisoformat(changes[0]["recordedAt"]) if changes else NOW
        entry = before[event["slug"]]
        assert (entry["dtstamp"].dt, entry["last-modified"].dt) == (changed_at, changed_at), event["slug"]
        assert bool(changes) is (event["slug"] not in ("in-june", "in-2020"))
        instants.add(changed_at)
    # The events of three editions, and what was added since.
    assert (len(instants), max(instants)) == (4, NOW)
    api_with_events.clock.now += dt.timedelta(days=1)
    slug = next(slug for slug in before if slug not in ("added", "in-june", "in-2020"))
    submit_valid(api_with_events.editor, "link", commitment="SVS-35", fund=None, event=slug)
    _, after = read(api_with_events.public.http.get("/events.ics"))
    # The two that came past the writers are in no log: they count as written with the latest change.
    for other in after.keys() - {"in-june", "in-2020"}:
        assert (after[other].to_ical() != before[other].to_ical()) is (other == slug)
    assert after[slug]["last-modified"].dt == api_with_events.clock.now
    assert "SVS-35" in after[slug]["description"]
    assert after[slug]["uid"] == before[slug]["uid"]


def calendar_name(calendar: Any) -> str:
    """The name of a calendar, which is there twice. The library does not know it for text, and leaves it escaped."""
    assert calendar["name"] == calendar["x-wr-calname"]
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], str(calendar["name"]))


def whole(response: httpx.Response) -> list[bytes]:
    """The lines of a calendar, of which each ends as it must, and the last is the last."""
    lines = response.content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert (lines[0], lines[-2:]) == (b"BEGIN:VCALENDAR", [b"END:VCALENDAR", b""])
    return lines


@pytest.mark.parametrize(
    ("parameters", "filter"),
    [
        ("commitment=SVS-19", {"commitment": ["SVS-19"]}),
        ("commitment=SVS-19&commitment=SVS-21", {"commitment": ["SVS-19", "SVS-21"]}),
        ("kind=ENGAGEMENT&kind=LAUNCH", {"kind": ["ENGAGEMENT", "LAUNCH"]}),
        ("from=2019-01-01&to=2019-12-31", {"from": "2019-01-01", "to": "2019-12-31"}),
        ("region=North+East&series=engagement-events", {"region": ["North East"], "series": ["engagement-events"]}),
        ("search=london", {"search": "london"}),
        ("kind=&region=&from=&search=london", {"search": "london"}),
        ("commitment=SVS-99", {"commitment": ["SVS-99"]}),
        ("utm_source=letter", {}),
    ],
)
def test_it_can_be_cut_down_as_the_list_of_events_can(
    api_readonly: Api, parameters: str, filter: dict[str, Any]
) -> None:
    result, entries = read(api_readonly.http.get(f"/events.ics?{parameters}"))
    assert list(entries) == [event["slug"] for event in all_events(api_readonly, dated=True, **filter)]
    assert f"left out: {len(all_events(api_readonly, dated=False, **filter))}." in result["description"]


@pytest.mark.parametrize(
    "parameters", ["kind=PARTY", "from=2019-02-30", f"search={'x' * 2_000}", f"search={'x+' * 11}"]
)
def test_what_the_list_refuses_is_refused(api_readonly: Api, parameters: str) -> None:
    response = api_readonly.http.get(f"/events.ics?{parameters}")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")


def test_a_phone_that_has_it_is_not_sent_it_again(api_with_events_shared: WritableApi) -> None:
    first = api_with_events_shared.public.http.get("/events.ics")
    for name, value in (
        ("if-none-match", first.headers["etag"]),
        ("if-modified-since", first.headers["last-modified"]),
    ):
        again = api_with_events_shared.public.http.get("/events.ics", headers={name: value})
        assert (again.status_code, again.content) == (304, b"")
    head = api_with_events_shared.public.http.head("/events.ics")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", first.headers["etag"])


def test_markup_in_the_record_is_shown_as_text_in_folded_lines(seeded_database: Database) -> None:
    def spoil(session: Session) -> str:
        event = session.exec(select(Event).where(Event.slug == "engagement-london-2018")).one()
        event.title = event.venue = event.date_note = HOSTILE + "END:VEVENT"
        session.add(event)
        return event.slug

    with seeded_database.transaction() as session:
        slug = spoil(session)
    with serving_writable(seeded_database) as api:
        response = api.public.http.get("/events.ics")
    _, entries = read(response)
    text = (
        f"{HOSTILE}END:VEVENT".replace("\u202e", "[U+202E]").replace("\u2028", "[U+2028]").replace("\ufffe", "\ufffd")
    )
    assert entries[slug]["summary"] == text
    assert str(entries[slug]["location"]).startswith(text)
    assert f"On the date: {text}\n" in entries[slug]["description"]
    lines = whole(response)
    assert max(map(len, lines)) <= 75


def test_a_search_adds_no_lines_to_the_calendar(api_readonly: Api) -> None:
    text = "a,b;c\\d\nEND:VCALENDAR\r\nX-EVIL:1\u2028\u202e"
    response = api_readonly.http.get("/events.ics", params={"search": text, "series": text})
    result, entries = read(response)
    assert whole(response).count(b"END:VCALENDAR") == 1
    assert entries == {}
    name = text.replace("\r", "[U+000D]").replace("\u2028", "[U+2028]").replace("\u202e", "[U+202E]")
    assert calendar_name(result) == f"Serious Violence Strategy: events ({name}, {name})"
    assert "x-evil" not in result


def test_any_number_of_events_is_read_in_few_statements(
    seeded_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.calendar, "SIZE", 100)
    url = url_of(seeded_database)
    counts = []
    for times in (1, 12):
        multiply(seeded_database, times)
        with serving(url) as api, capture_statements() as statements:
            page = read(api.http.get("/events.ics"))[1]
        counts.append((len(page), len(statements)))
    (few, once), (many, often) = counts
    batches = -(-many // 100)
    assert (many, batches > 5) == (few * 12, True)
    # Of each batch the events, when they changed, and four lists of what belongs to them.
    assert (often - once, once < 15) == (6 * (batches - 1), True), statements


def test_lines_are_those_of_the_library() -> None:
    """To the byte: the text that is escaped, and where a long line is folded."""
    pieces = ["a", " ", "é", "漢", "😀", "\\", "^", ";", ",", "\n", "\r\n", "\r", "\\N", "\\n", ":", '"', "x" * 40]
    choose = random.Random(61)
    for length in range(60):
        text = "".join(choose.choices(pieces, k=length))
        event = icalendar.Event()
        event.add("summary", text)
        expected = event.to_ical().removeprefix(b"BEGIN:VEVENT\r\n").removesuffix(b"END:VEVENT\r\n")
        assert content_lines.line(f"SUMMARY:{content_lines.text(text)}") == expected


def test_the_calendar_is_what_the_library_writes_of_it(api_with_events_shared: WritableApi) -> None:
    content = api_with_events_shared.public.http.get("/events.ics").content
    assert Calendar.from_ical(content).to_ical() == content


def test_a_calendar_is_made_once(api_sqlite: Api) -> None:
    address = "/events.ics?from=2018-01-01&to=2018-12-31"
    with capture_statements() as statements:
        first = api_sqlite.http.get(address)
        made = len(statements)
        again = api_sqlite.http.get(address, headers={"accept-encoding": first.headers["content-encoding"]})
        assert (again.content, len(statements)) == (first.content, made)


@pytest.mark.parametrize(
    "query", ["commitment=SVS-99", "search=nothing-of-the-kind", "region=Atlantis", "from=2099-01-01"]
)
def test_a_calendar_without_events_is_still_one(api_sqlite: Api, query: str) -> None:
    response = api_sqlite.http.get(f"/events.ics?{query}")
    assert response.status_code == 200
    result = Calendar.from_ical(response.content)
    # RFC 5545, 3.6: at least one component; and this one is complete, and shows no entry.
    [zone] = result.subcomponents
    assert (zone.name, str(zone["tzid"])) == ("VTIMEZONE", "UTC")
    [standard] = zone.subcomponents
    assert standard.name == "STANDARD"
    assert {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"} <= set(standard)
    assert b"VTIMEZONE" not in api_sqlite.http.get("/events.ics").content
