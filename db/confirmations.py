"""The government's word on each commitment beside what the other sides said at or after it. Computed, never stored.

A word is a status that a side gives. The government's counts from the day on which it first gave it: to repeat it later
makes it no newer.
"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Self

import sqlalchemy as sa
from sqlmodel import Session, col

from db.columns import Column, Condition
from db.models import Commitment, StatusUpdate
from db.relations import IDS
from db.rows import row_type
from db.sides import of_sides
from db.statuses import AS_OF, NEWEST_FIRST, NON_GOVERNMENT_VOICES, in_force
from db.vocabulary import Confirmation, Side, Status, Voice

# How far work has come. The other statuses are on no such line: only the same word bears one of them out.
LINE = (Status.NOT_STARTED, Status.ANNOUNCED, Status.IN_PROGRESS, Status.PARTIALLY_DELIVERED, Status.DELIVERED)
DAY = col(StatusUpdate.effective_on)
STATUS = sa.type_coerce(col(StatusUpdate.status), sa.String)
Day = dt.date | sa.BindParameter[dt.date]


class Words(NamedTuple):
    """The government's word; whose the answer to it is, others' or else that of those who carry it out; the answer."""

    government: Status | None
    side: Side | None
    answer: Status | None
    confirmation: Confirmation

    @classmethod
    def read(cls, government: str | None, side: str | None, answer: str | None, confirmation: str) -> Self:
        said, answered = (word and Status(word) for word in (government, answer))
        return cls(said or None, Side(side) if side else None, answered or None, Confirmation(confirmation))


def weigh(as_of: Day, *where: Condition) -> sa.CTE:
    """One row for each commitment that meets the conditions: its id, words that are NULL where there is none, and what
    the other sides make of the government's.

    `government` is the government's latest word, `others` and `delivery` the latest words of these sides since then.
    """
    # Materialized: SQLite would put the subqueries of a step wherever a later one names them.
    words = _step(col(Commitment.id), where, government=_said(col(Commitment.id), as_of))
    dated = _step(words.c.id, (), words.c.government, since=_since(words, as_of))
    is_since = dated.c.since.is_(None) | (dated.c.since <= DAY)
    others, delivery = (
        _newest(dated.c.id, as_of, NON_GOVERNMENT_VOICES, of_sides([side]), is_since)
        for side in (Side.OTHERS, Side.DELIVERY)
    )
    answers = _step(dated.c.id, (), dated.c.government, others=others, delivery=delivery)
    return _step(answers.c.id, (), *answers.c[1:], confirmation=_confirmation(answers, as_of))


def with_confirmation(wanted: Sequence[Confirmation], as_of: dt.date) -> Condition:
    each = weigh(as_of)
    values = [confirmation.value for confirmation in wanted]
    return col(Commitment.id).in_(sa.select(each.c.id).where(each.c.confirmation.in_(values)))


def by_government_alone(wanted: bool, as_of: Day) -> Condition:
    """Whether no other side has said the government's latest word on the commitment of the enclosing query, or more."""
    said = _said(col(Commitment.id), as_of)
    backers = _updates(col(Commitment.id), as_of, NON_GOVERNMENT_VOICES).where(_bears_out(STATUS, said))
    is_alone = said.is_not(None) & ~backers.exists()
    return is_alone if wanted else ~is_alone


def confirmations(session: Session, ids: Sequence[int], as_of: dt.date) -> dict[int, Confirmation]:
    rows = session.connection().execute(_confirmations(), {"ids": ids, "as_of": as_of})
    # Of a commitment that is not on record yet, nobody has spoken.
    return dict.fromkeys(ids, Confirmation.NO_WORD) | {id: Confirmation(value) for id, value in rows.all()}


def alone(session: Session, ids: Sequence[int], as_of: dt.date) -> dict[int, bool]:
    rows = session.connection().execute(_alone(), {"ids": ids, "as_of": as_of})
    return dict.fromkeys(ids, False) | dict.fromkeys(rows.scalars(), True)


def count(session: Session, where: Sequence[Condition], as_of: dt.date) -> dict[Words, int]:
    """How many of the commitments that meet the conditions have the same words."""
    words = _words(weigh(as_of, *where))
    query = sa.select(*words, sa.func.count()).group_by(*words)
    return {Words.read(*words): number for *words, number in session.connection().execute(query)}


