"""What happened, who held it and who was there."""

import datetime as dt
from typing import Any

from pydantic import Field

from db.formatting import date_text
from db.models import (
    Change,
    Commitment,
    CommitmentEvent,
    Event,
    EventFund,
    EventHost,
    Fund,
    Participant,
)
from db.vocabulary import ChangeAction, DatePrecision, EventKind
from db.writing.base import Input, Write
from db.writing.fields import Count, Line, Lines, Prose, Slug
from db.writing.links import find_all
from db.writing.sources import (
    CitationInput,
    OrganisationInput,
    resolve_citations,
    resolve_organisation,
    resolve_organisations,
)


class ParticipantInput(Input):
    name: Line
    role: Line | None = None
    organisation: OrganisationInput | None = None


class AddEventInput(Input):
    slug: Slug
    title: Line
    kind: EventKind
    date: dt.date | None = None
    precision: DatePrecision | None = None
    date_note: Prose | None = None
    venue: Line | None = None
    place: Line | None = None
    region: Line | None = None
    series: Slug | None = None
    attendance_at_least: Count | None = None
    hosts: list[OrganisationInput] = Field(default_factory=list, max_length=50)
    participants: list[ParticipantInput] = Field(default_factory=list, max_length=200)
    sectors: Lines = Field(default_factory=list)
    topics: Lines = Field(default_factory=list)
    commitments: list[str] = Field(default_factory=list, max_length=100)
    funds: list[str] = Field(default_factory=list, max_length=100)
    citations: list[CitationInput] = Field(max_length=50)


def add_event(write: Write, given: AddEventInput) -> tuple[Event, Change]:
    hosts = resolve_organisations(write, given.hosts, "hosts")
    people = [
        (person, resolve_organisation(write, person.organisation, "participants", str(number), "organisation"))
        for number, person in enumerate(given.participants or ())
    ]
    commitments = find_all(write, Commitment, given.commitments, "commitments")
    funds = find_all(write, Fund, given.funds, "funds")
    cited = resolve_citations(write, given.citations, "citations", least=1)
    held_on, precision = _held_on(write, given)
    said: dict[str, Any] = {
        "title": given.title,
        "kind": given.kind,
        "held_on": held_on,
        "precision": precision,
        "date_note": given.date_note,
        "venue": given.venue,
        "place": given.place,
        "region": given.region,
        "series": given.series,
        "attendance_at_least": given.attendance_at_least,
        "sectors": given.sectors,
        "topics": given.topics,
    }
    write.require_unused_slug(Event, given.slug, said)
    write.raise_if_rejected()
    event = write.add(Event(slug=given.slug, **said))
    for position, host in enumerate(hosts, 1):
        write.add(EventHost(event_id=event.id, organisation_id=host().id, position=position))
    for position, (person, body) in enumerate(people, 1):
        body_id = body().id if body else None
        write.add(
            Participant(
                event_id=event.id, position=position, name=person.name, role=person.role, organisation_id=body_id
            )
        )
    for commitment in commitments:
        write.add(CommitmentEvent(commitment_id=commitment.id, event_id=event.id))
    for fund in funds:
        write.add(EventFund(event_id=event.id, fund_id=fund.id))
    for source in cited:
        source.cite(event)
    on = f" on {date_text(held_on, precision)}" if held_on and precision else ""
    summary = f"The event {event.slug}: {event.title}{on}, by {', '.join(map(str, cited))}."
    return event, write.log(ChangeAction.ADDED, summary, event, *commitments, *funds)


def _held_on(write: Write, given: AddEventInput) -> tuple[dt.date | None, DatePrecision | None]:
    if given.date is None:
        if given.precision:
            write.invalid("There is no date for it to tell of.", "precision")
        if given.date_note is None and write.is_valid("date_note"):
            write.invalid("Without a date, say why there is none.", "date_note")
        return None, None
    precision = given.precision or DatePrecision.DAY
    return write.require_past_period(given.date, precision, "date"), precision
