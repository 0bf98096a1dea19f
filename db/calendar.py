"""What a calendar says of each event, read many at a time: the columns that it needs, and no objects."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from db import changes, commitments, events, funds
from db.columns import Column, Condition
from db.models import Citation, Commitment, Document, Event, Fund, Organisation
from db.relations import Relation
from db.statements import KEYS, RawRow, Statement, among
from db.vocabulary import DatePrecision, EventKind

# Few enough for memory, and enough that statements are few.
SIZE = 1_000


class EventRow(NamedTuple):
    """The columns of an event."""

    id: int
    slug: str
    title: str
    kind: EventKind
    held_on: dt.date
    precision: DatePrecision
    date_note: str | None
    venue: str | None
    place: str | None
    region: str | None
    attendance_at_least: int | None


class CalendarEvent(NamedTuple):
    """`changed_at` is None for an event that is in no log.

    The rows that belong to it begin with its id. Behind that a host and a fund have a name; a commitment its ref and
    its title; a source the title of its document, the paragraph and the URL of the document.
    """

    row: EventRow
    changed_at: dt.datetime | None
    hosts: Sequence[RawRow]
    commitments: Sequence[RawRow]
    funds: Sequence[RawRow]
    sources: Sequence[RawRow]


def count(session: Session, where: Sequence[Condition]) -> int:
    return session.scalars(sa.select(sa.func.count()).select_from(Event).where(*where)).one()


def ids(session: Session, where: Sequence[Condition]) -> list[int]:
    """The ids of the events that meet all conditions, by date."""
    query = sa.select(col(Event.id)).where(*where).order_by(*events.by_date().clauses())
    return list(session.scalars(query))


def batches(session: Session, ids: Sequence[int]) -> Iterator[list[CalendarEvent]]:
    for start in range(0, len(ids), SIZE):
        yield _read(session, ids[start : start + SIZE])


def _read(session: Session, ids: Sequence[int]) -> list[CalendarEvent]:
    asked = {"ids": ids}
    rows = {row[0]: EventRow(*row) for row in _events().ask(session, asked)}
    changed = changes.latest(session, Event.__name__, [row.slug for row in rows.values()])
    hosts = _lists(_of(events.hosts, Organisation.name).ask(session, asked))
    promised = _lists(_of(commitments.of_events, Commitment.ref, Commitment.title).ask(session, asked))
    paid = _lists(_of(funds.of_events, Fund.name).ask(session, asked))
    cited = _lists(_sources().ask(session, asked))
    return [
        CalendarEvent(rows[id], changed.get(rows[id].slug), hosts[id], promised[id], paid[id], cited[id]) for id in ids
    ]


def _lists(rows: Sequence[RawRow]) -> Mapping[int, Sequence[RawRow]]:
    """The rows by the id of the event, which is their first value."""
    lists: defaultdict[int, list[RawRow]] = defaultdict(list)
    for row in rows:
        lists[row[0]].append(row)
    return lists


@cache
def _of(relation: Relation[Any], *columns: Column) -> Statement:
    """These columns of what belongs to events."""
    query = relation.statement.query
    assert isinstance(query, sa.Select)
    *_, event = query.selected_columns
    return Statement(query.with_only_columns(event, *columns))


@cache
def _events() -> Statement:
    return Statement(sa.select(*(getattr(Event, name) for name in EventRow._fields)).where(among(col(Event.id), KEYS)))


@cache
def _sources() -> Statement:
    columns: Sequence[Any] = (Citation.event_id, Document.title, Citation.paragraph, Document.url)
    query = sa.select(*columns).join(Document, col(Document.id) == col(Citation.document_id))
    return Statement(query.where(among(col(Citation.event_id), KEYS)).order_by(col(Citation.id)))
