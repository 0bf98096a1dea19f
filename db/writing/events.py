"""Adding, correcting and withdrawing an event: what happened, who hosted it and who took part."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeAlias

from pydantic import Field
from sqlmodel import col, select

from db.formatting import date_text
from db.models import (
    Area,
    Change,
    Commitment,
    CommitmentEvent,
    Event,
    EventFund,
    EventHost,
    Fund,
    Organisation,
    Participant,
    Person,
)
from db.vocabulary import ChangeAction, DatePrecision, EventKind
from db.writing import sources
from db.writing.base import Draft
from db.writing.citations import replace_citations
from db.writing.corrections import Correction, log_correction, replace_rows, set_values
from db.writing.inputs import Count, Input, Line, Lines, Prose, Slug
from db.writing.people import PersonInput, resolve_person
from db.writing.sources import CitationInput, Deferred, OrganisationInput
from db.writing.withdrawals import Withdrawal, Withdrawn, log_withdrawal, remove, require_free

# The fields of the input that are columns of the event, as they are.
COLUMNS = (
    "title", "kind", "date_note", "venue", "place", "region", "series", "attendance_at_least", "sectors", "topics",
)  # fmt: skip


class EventField(StrEnum):
    DATE = "DATE"
    DATE_NOTE = "DATE_NOTE"
    VENUE = "VENUE"
    PLACE = "PLACE"
    REGION = "REGION"
    AREA = "AREA"
    SERIES = "SERIES"
    ATTENDANCE_AT_LEAST = "ATTENDANCE_AT_LEAST"


class ParticipantInput(Input):
    name: Line
    role: Line | None = None
    person: PersonInput | None = None
    organisation: OrganisationInput | None = None


# Each with the way to the person, and to the body that they came from.
Participants: TypeAlias = list[tuple[ParticipantInput, Deferred[Person] | None, Deferred[Organisation] | None]]


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
    area: str | None = None
    series: Slug | None = None
    attendance_at_least: Count | None = None
    hosts: list[OrganisationInput] = Field(default_factory=list, max_length=50)
    participants: list[ParticipantInput] = Field(default_factory=list, max_length=200)
    sectors: Lines = Field(default_factory=list)
    topics: Lines = Field(default_factory=list)
    commitments: list[str] = Field(default_factory=list, max_length=100)
    funds: list[str] = Field(default_factory=list, max_length=100)
    citations: list[CitationInput] = Field(max_length=50)


class CorrectEventInput(Correction):
    event: str
    title: Line | None = None
    kind: EventKind | None = None
    date: dt.date | None = None
    precision: DatePrecision | None = None
    date_note: Prose | None = None
    venue: Line | None = None
    place: Line | None = None
    region: Line | None = None
    area: str | None = None
    series: Slug | None = None
    attendance_at_least: Count | None = None
    hosts: list[OrganisationInput] | None = Field(default=None, max_length=50)
    participants: list[ParticipantInput] | None = Field(default=None, max_length=200)
    sectors: Lines | None = None
    topics: Lines | None = None
    citations: list[CitationInput] | None = Field(default=None, max_length=50)
    clear: list[EventField] = Field(default_factory=list)


class WithdrawEventInput(Withdrawal):
    event: str


def add_event(draft: Draft, data: AddEventInput) -> tuple[Event, Change]:
    hosts = sources.resolve_organisations(draft, data.hosts, "hosts")
    participants = _resolve_participants(draft, data.participants)
    commitments = draft.find_all(Commitment, data.commitments, "commitments")
    funds = draft.find_all(Fund, data.funds, "funds")
    citations = sources.resolve_citations(draft, data.citations, "citations")
    area = draft.find(Area, data.area, "area") if data.area is not None else None
    held_on, precision = draft.optional_period(data.date, data.precision, "date")
    if draft.is_valid("date_note"):
        _require_date_or_reason(draft, data.date, data.date_note)
    values = data.values(*COLUMNS) | {
        "held_on": held_on, "precision": precision, "area_id": area.id if area else None,
    }  # fmt: skip
    draft.require_unused_slug(Event, data.slug, values)
    draft.raise_if_rejected()
    event = draft.add(Event(slug=data.slug, **values))
    for values in _hosts(hosts):
        draft.add(EventHost(event_id=event.id, **values))
    for values in _participants(participants):
        draft.add(Participant(event_id=event.id, **values))
    for commitment in commitments:
        draft.add(CommitmentEvent(commitment_id=commitment.id, event_id=event.id))
    for fund in funds:
        draft.add(EventFund(event_id=event.id, fund_id=fund.id))
    for citation in citations:
        citation.cite(event)
    on = f" on {date_text(held_on, precision)}" if held_on and precision else ""
    summary = f"The event {event.slug}: {event.title}{on}, by {', '.join(map(str, citations))}."
    return event, draft.log(ChangeAction.ADDED, summary, event, *commitments, *funds, *_area_and_people(draft, event))


def correct_event(draft: Draft, data: CorrectEventInput) -> tuple[Event, Change]:
    data.check(draft)
    event = draft.find(Event, data.event, "event")
    hosts = sources.resolve_organisations(draft, data.hosts, "hosts")
    participants = _resolve_participants(draft, data.participants)
    citations = sources.resolve_citations(draft, data.citations, "citations")
    values = data.given(*COLUMNS)
    if data.is_given("area"):
        area = draft.find(Area, data.area, "area") if data.area is not None else None
        values["area_id"] = area.id if area else None
    if event:
        held_on, precision = data.corrected_period(draft, "date", event.held_on, event.precision)
        values |= {"held_on": held_on, "precision": precision}
        if draft.is_valid():
            _require_date_or_reason(draft, held_on, values.get("date_note", event.date_note))
    draft.raise_if_rejected()
    assert event
    before = _area_and_people(draft, event)
    set_values(draft, event, values)
    owner = {"event_id": event.id}
    if data.hosts is not None:
        replace_rows(draft, EventHost, owner, "organisation_id", _hosts(hosts))
    if data.participants is not None:
        replace_rows(draft, Participant, owner, "position", _participants(participants))
    if data.citations is not None:
        replace_citations(draft, event, citations)
    others = [*before, *_area_and_people(draft, event)]
    return event, log_correction(draft, data, f"The event {event.slug}", event, event, *others)


def withdraw_event(draft: Draft, data: WithdrawEventInput) -> Withdrawn:
    event = draft.find(Event, data.event, "event")
    if event:
        require_free(draft, event, "event")
    draft.raise_if_rejected()
    assert event
    return {}, log_withdrawal(draft, data, f"The event {event.slug}, {event.title},", event, *remove(draft, event))


def _area_and_people(draft: Draft, event: Event) -> list[Area | Person]:
    """Where it was and who took part: a change of the event affects them, also those whom it no longer names."""
    areas = select(Area).where(col(Area.id) == event.area_id)
    people = select(Person).join(Participant).where(col(Participant.event_id) == event.id).order_by(col(Person.slug))
    return [*draft.session.exec(areas), *draft.session.exec(people)]


def _resolve_participants(draft: Draft, data: Sequence[ParticipantInput] | None) -> Participants:
    participants = []
    for number, each in enumerate(data or ()):
        path = ("participants", str(number))
        person = resolve_person(draft, each.person, *path, "person")
        participants.append(
            (each, person, sources.resolve_organisation(draft, each.organisation, *path, "organisation"))
        )
    return participants


def _hosts(hosts: Sequence[Deferred[Organisation]]) -> list[dict[str, Any]]:
    return [{"organisation_id": host().id, "position": position} for position, host in enumerate(hosts, 1)]


def _participants(participants: Participants) -> list[dict[str, Any]]:
    return [
        {
            "position": position,
            **each.values("name", "role"),
            "person_id": person().id if person else None,
            "organisation_id": organisation().id if organisation else None,
        }
        for position, (each, person, organisation) in enumerate(participants, 1)
    ]


def _require_date_or_reason(draft: Draft, date: dt.date | None, note: str | None) -> None:
    if date is None and note is None:
        draft.invalid("Without a date, say why there is none.", "date_note")
