"""Filters. A list in a filter means any of its entries; the fields of a filter are combined with "and"."""

import datetime as dt
from functools import partial
from typing import Annotated

import strawberry

from db import (
    areas,
    commitments,
    confirmations,
    events,
    funds,
    organisations,
    people,
    terms,
    vocabulary,
)
from schema.filter_fields import Filter, filter_field, search_in, which

SPELLING = "letter case is ignored, and `facets` lists those that there are."


@strawberry.input(description=which("commitments"))
class CommitmentFilter(Filter):
    origin: list[vocabulary.CommitmentOrigin] | None = filter_field(
        commitments.of_origin,
        "Where they come from: the Strategy's own if left out. `[STRATEGY, LATER]` is all of them.",
        default_factory=lambda: [vocabulary.CommitmentOrigin.STRATEGY],
    )
    ref: list[str] | None = filter_field(commitments.with_ref, "Their refs.")
    identified: bool | None = filter_field(commitments.identified, "Whether a source tells what they are.")
    confidence: list[vocabulary.Confidence] | None = filter_field(commitments.sure, "How sure their origin is.")
    theme: list[str] | None = filter_field(commitments.in_themes, "Theme slugs.")
    status: list[vocabulary.Status] | None = filter_field(
        commitments.with_status, "Their status on the day `asOf`.", by_day=True, work=0.2
    )
    status_group: list[vocabulary.StatusGroup] | None = filter_field(
        commitments.in_groups, "The group of their status on the day `asOf`.", by_day=True, work=0.2
    )
    voice: list[vocabulary.Voice] | None = filter_field(
        commitments.in_voices, "Whose word gives their status on the day `asOf`.", by_day=True, work=0.2
    )
    as_of: dt.date | None = strawberry.field(
        default=None,
        description="The day of status, confirmation and agreement. If left out, that of the `progress` that is"
        " filtered, else that of the record, else today. One later than tomorrow is refused.",
    )
    agreement: list[vocabulary.Agreement] | None = filter_field(
        commitments.with_agreement,
        "How the voices agree on the day `asOf`.",
        by_day=True,
        work=0.4,
        default=None,
        deprecation_reason="Use `confirmation`.",
    )
    government_status: list[vocabulary.Status] | None = filter_field(
        partial(commitments.with_status_by, vocabulary.Side.GOVERNMENT),
        "The status by the government's word on the day `asOf`; NOT_ASSESSED where it has not spoken.",
        by_day=True,
        work=0.2,
    )
    delivery_status: list[vocabulary.Status] | None = filter_field(
        partial(commitments.with_status_by, vocabulary.Side.DELIVERY),
        "The same by the word of those who carry it out.",
        by_day=True,
        work=0.4,
    )
    others_status: list[vocabulary.Status] | None = filter_field(
        partial(commitments.with_status_by, vocabulary.Side.OTHERS),
        "The same by the word of all others.",
        by_day=True,
        work=0.4,
    )
    confirmation: list[vocabulary.Confirmation] | None = filter_field(
        confirmations.with_confirmation,
        "What the other sides say of the government's word on the day `asOf`.",
        by_day=True,
        work=0.25,
    )
    government_alone: bool | None = filter_field(
        confirmations.by_government_alone,
        "Whether the government's latest word on the day `asOf` is its alone.",
        by_day=True,
        work=0.2,
    )
    lead: list[str] | None = filter_field(commitments.led_by, "Slugs of lead organisations.")
    fund: list[str] | None = filter_field(commitments.with_fund, "Slugs of funds tied to them.")
    event: list[str] | None = filter_field(commitments.with_event, "Slugs of events tied to them.")
    area: list[str] | None = filter_field(
        commitments.in_areas,
        "Slugs of areas: an event tied to them was held there or in an area within it, or a fund tied to them gave to a"
        " body there, or such a body leads them.",
        work=0.2,
    )
    document: list[str] | None = filter_field(
        commitments.citing, "Slugs of documents that they, or their status updates, cite.", work=0.1
    )
    has_funds: bool | None = filter_field(commitments.has_funds, "Whether a fund is tied to them.")
    has_events: bool | None = filter_field(commitments.has_events, "Whether an event is tied to them.")
    search: str | None = search_in(
        "title, summary, ref, notes of status updates and names of leads",
        commitments.mentioning,
        related=commitments.WORDS_ABOUT,
    )

    def day(self, day: dt.date) -> dt.date:
        return self.as_of or day


CommitmentFilterArg = Annotated[
    CommitmentFilter | None, strawberry.argument(name="filter", description="Which commitments.")
]


