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

from db.answer_cache import cache_answers
from db.columns import Column, Condition
from db.forms import statement_of
from db.models import Commitment, StatusUpdate
from db.queries import Make, Query, Question
from db.relations import by_id
from db.sides import of_sides
from db.statements import KEYS, RawRow, Statement, among
from db.statuses import AS_OF, NEWEST_FIRST, NON_GOVERNMENT_VOICES, in_force
from db.vocabulary import Confirmation, Side, Status, Voice

# How far work has come. The other statuses are on no such line: only the same word bears one of them out.
LINE = (Status.NOT_STARTED, Status.ANNOUNCED, Status.IN_PROGRESS, Status.PARTIALLY_DELIVERED, Status.DELIVERED)
DAY = col(StatusUpdate.effective_on)
STATUS = sa.type_coerce(col(StatusUpdate.status), sa.String)
Day = dt.date | sa.BindParameter[dt.date]


class Words(NamedTuple):
    """The government's word on a commitment, and the answer to it: others', or else that of those who carry it out."""

    government: Status | None
    side: Side | None
    answer: Status | None
    confirmation: Confirmation
    government_alone: bool

    @classmethod
    def read(
        cls, government: str | None, side: str | None, answer: str | None, confirmation: str, alone: object
    ) -> Self:
        said, answered = (Status(word) if word else None for word in (government, answer))
        return cls(said, Side(side) if side else None, answered, Confirmation(confirmation), bool(alone))


class Combination(NamedTuple):
    """Words, how many commitments have them, and the ids of the first of these by ref."""

    words: Words
    number: int
    ids: tuple[int, ...]


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
    alone = _alone(col(Commitment.id), _said(col(Commitment.id), as_of), as_of)
    return alone if wanted else ~alone


@Question
def words(ids: Sequence[int], as_of: dt.date) -> Query[dict[int, Words]]:
    """The words on each commitment."""
    # Of a commitment that is not on record yet, nobody has spoken.
    nothing = Words(None, None, None, Confirmation.NO_WORD, government_alone=False)

    def collect(rows: Sequence[RawRow], _: Make) -> dict[int, Words]:
        return dict.fromkeys(ids, nothing) | {id: Words.read(*values) for id, *values in rows}

    return Query(_words_of(), {"ids": ids, "as_of": as_of}, None, collect)


@cache_answers
def combinations(session: Session, where: Sequence[Condition], as_of: dt.date, most: int) -> list[Combination]:
    """The words of the commitments that meet the conditions, with at most so many ids each."""
    statement, params = statement_of(_combinations, where)
    found: dict[tuple[Words, int], list[int]] = {}
    for *values, number_of, commitment_id in statement.ask(session, {**params, "as_of": as_of, "most": most}):
        found.setdefault((Words.read(*values), number_of), []).append(commitment_id)
    every = [Combination(words, number_of, tuple(ids)) for (words, number_of), ids in found.items()]
    return sorted(every, key=lambda one: _order(one.words))


def _combinations(where: Sequence[Condition]) -> sa.Select[*tuple[Any, ...]]:
    id, *words = _words(AS_OF, *where).c
    place = sa.func.row_number().over(partition_by=words, order_by=col(Commitment.ref))
    number = sa.func.count().over(partition_by=words)
    columns = (*words, number.label("number"), id, place.label("place"), col(Commitment.ref))
    listed = sa.select(*columns).join(Commitment, col(Commitment.id) == id).subquery()
    return sa.select(*listed.c[:-2]).where(listed.c.place <= sa.bindparam("most")).order_by(listed.c.ref)


def first(session: Session, keys: Sequence[tuple[int, ...]], most: int) -> dict[tuple[int, ...], list[Commitment]]:
    """The first commitments of each list of ids."""
    rows = by_id(session, [id for ids in keys for id in ids[:most]], Commitment)
    return {ids: [rows[id] for id in ids[:most]] for ids in keys}


@lru_cache
def _words_of() -> Statement:
    return Statement(sa.select(_words(AS_OF, among(col(Commitment.id), KEYS))))


def _words(as_of: Day, *where: Condition) -> sa.CTE:
    each = weigh(as_of, *where)
    side = sa.case((each.c.others.is_not(None), Side.OTHERS.value), (each.c.delivery.is_not(None), Side.DELIVERY.value))
    return _step(
        each.c.id,
        (),
        each.c.government,
        side=side,
        answer=sa.func.coalesce(each.c.others, each.c.delivery),
        confirmation=each.c.confirmation,
        alone=_alone(each.c.id, each.c.government, as_of),
    )


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


def _alone(owner: Column, said: Column, as_of: Day) -> Condition:
    backers = _updates(owner, as_of, NON_GOVERNMENT_VOICES).where(_bears_out(STATUS, said))
    return sa.and_(said.is_not(None), ~backers.exists())


def _order(words: Words) -> tuple[int, ...]:
    """By the government's word, then by the answer; without one last."""
    statuses = list(Status)
    said, answer = (
        len(statuses) if word is None else statuses.index(word) for word in (words.government, words.answer)
    )
    side = list(Side).index(words.side) if words.side else 0
    return said, answer, side, list(Confirmation).index(words.confirmation), words.government_alone


def _place(status: Column) -> sa.ColumnElement[int | None]:
    """The place of a status on the line; NULL where it has none."""
    return sa.case({value.value: place for place, value in enumerate(LINE)}, value=status)


def _bears_out(word: Column, said: Column) -> Condition:
    """Whether a word is that of the government, or further along the line."""
    return sa.or_(word == said, _place(word) > _place(said))


def _differs(word: Column, said: Column) -> Condition:
    """Whether there is a word that does not bear out the government's."""
    return sa.and_(word.is_not(None), ~sa.func.coalesce(_bears_out(word, said), sa.false()))
