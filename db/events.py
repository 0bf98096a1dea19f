"""Questions about events: when, where, who held them and who was there."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from db import relations
from db.columns import Condition
from db.models import Commitment, CommitmentEvent, Event, EventFund, EventHost, Organisation, Participant
from db.natural_keys import spellings
from db.paging import Order
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


def hosts(session: Session, ids: Sequence[int]) -> dict[int, list[Organisation]]:
    return relations.through(
        session, ids, EventHost.event_id, EventHost.organisation_id, Organisation, EventHost.position
    )


def participants(session: Session, ids: Sequence[int]) -> dict[int, list[Participant]]:
    return relations.children(session, ids, col(Participant.event_id), col(Participant.position))


def hosted(session: Session, ids: Sequence[int]) -> dict[int, list[Event]]:
    """What each organisation hosted."""
    return relations.through(session, ids, EventHost.organisation_id, EventHost.event_id, Event, DATE)


def of_commitments(session: Session, ids: Sequence[int]) -> dict[int, list[Event]]:
    return relations.through(session, ids, CommitmentEvent.commitment_id, CommitmentEvent.event_id, Event, DATE)


def of_funds(session: Session, ids: Sequence[int]) -> dict[int, list[Event]]:
    return relations.through(session, ids, EventFund.fund_id, EventFund.event_id, Event, DATE)
