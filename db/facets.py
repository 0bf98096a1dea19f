"""The values that filters of events take, each with the number of events that have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from db.columns import Column, Condition, entries
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


def of_events(session: Session, where: Sequence[Condition], most: int) -> dict[EventFacet, list[FacetValue]]:
    """At most so many values of each facet among the events that meet the conditions, the most frequent first."""
    columns = (Event.id, Event.region, Event.series, Event.topics, Event.sectors)
    events = sa.select(*map(col, columns)).where(*where).cte("events")
    each = sa.union_all(
        _texts(EventFacet.REGION, events, events.c.region),
        _texts(EventFacet.SERIES, events, events.c.series),
        _entries(EventFacet.TOPIC, events, events.c.topics),
        _entries(EventFacet.SECTOR, events, events.c.sectors),
        _rows(EventFacet.HOST, events, Organisation, EventHost.event_id, EventHost.organisation_id),
        _rows(EventFacet.FUND, events, Fund, EventFund.event_id, EventFund.fund_id),
        _rows(EventFacet.PARTICIPANT, events, Person, Participant.event_id, Participant.person_id),
        _rows(EventFacet.PARTICIPANT, events, Organisation, Participant.event_id, Participant.organisation_id),
    ).subquery()
    order = (each.c.count.desc(), each.c.label, each.c.value)
    place = sa.func.row_number().over(partition_by=each.c.facet, order_by=order)
    ranked = sa.select(each, place.label("place")).subquery()
    query = sa.select(ranked).where(ranked.c.place <= most).order_by(ranked.c.place)
    values: dict[EventFacet, list[FacetValue]] = {facet: [] for facet in EventFacet}
    for facet, value, label, count, _ in session.connection().execute(query):
        values[EventFacet(facet)].append(FacetValue(value, label, count))
    return values


def _texts(facet: EventFacet, events: sa.CTE, text: Column) -> sa.Select[Any]:
    return _count(facet, events.c.id, sa.func.lower(text), sa.func.min(text), sa.func.min(text)).where(
        text.is_not(None)
    )


def _entries(facet: EventFacet, events: sa.CTE, texts: Column) -> sa.Select[Any]:
    entry = entries(texts).table_valued(sa.column("value", sa.String))
    text = entry.c.value
    query = _count(facet, events.c.id, sa.func.lower(text), sa.func.min(text), sa.func.min(text))
    return query.select_from(events.join(entry, sa.true()))


def _rows(facet: EventFacet, events: sa.CTE, model: Any, owner: Column, target: Column) -> sa.Select[Any]:
    query = _count(facet, events.c.id, col(model.id), sa.func.min(model.slug), sa.func.min(model.name))
    return query.join(owner.class_, owner == events.c.id).join(model, col(model.id) == target)


def _count(facet: EventFacet, event: Column, group: Column, value: Column, label: Column) -> sa.Select[Any]:
    return sa.select(
        sa.literal(facet.value).label("facet"),
        value.label("value"),
        label.label("label"),
        sa.func.count(event.distinct()).label("count"),
    ).group_by(group)
