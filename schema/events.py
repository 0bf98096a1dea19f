"""Events: what happened on a day, who held it and who was there."""

import datetime as dt

import strawberry

from db import citations, commitments, discrepancies, events, funds, models
from db.vocabulary import DatePrecision, EventKind
from schema.filters import EventFilter
from schema.named import Named
from schema.node import Node, id_at_place, node_at_place, node_of
from schema.orders import EventOrder
from schema.relations import many, row_of
from schema.root_fields import list_field, row_field
from schema.versions import Versioned


@node_at_place(models.Participant)
@strawberry.type(description="A person or a body that a source names at an event.")
class Participant(Node):
    id = id_at_place(models.Participant)
    name: str = strawberry.field(description="The person, or the body where no person is named.")
    role: str | None = strawberry.field(description="In what role, as the source gives it.")

    person = row_of(models.Person, models.Participant.person_id, "The person, as a node; null for a body.")
    event = row_of(models.Event, models.Participant.event_id, "The event.")
    organisation = row_of(
        models.Organisation,
        models.Participant.organisation_id,
        "The body that they came from; null where the tracker holds none.",
    )


@node_of(models.Event, date="held_on")
@strawberry.type(description="Something that happened, as sources report it.")
class Event(Named, Versioned):
    slug: str = strawberry.field(description="A readable name, for filters and addresses.")
    title: str = strawberry.field(description="What it was.")
    kind: EventKind = strawberry.field(description="What kind of event it was.")
    date: dt.date | None = strawberry.field(
        description="Null where no source gives it, see dateNote; the last day of the period where a source gives only"
        " a month or a year."
    )
    precision: DatePrecision | None = strawberry.field(description="How much of the date is known; null without one.")
    date_note: str | None = strawberry.field(description="How the date was found, or why there is none.")
    series: str | None = strawberry.field(
        description="The series that it belongs to, such as engagement-events; null for a single event."
    )
    venue: str | None = strawberry.field(description="The building; null where no source names it.")
    place: str | None = strawberry.field(description="The town or area; null where no source names it.")
    region: str | None = strawberry.field(description="The region of England or Wales; null where none fits.")
    attendance_at_least: int | None = strawberry.field(
        description="The least number of people that a source reports; null where none does."
    )
    sectors: list[str] = strawberry.field(description="The sectors that a source says were there.")
    topics: list[str] = strawberry.field(description="What it was about.")

    area = row_of(
        models.Area, models.Event.area_id, "The area that its place is in; null where that is not known for sure."
    )
    hosts = many(events.hosts, "Who held it, the first one first.")
    participants = many(
        events.participants, "Whom sources put there, in the order in which they were recorded. Never a full list."
    )
    commitments = many(commitments.of_events, "The commitments that it bears on, by ref.")
    funds = many(funds.of_events, "The funds that it bears on, by name.")
    citations = many(citations.of(models.Citation.event_id), "The sources that report it.")
    discrepancies = many(discrepancies.of(models.Discrepancy.event_id), "Where sources do not agree about it.")


@strawberry.type
class EventQueries:
    event = row_field(Event)
    events = list_field(Event, EventFilter, EventOrder, "With no arguments: all events, by date, the undated last.")
