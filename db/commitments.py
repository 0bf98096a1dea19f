"""Questions about commitments, and the conditions that a list of them can be cut down by."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from db import relations, statuses
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


def leads(session: Session, ids: Sequence[int]) -> dict[int, list[Organisation]]:
    return relations.through(
        session,
        ids,
        col(CommitmentLead.commitment_id),
        col(CommitmentLead.organisation_id),
        Organisation,
        col(CommitmentLead.position),
    )


def led(session: Session, ids: Sequence[int]) -> dict[int, list[Commitment]]:
    """What each organisation leads."""
    return relations.through(
        session, ids, CommitmentLead.organisation_id, CommitmentLead.commitment_id, Commitment, REF
    )


def of_funds(session: Session, ids: Sequence[int]) -> dict[int, list[Commitment]]:
    return relations.through(session, ids, CommitmentFund.fund_id, CommitmentFund.commitment_id, Commitment, REF)


def of_events(session: Session, ids: Sequence[int]) -> dict[int, list[Commitment]]:
    return relations.through(session, ids, CommitmentEvent.event_id, CommitmentEvent.commitment_id, Commitment, REF)


def of_themes(session: Session, ids: Sequence[int]) -> dict[int, list[Commitment]]:
    """The Strategy's own commitments of each theme; what was announced later is not counted among them."""
    own = relations.select_with_key(col(Commitment.theme_id), Commitment).where(
        col(Commitment.theme_id).in_(ids), col(Commitment.origin) == CommitmentOrigin.STRATEGY
    )
    return relations.fetch_lists(session, ids, Commitment, own.order_by(REF), {})


def _linked(owner: Any, target: Any, model: type[Any], slugs: Sequence[str]) -> Condition:
    link = sa.select(owner).join(model, target == model.id).where(model.slug.in_(spellings(slugs)))
    return col(Commitment.id).in_(link)