def first(
    session: Session, keys: Sequence[Words], where: Sequence[Condition], as_of: dt.date, number: int
) -> dict[Words, list[Commitment]]:
    """The first commitments with the same words, by ref."""
    each, rows = weigh(as_of, *where), row_type(Commitment)
    words = [word.label(name) for name, word in zip(("said", "side", "answer", "outcome"), _words(each), strict=True)]
    place = sa.func.row_number().over(partition_by=words, order_by=col(Commitment.ref)).label("place")
    ranked = sa.select(*rows.columns, *words, place).join(each, each.c.id == col(Commitment.id)).subquery()
    listed: dict[Words, list[Commitment]] = {key: [] for key in keys}
    query = sa.select(ranked).where(ranked.c.place <= number).order_by(ranked.c.ref)
    width = len(rows.columns)
    for row in session.connection().execute(query):
        listed[Words.read(*row[width:-1])].append(rows.make(row[:width]))
    return listed


# Built once, and executed with other values.


@lru_cache
def _confirmations() -> sa.Select[Any]:
    each = weigh(AS_OF, col(Commitment.id).in_(IDS))
    return sa.select(each.c.id, each.c.confirmation)


@lru_cache
def _alone() -> sa.Select[Any]:
    return sa.select(col(Commitment.id)).where(col(Commitment.id).in_(IDS), by_government_alone(True, AS_OF))


def _words(each: sa.CTE) -> tuple[sa.ColumnElement[Any], ...]:
    side = sa.case((each.c.others.is_not(None), Side.OTHERS.value), (each.c.delivery.is_not(None), Side.DELIVERY.value))
    return each.c.government, side, sa.func.coalesce(each.c.others, each.c.delivery), each.c.confirmation


def _step(id: Column, where: Sequence[Condition], *columns: Column, **values: Column) -> sa.CTE:
    labels = (value.label(label) for label, value in values.items())
    return sa.select(id.label("id"), *columns, *labels).where(*where).cte().prefix_with("MATERIALIZED")


def _updates(owner: Column, as_of: Day, voices: Sequence[Voice]) -> sa.Select[Any]:
    """The updates of the commitment `owner` of the enclosing query, in these voices."""
    updates = sa.select(STATUS).where(col(StatusUpdate.commitment_id) == owner, *in_force(as_of, voices))
    return updates.correlate_except(StatusUpdate)


def _newest(owner: Column, as_of: Day, voices: Sequence[Voice], *where: Condition) -> sa.ColumnElement[Any]:
    return _updates(owner, as_of, voices).where(*where).order_by(*NEWEST_FIRST).limit(1).scalar_subquery()


def _said(owner: Column, as_of: Day) -> sa.ColumnElement[Any]:
    """The latest word of the government; NULL without one."""
    return _newest(owner, as_of, [Voice.GOVERNMENT])


def _since(words: sa.CTE, as_of: Day) -> sa.ColumnElement[Any]:
    """The day since which the government has said its latest word, and no other."""
    own, said = _updates(words.c.id, as_of, [Voice.GOVERNMENT]), words.c.government
    changed = own.with_only_columns(sa.func.max(DAY)).where(said != STATUS).scalar_subquery()
    same = own.with_only_columns(sa.func.min(DAY)).where(said == STATUS)
    return same.where(sa.func.coalesce(changed, dt.date.min) <= DAY).scalar_subquery()


def _confirmation(answers: sa.CTE, as_of: Day) -> sa.ColumnElement[str]:
    said, others, delivery = answers.c.government, answers.c.others, answers.c.delivery
    differs = _differs(others, said) | _differs(delivery, said)
    return sa.case(
        (said.is_(None), Confirmation.NO_WORD.value),
        (others.is_not(None) & differs, Confirmation.CONTRADICTED.value),
        (others.is_not(None), Confirmation.CONFIRMED.value),
        (differs, Confirmation.DELIVERY_DIFFERS.value),
        (delivery.is_not(None), Confirmation.DELIVERY_ONLY.value),
        (_updates(answers.c.id, as_of, NON_GOVERNMENT_VOICES).exists(), Confirmation.NOT_CONFIRMED_SINCE.value),
        else_=Confirmation.NOBODY_ELSE.value,
    )


def _place(status: Column) -> sa.ColumnElement[int | None]:
    """The place of a status on the line; NULL where it has none."""
    return sa.case({value.value: place for place, value in enumerate(LINE)}, value=status)


def _bears_out(word: Column, said: Column) -> Condition:
    """Whether a word is that of the government, or further along the line."""
    return sa.or_(word == said, _place(word) > _place(said))


def _differs(word: Column, said: Column) -> Condition:
    """Whether there is a word that does not bear out the government's."""
    return sa.and_(word.is_not(None), ~sa.func.coalesce(_bears_out(word, said), sa.false()))
