"""Events: what happened on a day, who held it and who was there."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from db import citations, commitments, discrepancies, events, funds, models
from db.vocabulary import DatePrecision, EventKind
from schema.cohort import Member, shapes
from schema.node import Node, global_id, many, node_of, row_of

if TYPE_CHECKING:
    from schema.citations import Citation
    from schema.commitments import Commitment
    from schema.discrepancies import Discrepancy
    from schema.funds import Fund
    from schema.organisations import Organisation


@shapes(models.Participant)
@strawberry.type(description="Somebody whom a source puts at an event.")
class Participant(Member):
    organisation_key: strawberry.Private[int | None]
    name: str = strawberry.field(description="The person, or the body where no person is named.")
    role: str | None = strawberry.field(description="In what role, as the source gives it.")

    organisation: Annotated["Organisation", strawberry.lazy("schema.organisations")] | None = row_of(
        models.Organisation, "organisation_key", "The body that they came from; null where the tracker holds none."
    )

    @classmethod
    def from_row(cls, row: models.Participant) -> Self:
        return cls(organisation_key=row.organisation_id, name=row.name, role=row.role)


@node_of(models.Event, models.Event.slug)
@strawberry.type(description="Something that happened, as sources report it.")
class Event(Node):
    key: strawberry.Private[int]
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

    hosts: list[Annotated["Organisation", strawberry.lazy("schema.organisations")]] = many(
        events.hosts,
        "Who held it, the first one first.",
        owner=models.EventHost.event_id,
        target=models.EventHost.organisation_id,
    )
    participants: list[Participant] = many(
        events.participants,
        "Whom sources put there, in the order in which they were recorded. Never a full list.",
        owner=models.Participant.event_id,
    )
    commitments: list[Annotated["Commitment", strawberry.lazy("schema.commitments")]] = many(
        commitments.of_events,
        "The commitments that it bears on, by ref.",
        owner=models.CommitmentEvent.event_id,
        target=models.CommitmentEvent.commitment_id,
    )
    funds: list[Annotated["Fund", strawberry.lazy("schema.funds")]] = many(
        funds.of_events,
        "The funds that it bears on, by name.",
        owner=models.EventFund.event_id,
        target=models.EventFund.fund_id,
    )
    citations: list[Annotated["Citation", strawberry.lazy("schema.citations")]] = many(
        citations.of, "The sources that report it.", models.Citation.event_id
    )
    discrepancies: list[Annotated["Discrepancy", strawberry.lazy("schema.discrepancies")]] = many(
        discrepancies.of, "Where sources do not agree about it.", models.Discrepancy.event_id
    )

    @classmethod
    def from_row(cls, row: models.Event) -> Self:
        return cls(
            id=global_id("Event", row.slug),
            key=row.id,
            slug=row.slug,
            title=row.title,
            kind=row.kind,
            date=row.held_on,
            precision=row.precision,
            date_note=row.date_note,
            series=row.series,
            venue=row.venue,
            place=row.place,
            region=row.region,
            attendance_at_least=row.attendance_at_least,
            sectors=row.sectors,
            topics=row.topics,
        )
