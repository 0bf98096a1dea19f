"""Questions about events: when, where, who hosted them and who took part."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache, partial

import sqlalchemy as sa
from sqlmodel import Session, col

from db.answer_cache import cache_answers
from db.columns import Condition
from db.conditions import RelatedText, contains_words, has_entry, has_value, linked_to, one_of, same_text
from db.models import Area, Citation, CommitmentEvent, Event, EventFund, EventHost, Organisation, Participant
from db.paging import Order
from db.relations import Relation
from db.statements import KEYS, Statement, among
from db.statuses import AS_OF, Day
from db.within import stands, tree

# Events without a date come last, ascending.
DATE = sa.func.coalesce(col(Event.held_on), dt.date.max)
SLUG = col(Event.slug)

of_kind = partial(one_of, Event.kind)
in_region = partial(same_text, Event.region)
in_series = partial(same_text, Event.series)
about = partial(has_entry, Event.topics)
with_sector = partial(has_entry, Event.sectors)
hosted_by = partial(linked_to, EventHost.event_id, EventHost.organisation_id)
with_fund = partial(linked_to, EventFund.event_id, EventFund.fund_id)
with_commitment = partial(linked_to, CommitmentEvent.event_id, CommitmentEvent.commitment_id)
citing = partial(linked_to, Citation.event_id, Citation.document_id)
in_areas = partial(stands, Event.area_id)
dated = partial(has_value, Event.held_on)
# The names of hosts, of participants with their roles and bodies, and of areas.
NAMES = (
    RelatedText(Event.id, EventHost.event_id, Organisation.search_text, EventHost.organisation_id),
    RelatedText(Event.id, Participant.event_id, Participant.search_text),
    RelatedText(Event.id, Participant.event_id, Organisation.search_text, Participant.organisation_id),
    RelatedText(Event.area_id, Area.id, Area.search_text),
)
mentioning = partial(contains_words, Event.search_text, related=NAMES)
by_date = partial(Order, (DATE, SLUG))
by_title = partial(Order, (col(Event.sort_text), SLUG))

hosts = Relation(Organisation, EventHost.event_id, EventHost.position, target=EventHost.organisation_id)
participants = Relation(Participant, Participant.event_id, Participant.position)
# The events that each organisation hosted.
hosted = Relation(Event, EventHost.organisation_id, DATE, target=EventHost.event_id)
of_commitments = Relation(Event, CommitmentEvent.commitment_id, DATE, target=CommitmentEvent.event_id)
of_funds = Relation(Event, EventFund.fund_id, DATE, target=EventFund.event_id)
of_areas = Relation(Event, Event.area_id, DATE)


def since(day: dt.date) -> Condition:
    return col(Event.held_on) >= day


def until(day: Day) -> Condition:
    return col(Event.held_on) <= day


def attended_by(slugs: Sequence[str]) -> Condition:
    """Whether a source puts a person or a body with one of these slugs there."""
    by_person = linked_to(Participant.event_id, Participant.person_id, slugs)
    return by_person | linked_to(Participant.event_id, Participant.organisation_id, slugs)


@cache_answers
def count_within(session: Session, ids: Sequence[int], as_of: dt.date) -> dict[int, int]:
    """How many events were held in each area, or in one within it, by `as_of`; those without a date count, too."""
    rows = _count_within().ask(session, {"ids": ids, "as_of": as_of})
    return dict.fromkeys(ids, 0) | dict(rows)


@lru_cache
def _count_within() -> Statement:
    areas = tree(among(col(Area.id), KEYS))
    query = (
        sa.select(areas.c.root_id, sa.func.count())
        .join(Event, col(Event.area_id) == areas.c.area_id)
        .where(col(Event.held_on).is_(None) | until(AS_OF))
        .group_by(areas.c.root_id)
    )
    return Statement(query)
