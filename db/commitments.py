"""Questions about commitments, and the conditions that narrow a list of them."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

import sqlalchemy as sa
from sqlmodel import col

from db import statuses
from db.columns import Condition
from db.conditions import RelatedText, contains_words, has_link, linked_to, one_of, references
from db.models import (
    Allocation,
    Citation,
    Commitment,
    CommitmentEvent,
    CommitmentFund,
    CommitmentLead,
    Event,
    Organisation,
    StatusUpdate,
)
from db.natural_keys import spellings
from db.paging import Order
from db.relations import Relation
from db.vocabulary import GROUP_OF, Agreement, CommitmentOrigin, Side, Status, StatusGroup, Voice
from db.within import has_body, stands

REF = col(Commitment.ref)
OWN = col(Commitment.origin) == CommitmentOrigin.STRATEGY

of_origin = partial(one_of, Commitment.origin)
sure = partial(one_of, Commitment.confidence)
in_themes = partial(references, Commitment.theme_id)
led_by = partial(linked_to, CommitmentLead.commitment_id, CommitmentLead.organisation_id)
with_fund = partial(linked_to, CommitmentFund.commitment_id, CommitmentFund.fund_id)
with_event = partial(linked_to, CommitmentEvent.commitment_id, CommitmentEvent.event_id)
has_funds = partial(has_link, CommitmentFund.commitment_id)
has_events = partial(has_link, CommitmentEvent.commitment_id)
# What status updates say, and the names of leads.
WORDS_ABOUT = (
    RelatedText(Commitment.id, StatusUpdate.commitment_id, StatusUpdate.search_text),
    RelatedText(Commitment.id, CommitmentLead.commitment_id, Organisation.search_text, CommitmentLead.organisation_id),
)
mentioning = partial(contains_words, Commitment.search_text, related=WORDS_ABOUT)
by_ref = partial(Order, (REF,))
by_title = partial(Order, (col(Commitment.sort_text), REF))

leads = Relation(
    Organisation, CommitmentLead.commitment_id, CommitmentLead.position, target=CommitmentLead.organisation_id
)
# The commitments that each organisation leads.
led = Relation(Commitment, CommitmentLead.organisation_id, REF, target=CommitmentLead.commitment_id)
of_funds = Relation(Commitment, CommitmentFund.fund_id, REF, target=CommitmentFund.commitment_id)
of_events = Relation(Commitment, CommitmentEvent.event_id, REF, target=CommitmentEvent.commitment_id)
# The Strategy's own commitments of each theme; those announced later are not among them.
of_themes = Relation(Commitment, Commitment.theme_id, REF, where=[OWN])


def with_ref(refs: Sequence[str]) -> Condition:
    return REF.in_(spellings(refs))


def citing(documents: Sequence[str]) -> Condition:
    """Whether it cites one of these documents, or one of its status updates does."""
    updates = sa.select(col(StatusUpdate.commitment_id)).where(
        linked_to(Citation.status_update_id, Citation.document_id, documents)
    )
    return linked_to(Citation.commitment_id, Citation.document_id, documents) | col(Commitment.id).in_(updates)


def identified(wanted: bool) -> Condition:
    return col(Commitment.identified).is_(wanted)


def in_areas(areas: Sequence[str]) -> Condition:
    """Whether an event tied to it was held there, a fund tied to it gave to a body there, or such a body leads it."""
    held = sa.select(col(Event.id)).where(stands(Event.area_id, areas))
    gave = sa.select(col(Allocation.fund_id)).where(has_body(Allocation.recipient_id, areas))
    ties = (
        sa.select(col(CommitmentEvent.commitment_id)).where(col(CommitmentEvent.event_id).in_(held)),
        sa.select(col(CommitmentFund.commitment_id)).where(col(CommitmentFund.fund_id).in_(gave)),
        sa.select(col(CommitmentLead.commitment_id)).where(has_body(CommitmentLead.organisation_id, areas)),
    )
    return sa.or_(*(col(Commitment.id).in_(tie) for tie in ties))


def with_status(wanted: Sequence[Status], as_of: dt.date) -> Condition:
    return statuses.status(as_of).in_([status.value for status in wanted])


def in_voices(voices: Sequence[Voice], as_of: dt.date) -> Condition:
    return statuses.voice(as_of).in_(voices)


def with_status_by(side: Side, wanted: Sequence[Status], as_of: dt.date) -> Condition:
    return statuses.status(as_of, sides=[side]).in_([status.value for status in wanted])


def in_groups(groups: Sequence[StatusGroup], as_of: dt.date) -> Condition:
    return with_status([status for status in Status if GROUP_OF[status] in groups], as_of)


def with_agreement(wanted: Sequence[Agreement], as_of: dt.date) -> Condition:
    return statuses.agreement(as_of).in_([agreement.value for agreement in wanted])


def by_status(as_of: dt.date, *, descending: bool = False) -> Order:
    return Order((statuses.position(statuses.status(as_of)), REF), descending)


def by_last_evidence(as_of: dt.date, *, descending: bool = False) -> Order:
    """Those without evidence come first, ascending."""
    return Order((sa.func.coalesce(statuses.last_evidence(as_of), dt.date.min), REF), descending)
