"""Adding an event: what happened, who hosted it and who took part."""

import datetime as dt

from pydantic import Field

from db.formatting import date_text
from db.models import Change, Commitment, CommitmentEvent, Event, EventFund, EventHost, Fund, Participant
from db.vocabulary import ChangeAction, DatePrecision, EventKind
from db.writing import sources
from db.writing.base import Draft
from db.writing.inputs import Count, Input, Line, Lines, Prose, Slug
from db.writing.sources import CitationInput, OrganisationInput

# The fields of the input that are columns of the event, as they are.
COLUMNS = (
    "title", "kind", "date_note", "venue", "place", "region", "series", "attendance_at_least", "sectors", "topics",
)  # fmt: skip


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


def add_event(draft: Draft, data: AddEventInput) -> tuple[Event, Change]:
    hosts = sources.resolve_organisations(draft, data.hosts, "hosts")
    participants = [
        (person, sources.resolve_organisation(draft, person.organisation, "participants", str(number), "organisation"))
        for number, person in enumerate(data.participants or ())
    ]
    commitments = draft.find_all(Commitment, data.commitments, "commitments")
    funds = draft.find_all(Fund, data.funds, "funds")
    citations = sources.resolve_citations(draft, data.citations, "citations")
    held_on, precision = draft.optional_period(data.date, data.precision, "date")
    if data.date is None and data.date_note is None and draft.is_valid("date_note"):
        draft.invalid("Without a date, say why there is none.", "date_note")
    values = data.values(*COLUMNS) | {"held_on": held_on, "precision": precision}
    draft.require_unused_slug(Event, data.slug, values)
    draft.raise_if_rejected()
    event = draft.add(Event(slug=data.slug, **values))
    for position, host in enumerate(hosts, 1):
        draft.add(EventHost(event_id=event.id, organisation_id=host().id, position=position))
    for position, (person, resolve) in enumerate(participants, 1):
        body = resolve().id if resolve else None
        draft.add(
            Participant(event_id=event.id, position=position, name=person.name, role=person.role, organisation_id=body)
        )
    for commitment in commitments:
        draft.add(CommitmentEvent(commitment_id=commitment.id, event_id=event.id))
    for fund in funds:
        draft.add(EventFund(event_id=event.id, fund_id=fund.id))
    for citation in citations:
        citation.cite(event)
    on = f" on {date_text(held_on, precision)}" if held_on and precision else ""
    summary = f"The event {event.slug}: {event.title}{on}, by {', '.join(map(str, citations))}."
    return event, draft.log(ChangeAction.ADDED, summary, event, *commitments, *funds)
