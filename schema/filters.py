"""Filters. A list in a filter means any of its entries; the fields of a filter are combined with "and"."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated

import strawberry

from db import commitments, discrepancies, documents, events, funds, organisations
from db.columns import Condition
from db.text import WORDS, words
from db.vocabulary import (
    Agreement,
    CommitmentOrigin,
    DiscrepancyKind,
    DiscrepancyState,
    DocumentKind,
    EventKind,
    OrganisationKind,
    ReconciliationState,
    Status,
    StatusGroup,
)
from schema.cost import Scan, costs, every
from schema.errors import TooMuch

SEARCH = (
    f"At most {WORDS} words looked for in {{}}, in any order, letter case ignored. It does not matter which quotes and"
    " dashes are typed; a word without accents finds those with them, too."
)


def search_words(search: str | None) -> list[str] | None:
    """The words of a search; raises when they are too many."""
    if search is None:
        return None
    parts = words(search)
    if len(parts) > WORDS:
        message = f"A search may have {WORDS} words; this one has {len(parts)}."
        raise TooMuch("BAD_USER_INPUT", message, allowed=WORDS, asked=len(parts))
    return parts


# The cost of conditions and orders that need more than the row itself, for each row.
WORK = {
    "commitments": {
        "status": 0.2, "statusGroup": 0.2, "agreement": 0.4, "search": 0.4, "STATUS": 0.2, "LAST_EVIDENCE": 0.2,
        "TITLE": 0.1,
    },
    "funds": {"state": 1.0, "search": 0.4, "AMOUNT": 0.4, "NAME": 0.1},
    "events": {"search": 0.6, "TITLE": 0.1},
    "organisations": {"search": 0.4},
    "documents": {"search": 0.4},
    "discrepancies": dict[str, float](),
}  # fmt: skip


def list_cost(name: str, model: type) -> dict[object, object]:
    """The cost of a list of all rows of a table, with its filter and its order."""
    return costs(every(model), Scan(model, WORK[name]), paged=True)


def conditions_from(*entries: tuple[object, Callable[..., Condition], *tuple[object, ...]]) -> list[Condition]:
    """The conditions of those entries of a filter that have a value: each is the value, the condition that it goes
    into, and its further arguments."""
    return [condition(value, *rest) for value, condition, *rest in entries if value is not None]


@strawberry.input(description="Which commitments a list has.")
class CommitmentFilter:
    origin: list[CommitmentOrigin] | None = strawberry.field(
        default_factory=lambda: [CommitmentOrigin.STRATEGY],
        description="Where they come from: the Strategy's own if left out, all if null.",
    )
    identified: bool | None = strawberry.field(default=None, description="Whether a source tells what they are.")
    theme: list[str] | None = strawberry.field(default=None, description="Theme slugs.")
    status: list[Status] | None = strawberry.field(default=None, description="Their status on the day `asOf`.")
    status_group: list[StatusGroup] | None = strawberry.field(
        default=None, description="The group of their status on the day `asOf`."
    )
    as_of: dt.date | None = strawberry.field(
        default=None,
        description="The day on which status and agreement are judged. If left out, that of the `progress` that it is"
        " for, else today.",
    )
    agreement: list[Agreement] | None = strawberry.field(
        default=None, description="How the voices agree on the day `asOf`."
    )
    lead: list[str] | None = strawberry.field(default=None, description="Slugs of lead organisations.")
    fund: list[str] | None = strawberry.field(default=None, description="Slugs of funds tied to them.")
    event: list[str] | None = strawberry.field(default=None, description="Slugs of events tied to them.")
    has_funds: bool | None = strawberry.field(default=None, description="Whether a fund is tied to them.")
    has_events: bool | None = strawberry.field(default=None, description="Whether an event is tied to them.")
    search: str | None = strawberry.field(default=None, description=SEARCH.format("title and summary"))

    def conditions(self, today: dt.date) -> list[Condition]:
        day = self.as_of or today
        return conditions_from(
            (self.origin, commitments.of_origin),
            (self.identified, commitments.identified),
            (self.theme, commitments.in_themes),
            (self.status, commitments.with_status, day),
            (self.status_group, commitments.in_groups, day),
            (self.agreement, commitments.with_agreement, day),
            (self.lead, commitments.led_by),
            (self.fund, commitments.with_fund),
            (self.event, commitments.with_event),
            (self.has_funds, commitments.has_funds),
            (self.has_events, commitments.has_events),
            (search_words(self.search), commitments.mentioning),
        )


CommitmentFilterArg = Annotated[
    CommitmentFilter | None, strawberry.argument(name="filter", description="Which commitments.")
]


@strawberry.input(description="Which funds a list has.")
class FundFilter:
    root: bool | None = strawberry.field(default=None, description="Whether they are no part of another fund.")
    recipient: list[str] | None = strawberry.field(default=None, description="Slugs of organisations that received.")
    commitment: list[str] | None = strawberry.field(default=None, description="Refs of commitments that they serve.")
    state: list[ReconciliationState] | None = strawberry.field(
        default=None, description="Whether they add up, on the basis used unless told otherwise."
    )
    search: str | None = strawberry.field(default=None, description=SEARCH.format("name and note"))

    def conditions(self) -> list[Condition]:
        return conditions_from(
            (self.root, funds.root),
            (self.recipient, funds.with_recipient),
            (self.commitment, funds.with_commitment),
            (self.state, funds.in_state),
            (search_words(self.search), funds.mentioning),
        )


@strawberry.input(description="Which events a list has.")
class EventFilter:
    kind: list[EventKind] | None = strawberry.field(default=None, description="What kind of event they were.")
    from_: dt.date | None = strawberry.field(
        default=None, name="from", description="The first day. Leaves out events without a date."
    )
    to: dt.date | None = strawberry.field(default=None, description="The last day. Leaves out events without a date.")
    region: list[str] | None = strawberry.field(default=None, description="Regions, such as North East.")
    series: list[str] | None = strawberry.field(default=None, description="Series, such as engagement-events.")
    commitment: list[str] | None = strawberry.field(default=None, description="Refs of commitments that they bear on.")
    dated: bool | None = strawberry.field(default=None, description="Whether a source dates them.")
    search: str | None = strawberry.field(default=None, description=SEARCH.format("title, venue, place and region"))

    def conditions(self) -> list[Condition]:
        return conditions_from(
            (self.kind, events.of_kind),
            (self.from_, events.since),
            (self.to, events.until),
            (self.region, events.in_region),
            (self.series, events.in_series),
            (self.commitment, events.with_commitment),
            (self.dated, events.dated),
            (search_words(self.search), events.mentioning),
        )


@strawberry.input(description="Which organisations a list has.")
class OrganisationFilter:
    kind: list[OrganisationKind] | None = strawberry.field(default=None, description="What kind of body they are.")
    search: str | None = strawberry.field(default=None, description=SEARCH.format("the name"))

    def conditions(self) -> list[Condition]:
        return conditions_from(
            (self.kind, organisations.of_kind), (search_words(self.search), organisations.mentioning)
        )


@strawberry.input(description="Which documents a list has.")
class DocumentFilter:
    kind: list[DocumentKind] | None = strawberry.field(default=None, description="What part they play.")
    publisher: list[str] | None = strawberry.field(default=None, description="Slugs of organisations that issued them.")
    search: str | None = strawberry.field(default=None, description=SEARCH.format("title and note"))

    def conditions(self) -> list[Condition]:
        return conditions_from(
            (self.kind, documents.of_kind),
            (self.publisher, documents.published_by),
            (search_words(self.search), documents.mentioning),
        )


@strawberry.input(description="Which discrepancies a list has.")
class DiscrepancyFilter:
    kind: list[DiscrepancyKind] | None = strawberry.field(default=None, description="What the sources disagree about.")
    state: list[DiscrepancyState] | None = strawberry.field(default=None, description="What came of it.")

    def conditions(self) -> list[Condition]:
        return conditions_from((self.kind, discrepancies.of_kind), (self.state, discrepancies.in_state))