@strawberry.input(description=which("funds"))
class FundFilter(Filter):
    root: bool | None = filter_field(funds.root, "Whether they are no part of another fund.")
    recipient: list[str] | None = filter_field(funds.with_recipient, "Slugs of organisations that received.")
    area: list[str] | None = filter_field(
        funds.given_in,
        "Slugs of areas: a body that stands there, or in an area within it, received from them.",
        work=0.1,
    )
    shared_by: list[vocabulary.AreaKind] | None = filter_field(
        funds.shared_by,
        "Kinds of areas that have shares of them: a body that stands in one received from them, and nothing was"
        " allocated from a fund around them.",
        work=1.0,
    )
    commitment: list[str] | None = filter_field(funds.with_commitment, "Refs of commitments that they serve.")
    document: list[str] | None = filter_field(
        funds.citing, "Slugs of documents that they, statements of their size or their allocations cite.", work=0.1
    )
    state: list[vocabulary.ReconciliationState] | None = filter_field(
        funds.in_state,
        "Whether they add up by the sizes stated by the day `asOf`: by their parts where they have any, else by their"
        " allocations, which have no day.",
        work=1.0,
        by_day=True,
        by_today=True,
    )
    as_of: dt.date | None = strawberry.field(
        default=None,
        description="The day of the state, and of the order by size. If left out, that of the record, else today."
        " One later than tomorrow is refused.",
    )
    search: str | None = search_in(
        "name, note, names of recipients and notes of allocations", funds.mentioning, related=funds.RECIPIENTS
    )

    def day(self, day: dt.date) -> dt.date:
        return self.as_of or day


@strawberry.input(description=which("events"))
class EventFilter(Filter):
    kind: list[vocabulary.EventKind] | None = filter_field(events.of_kind, "What kind of event they were.")
    from_: dt.date | None = filter_field(
        events.since, "The first day. Leaves out events without a date.", default=None, name="from"
    )
    to: dt.date | None = filter_field(events.until, "The last day. Leaves out events without a date.")
    region: list[str] | None = filter_field(events.in_region, f"Regions, such as North East; {SPELLING}")
    area: list[str] | None = filter_field(
        events.in_areas, "Slugs of areas: they were held there, or in an area within it."
    )
    series: list[str] | None = filter_field(events.in_series, f"Series, such as engagement-events; {SPELLING}")
    topic: list[str] | None = filter_field(events.about, f"What they were about; {SPELLING}", work=0.2)
    sector: list[str] | None = filter_field(
        events.with_sector, f"Sectors that a source says were there; {SPELLING}", work=0.2
    )
    host: list[str] | None = filter_field(events.hosted_by, "Slugs of organisations that held them.")
    participant: list[str] | None = filter_field(
        events.attended_by, "Slugs of people or organisations that a source puts there.", work=0.1
    )
    fund: list[str] | None = filter_field(events.with_fund, "Slugs of funds that they bear on.")
    commitment: list[str] | None = filter_field(events.with_commitment, "Refs of commitments that they bear on.")
    document: list[str] | None = filter_field(events.citing, "Slugs of documents that they cite.")
    dated: bool | None = filter_field(events.dated, "Whether a source dates them.")
    search: str | None = search_in(
        "title, venue, place, region and area, names of hosts, names, roles and bodies of participants",
        events.mentioning,
        work=0.6,
        related=events.NAMES,
    )


@strawberry.input(description=which("organisations"))
class OrganisationFilter(Filter):
    kind: list[vocabulary.OrganisationKind] | None = filter_field(organisations.of_kind, "What kind of body they are.")
    role: list[vocabulary.OrganisationRole] | None = filter_field(
        organisations.in_roles, "What they do in this record.", work=0.3
    )
    area: list[str] | None = filter_field(
        organisations.in_areas, "Slugs of areas: they stand there, or in an area within it."
    )
    search: str | None = search_in(
        "the name and those of areas that they stand in", organisations.mentioning, related=organisations.AREAS
    )


@strawberry.input(description=which("allocations"))
class AllocationFilter(Filter):
    fund: list[str] | None = filter_field(funds.from_funds, "Slugs of funds that they are from.")
    recipient: list[str] | None = filter_field(funds.to_recipients, "Slugs of organisations that received.")
    area: list[str] | None = filter_field(
        funds.to_areas, "Slugs of areas: the recipient stands there, or in an area within it."
    )
    document: list[str] | None = filter_field(funds.allocation_citing, "Slugs of documents that they cite.")
    known: bool | None = filter_field(funds.sum_known, "Whether a source gives the sum.")


@strawberry.input(description=which("areas"))
class AreaFilter(Filter):
    kind: list[vocabulary.AreaKind] | None = filter_field(areas.of_kind, "What kind of area they are.")
    within: list[str] | None = filter_field(areas.within, "Slugs of areas that they are, or that they are within.")
    search: str | None = search_in("the name", areas.mentioning)


@strawberry.input(description=which("people"))
class PersonFilter(Filter):
    search: str | None = search_in(
        "the name, and the roles and bodies for which sources name them,", people.mentioning, related=people.ROLES
    )


@strawberry.input(description=which("terms"))
class TermFilter(Filter):
    search: str | None = search_in("name and meaning", terms.mentioning)
