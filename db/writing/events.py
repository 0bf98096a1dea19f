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
    name: Line = Field(description="The person, or the body where no person is named.")
    role: Line | None = Field(default=None, description="In what role, as the source gives it.")
    organisation: OrganisationInput | None = Field(default=None, description="The body that they came from.")


class AddEventInput(Input):
    slug: Slug = Field(description="A readable name, for good.")
    title: Line = Field(description="What it was.")
    kind: EventKind = Field(description="What kind of event it was.")
    date: dt.date | None = Field(
        default=None, description="The day, or any day of the month or year; left out where no source gives it."
    )
    precision: DatePrecision | None = Field(
        default=None, description="How much of the date is known; DAY if left out with a date."
    )
    date_note: Prose | None = Field(default=None, description="How the date was found. Needed where there is none.")
    venue: Line | None = Field(default=None, description="The building.")
    place: Line | None = Field(default=None, description="The town or area.")
    region: Line | None = Field(default=None, description="The region of England or Wales.")
    series: Slug | None = Field(default=None, description="The series that it belongs to, such as engagement-events.")
    attendance_at_least: Count | None = Field(
        default=None, description="The least number of people that a source reports."
    )
    hosts: list[OrganisationInput] = Field(
        default_factory=list, max_length=50, description="Who held it, the first one first."
    )
    participants: list[ParticipantInput] = Field(
        default_factory=list, max_length=200, description="Whom sources put there."
    )
    sectors: Lines = Field(default_factory=list, description="The sectors that a source says were there.")
    topics: Lines = Field(default_factory=list, description="What it was about.")
    commitments: list[str] = Field(
        default_factory=list, max_length=100, description="Refs of the commitments that it bears on."
    )
    funds: list[str] = Field(default_factory=list, max_length=100, description="Slugs of the funds tied to it.")
    citations: list[CitationInput] = Field(max_length=50, description="The sources that tell of it; one at least.")


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
