"""Filters. A list in a filter means any of its entries; the fields of a filter are combined with "and"."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

import strawberry
from strawberry.types import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from db import (
    areas,
    commitments,
    confirmations,
    discrepancies,
    documents,
    events,
    evidence,
    funds,
    organisations,
    people,
    statuses,
    vocabulary,
)
from db.columns import Condition
from db.conditions import RelatedText
from db.models.base import Base
from db.text import WORDS, words
from schema.cost import ROW_CONDITION_COST, Scan
from schema.errors import TooMuch

F = TypeVar("F", bound="Filter")
# Where the metadata of a field of a filter has its condition.
CONDITION = "condition"


@dataclass(frozen=True)
class FilterCondition:
    """The condition that a field of a filter stands for, and its cost for each row."""

    condition: Callable[..., Condition]
    work: float
    by_day: bool
    by_today: bool
    # Other tables whose rows it looks at.
    related: frozenset[type[Base]]

    def build(self, value: object, day: dt.date, today: dt.date) -> Condition:
        return self.condition(value, *([day] if self.by_day else []), *([today] if self.by_today else []))


class Filter:
    """Each field with a value adds a condition; the others are null."""

    def conditions(self, day: dt.date, today: dt.date) -> list[Condition]:
        """`day` is that of conditions that depend on a day, unless the filter has its own."""
        values = [(condition, getattr(self, name)) for name, condition in _conditions(type(self)).items()]
        return [condition.build(value, self.day(day), today) for condition, value in values if value is not None]

    def day(self, day: dt.date) -> dt.date:
        return day


def filter_scan(
    model: type[Base], filter_type: type[Filter], orders: Mapping[str, float] = MappingProxyType({})
) -> Scan:
    """What it costs to read the rows of a table by a filter, and by orders whose costs for each row are given."""
    entries = {to_camel_case(name).rstrip("_"): condition for name, condition in _conditions(filter_type).items()}
    work = {name: condition.work for name, condition in entries.items()}
    return Scan(model, {**work, **orders}, {name: condition.related for name, condition in entries.items()})


def _conditions(filter_type: type[Filter]) -> dict[str, FilterCondition]:
    fields = get_object_definition(filter_type, strict=True).fields
    return {field.python_name: field.metadata[CONDITION] for field in fields if CONDITION in field.metadata}


def filter_field(
    condition: Callable[..., Condition],
    description: str,
    *,
    work: float = ROW_CONDITION_COST,
    by_day: bool = False,
    by_today: bool = False,
    related: Sequence[RelatedText] = (),
    **options: Any,
) -> Any:
    """A field of a filter. With `by_day` its condition depends on a day, with `by_today` on today, too."""
    options = options or {"default": None}
    models = frozenset(model for text in related for model in text.models)
    entry = FilterCondition(condition, work, by_day, by_today, models)
    return strawberry.field(description=description, metadata={CONDITION: entry}, **options)


def search_in(
    columns: str, condition: Callable[..., Condition], work: float = 0.4, related: Sequence[RelatedText] = ()
) -> Any:
    def holds(search: str) -> Condition:
        parts = words(search)
        if len(parts) > WORDS:
            message = f"A search may have {WORDS} words; this one has {len(parts)}."
            raise TooMuch("BAD_USER_INPUT", message, allowed=WORDS, asked=len(parts))
        return condition(parts)

    return filter_field(
        holds,
        f"At most {WORDS} words that {columns} must have together, in any order, letter case ignored. It does not"
        " matter which quotes and dashes are typed; a word without accents finds those with them, too.",
        work=work,
        related=related,
    )


@strawberry.input(description="Which commitments a list has.")
class CommitmentFilter(Filter):
    origin: list[vocabulary.CommitmentOrigin] | None = filter_field(
        commitments.of_origin,
        "Where they come from: the Strategy's own if left out, all if null.",
        default_factory=lambda: [vocabulary.CommitmentOrigin.STRATEGY],
    )
    identified: bool | None = filter_field(commitments.identified, "Whether a source tells what they are.")
    theme: list[str] | None = filter_field(commitments.in_themes, "Theme slugs.")
    status: list[vocabulary.Status] | None = filter_field(
        commitments.with_status, "Their status on the day `asOf`.", by_day=True, work=0.2
    )
    status_group: list[vocabulary.StatusGroup] | None = filter_field(
        commitments.in_groups, "The group of their status on the day `asOf`.", by_day=True, work=0.2
    )
    as_of: dt.date | None = strawberry.field(
        default=None,
        description="The day of status, confirmation and agreement. If left out, that of the `progress` that is"
        " filtered, else that of the record, else today.",
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


@strawberry.input(description="Which status updates a list has.")
class StatusUpdateFilter(Filter):
    voice: list[vocabulary.Voice] | None = filter_field(evidence.in_voices, "Whose word they are.")
    commitment: list[str] | None = filter_field(evidence.about, "Refs of the commitments that they speak of.")
    theme: list[str] | None = filter_field(evidence.in_themes, "Slugs of the themes of these commitments.")
    fund: list[str] | None = filter_field(evidence.with_fund, "Slugs of funds tied to these commitments.")
    organisation: list[str] | None = filter_field(
        evidence.concerning,
        "Slugs of organisations that lead these commitments, or that published the source.",
        work=0.3,
    )

    def conditions(self, day: dt.date, today: dt.date) -> list[Condition]:
        """Only what is in force on the day of the record."""
        return [*statuses.in_force(day), *super().conditions(day, today)]


@strawberry.input(description="Which funds a list has.")
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
        description="The day of the state, and of the order by size. If left out, that of the record, else today.",
    )
    search: str | None = search_in(
        "name, note, names of recipients and notes of allocations", funds.mentioning, related=funds.RECIPIENTS
    )

    def day(self, day: dt.date) -> dt.date:
        return self.as_of or day


@strawberry.input(description="Which events a list has.")
class EventFilter(Filter):
    kind: list[vocabulary.EventKind] | None = filter_field(events.of_kind, "What kind of event they were.")
    from_: dt.date | None = filter_field(
        events.since, "The first day. Leaves out events without a date.", default=None, name="from"
    )
    to: dt.date | None = filter_field(events.until, "The last day. Leaves out events without a date.")
    region: list[str] | None = filter_field(events.in_region, "Regions, such as North East.")
    area: list[str] | None = filter_field(
        events.in_areas, "Slugs of areas: they were held there, or in an area within it."
    )
    series: list[str] | None = filter_field(events.in_series, "Series, such as engagement-events.")
    commitment: list[str] | None = filter_field(events.with_commitment, "Refs of commitments that they bear on.")
    dated: bool | None = filter_field(events.dated, "Whether a source dates them.")
    search: str | None = search_in(
        "title, venue, place, region and area, names of hosts, names, roles and bodies of participants",
        events.mentioning,
        work=0.6,
        related=events.NAMES,
    )


@strawberry.input(description="Which organisations a list has.")
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


@strawberry.input(description="Which allocations a list has.")
class AllocationFilter(Filter):
    fund: list[str] | None = filter_field(funds.from_funds, "Slugs of funds that they are from.")
    recipient: list[str] | None = filter_field(funds.to_recipients, "Slugs of organisations that received.")
    area: list[str] | None = filter_field(
        funds.to_areas, "Slugs of areas: the recipient stands there, or in an area within it."
    )
    known: bool | None = filter_field(funds.sum_known, "Whether a source gives the sum.")


@strawberry.input(description="Which areas a list has.")
class AreaFilter(Filter):
    kind: list[vocabulary.AreaKind] | None = filter_field(areas.of_kind, "What kind of area they are.")
    within: list[str] | None = filter_field(areas.within, "Slugs of areas that they are, or that they are within.")
    search: str | None = search_in("the name", areas.mentioning)


@strawberry.input(description="Which people a list has.")
class PersonFilter(Filter):
    search: str | None = search_in(
        "the name, and the roles and bodies for which sources name them,", people.mentioning, related=people.ROLES
    )


@strawberry.input(description="Which documents a list has.")
class DocumentFilter(Filter):
    kind: list[vocabulary.DocumentKind] | None = filter_field(documents.of_kind, "What part they play.")
    read_in_part: bool | None = filter_field(
        documents.read_in_part, "Whether it is on record that only a part of them was read."
    )
    publisher: list[str] | None = filter_field(documents.published_by, "Slugs of organisations that issued them.")
    search: str | None = search_in(
        "title, original title and note, and the names of publishers and of sites of copies,",
        documents.mentioning,
        related=documents.NAMES,
    )


@strawberry.input(description="Which discrepancies a list has.")
class DiscrepancyFilter(Filter):
    kind: list[vocabulary.DiscrepancyKind] | None = filter_field(
        discrepancies.of_kind, "What the sources disagree about."
    )
    state: list[vocabulary.DiscrepancyState] | None = filter_field(discrepancies.in_state, "What came of it.")
