"""Questions about commitments, and the conditions that a list of them can be cut down by."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db import statuses
from db.columns import Condition
from db.models import (
    Commitment,
    CommitmentEvent,
    CommitmentFund,
    CommitmentLead,
    Event,
    Fund,
    Organisation,
    Theme,
)
from db.natural_keys import spellings
from db.paging import Order
from db.relations import Relation
from db.text import contains_words
from db.vocabulary import GROUP_OF, Agreement, CommitmentOrigin, Status, StatusGroup

REF = col(Commitment.ref)


def of_origin(origins: Sequence[CommitmentOrigin]) -> Condition:
    return col(Commitment.origin).in_(origins)


def identified(wanted: bool) -> Condition:
    return col(Commitment.identified).is_(wanted)


def in_themes(slugs: Sequence[str]) -> Condition:
    return col(Commitment.theme_id).in_(sa.select(col(Theme.id)).where(col(Theme.slug).in_(spellings(slugs))))


def with_status(wanted: Sequence[Status], as_of: dt.date) -> Condition:
    return statuses.status(as_of).in_([word.value for word in wanted])


def in_groups(groups: Sequence[StatusGroup], as_of: dt.date) -> Condition:
    return with_status([word for word in Status if GROUP_OF[word] in groups], as_of)


def with_agreement(wanted: Sequence[Agreement], as_of: dt.date) -> Condition:
    return statuses.agreement(as_of).in_([word.value for word in wanted])


def led_by(slugs: Sequence[str]) -> Condition:
    return _linked(col(CommitmentLead.commitment_id), col(CommitmentLead.organisation_id), Organisation, slugs)


def with_fund(slugs: Sequence[str]) -> Condition:
    return _linked(col(CommitmentFund.commitment_id), col(CommitmentFund.fund_id), Fund, slugs)


def with_event(slugs: Sequence[str]) -> Condition:
    return _linked(col(CommitmentEvent.commitment_id), col(CommitmentEvent.event_id), Event, slugs)


def has_funds(wanted: bool) -> Condition:
    found = sa.exists().where(col(CommitmentFund.commitment_id) == col(Commitment.id))
    return found if wanted else ~found


def has_events(wanted: bool) -> Condition:
    found = sa.exists().where(col(CommitmentEvent.commitment_id) == col(Commitment.id))
    return found if wanted else ~found


def mentioning(words: Sequence[str]) -> Condition:
    return contains_words(words, col(Commitment.search_text))


def by_ref(*, descending: bool = False) -> Order:
    return Order((REF,), descending)


def by_title(*, descending: bool = False) -> Order:
    return Order((col(Commitment.sort_text), REF), descending)


def by_status(as_of: dt.date, *, descending: bool = False) -> Order:
    return Order((statuses.position(statuses.status(as_of)), REF), descending)


def by_last_evidence(as_of: dt.date, *, descending: bool = False) -> Order:
    """Those without evidence come first, ascending."""
    return Order((sa.func.coalesce(statuses.last_evidence(as_of), dt.date.min), REF), descending)


leads = Relation(
    Organisation,
    col(CommitmentLead.commitment_id),
    col(CommitmentLead.position),
    target=col(CommitmentLead.organisation_id),
)
# What each organisation leads.
led = Relation(Commitment, CommitmentLead.organisation_id, REF, target=CommitmentLead.commitment_id)
of_funds = Relation(Commitment, CommitmentFund.fund_id, REF, target=CommitmentFund.commitment_id)
of_events = Relation(Commitment, CommitmentEvent.event_id, REF, target=CommitmentEvent.commitment_id)


# The Strategy's own commitments of each theme; those announced later are not among them.
of_themes = Relation(
    Commitment, col(Commitment.theme_id), REF, where=[col(Commitment.origin) == CommitmentOrigin.STRATEGY]
)


def _linked(owner: Any, target: Any, model: type[Any], slugs: Sequence[str]) -> Condition:
    link = sa.select(owner).join(model, target == model.id).where(model.slug.in_(spellings(slugs)))
    return col(Commitment.id).in_(link)
