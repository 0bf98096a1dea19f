"""The values that filters of events take, each with the number of events that have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from db.answer_cache import cache_answers
from db.columns import Column, Condition, entries
from db.forms import statement_of
from db.models import Event, EventFund, EventHost, Fund, Organisation, Participant, Person


class EventFacet(StrEnum):
    """By the names of the filters."""

    REGION = "region"
    SERIES = "series"
    TOPIC = "topic"
    SECTOR = "sector"
    HOST = "host"
    PARTICIPANT = "participant"
    FUND = "fund"


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int


TEXTS: dict[EventFacet, Column] = {EventFacet.REGION: Event.region, EventFacet.SERIES: Event.series}
LISTS: dict[EventFacet, Column] = {EventFacet.TOPIC: Event.topics, EventFacet.SECTOR: Event.sectors}
# The tables whose rows are values, each with the two foreign keys that tie them to events.
ROWS: dict[EventFacet, list[tuple[Any, Column, Column]]] = {
    EventFacet.HOST: [(Organisation, EventHost.event_id, EventHost.organisation_id)],
    EventFacet.PARTICIPANT: [
        (Person, Participant.event_id, Participant.person_id),
        (Organisation, Participant.event_id, Participant.organisation_id),
    ],
    EventFacet.FUND: [(Fund, EventFund.event_id, EventFund.fund_id)],
}


@cache_answers
def of_events(session: Session, facet: EventFacet, where: Sequence[Condition], most: int) -> list[FacetValue]:
    """At most so many values of a facet among the events that meet the conditions, the most frequent first."""
    statement, params = statement_of(_of_events, where, args=(facet,))
    return [FacetValue(*values) for values in statement.ask(session, {**params, "limit": most})]


def _of_events(where: Sequence[Condition], facet: EventFacet) -> sa.Select[*tuple[Any, ...]]:
    if facet in TEXTS:
        each = _texts(TEXTS[facet], where).subquery()
    elif facet in LISTS:
        each = _entries(LISTS[facet], where).subquery()
    else:
        each = sa.union_all(*(_rows(*row, where) for row in ROWS[facet])).subquery()
    order = (each.c.count.desc(), each.c.label, each.c.value)
    return sa.select(each).order_by(*order).limit(sa.bindparam("limit", type_=sa.Integer))


def _texts(text: Column, where: Sequence[Condition]) -> sa.Select[Any]:
    return _count(col(Event.id), text).where(text.is_not(None), *where).group_by(sa.func.lower(text))


def _entries(texts: Column, where: Sequence[Condition]) -> sa.Select[Any]:
    entry = entries(texts).table_valued(sa.column("value", sa.String))
    query = _count(col(Event.id), entry.c.value).select_from(sa.join(Event, entry, sa.true()))
    return query.where(*where).group_by(sa.func.lower(entry.c.value))


def _rows(model: Any, owner: Column, target: Column, where: Sequence[Condition]) -> sa.Select[Any]:
    # Counted before it is joined: names are read once for each value.
    events = sa.select(col(Event.id)).where(*where)
    counts: sa.Select[int, int] = sa.select(col(target).label("id"), sa.func.count(owner.distinct()).label("count"))
    each = counts.where(col(owner).in_(events), col(target).is_not(None)).group_by(col(target)).subquery()
    return sa.select(col(model.slug).label("value"), col(model.name).label("label"), each.c.count).join(
        each, each.c.id == col(model.id)
    )


def _count(event: Column, text: Column) -> sa.Select[Any]:
    """Ways to write a text that differ in letter case are one value."""
    value = sa.func.min(text)
    return sa.select(value.label("value"), value.label("label"), sa.func.count(event.distinct()).label("count"))
