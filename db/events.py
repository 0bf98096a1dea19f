"""Questions about events: when, where, who held them and who was there."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from db.columns import Condition
from db.models import Commitment, CommitmentEvent, Event, EventFund, EventHost, Organisation, Participant
from db.natural_keys import spellings
from db.paging import Order
from db.relations import Relation
from db.text import contains_words
from db.vocabulary import EventKind

# Events without a date come last, ascending.
DATE = sa.func.coalesce(col(Event.held_on), dt.date.max)
SLUG = col(Event.slug)


def of_kind(kinds: Sequence[EventKind]) -> Condition:
    return col(Event.kind).in_(kinds)


def since(day: dt.date) -> Condition:
    return col(Event.held_on) >= day


def until(day: dt.date) -> Condition:
    return col(Event.held_on) <= day


def in_region(regions: Sequence[str]) -> Condition:
    return col(Event.region).in_(regions)


def in_series(series: Sequence[str]) -> Condition:
    return col(Event.series).in_(spellings(series))


def with_commitment(refs: Sequence[str]) -> Condition:
    found = sa.select(col(CommitmentEvent.event_id)).join(
        Commitment, col(Commitment.id) == col(CommitmentEvent.commitment_id)
    )
    return col(Event.id).in_(found.where(col(Commitment.ref).in_(spellings(refs))))


def dated(wanted: bool) -> Condition:
    return col(Event.held_on).is_not(None) if wanted else col(Event.held_on).is_(None)


def mentioning(words: Sequence[str]) -> Condition:
    return contains_words(words, col(Event.search_text))


def by_date(*, descending: bool = False) -> Order:
    return Order((DATE, SLUG), descending)


def by_title(*, descending: bool = False) -> Order:
    return Order((col(Event.sort_text), SLUG), descending)


hosts = Relation(Organisation, EventHost.event_id, EventHost.position, target=EventHost.organisation_id)
participants = Relation(Participant, col(Participant.event_id), col(Participant.position))
# What each organisation hosted.
hosted = Relation(Event, EventHost.organisation_id, DATE, target=EventHost.event_id)
of_commitments = Relation(Event, CommitmentEvent.commitment_id, DATE, target=CommitmentEvent.event_id)
of_funds = Relation(Event, EventFund.fund_id, DATE, target=EventFund.event_id)
