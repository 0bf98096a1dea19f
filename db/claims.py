"""The government's word on each commitment beside what the other sides said at or after it. Computed, never stored.

A word is a status that a side gives. The government's counts from the day on which it first gave it: to repeat it later
makes it no newer.
"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from db.columns import Condition
from db.models import Commitment, StatusUpdate
from db.relations import IDS
from db.sides import side
from db.statuses import AS_OF, EVIDENCE_VOICES, NEWEST_FIRST, in_force
from db.vocabulary import Confirmation, Side, Status

# How far work has come. The other statuses are on no such line: only the same word bears one of them out.
LINE = (Status.NOT_STARTED, Status.ANNOUNCED, Status.IN_PROGRESS, Status.PARTIALLY_DELIVERED, Status.DELIVERED)
Day = dt.date | sa.BindParameter[dt.date]


def claims(as_of: Day, *where: Condition) -> sa.Subquery:
    """One row for each commitment that meets the conditions, whoever has spoken.

    `government` is the government's latest word, `others` and `delivery` the latest of these sides since then, each
    NULL without one; `spoke` whether another side has ever spoken, `alone` whether none has borne the government out.
    """
    words = _words(as_of, *where)
    government = _government(words)
    rest = _rest(words, government)
    said, others, delivery = government.c.said, rest.c.others, rest.c.delivery
    confirmation = sa.case(
        (said.is_(None), Confirmation.NO_WORD.value),
        (
            sa.or_(*(word.is_not(None) & ~_bears_out(word, said) for word in (others, delivery))),
            Confirmation.CONTRADICTED.value,
        ),
        (others.is_not(None), Confirmation.CONFIRMED.value),
        (delivery.is_not(None), Confirmation.DELIVERY_ONLY.value),
        (rest.c.commitment_id.is_not(None), Confirmation.NOT_CONFIRMED_SINCE.value),
        else_=Confirmation.NOBODY_ELSE.value,
    )
    return (
        sa.select(
            col(Commitment.id).label("commitment_id"),
            said.label("government"),
            others,
            delivery,
            confirmation.label("confirmation"),
            (said.is_not(None) & (sa.func.coalesce(rest.c.backers, 0) == 0)).label("alone"),
        )
        .select_from(Commitment)
        .outerjoin(government, government.c.commitment_id == col(Commitment.id))
        .outerjoin(rest, rest.c.commitment_id == col(Commitment.id))
        .where(*where)
        .subquery("claims")
    )


def confirmed(wanted: Sequence[Confirmation], as_of: dt.date) -> Condition:
    """Whether what the others say of the commitment of the enclosing query is one of these."""
    every = claims(as_of)
    return col(Commitment.id).in_(
        sa.select(every.c.commitment_id).where(every.c.confirmation.in_([value.value for value in wanted]))
    )


def by_government_alone(wanted: bool, as_of: dt.date) -> Condition:
    """Whether nobody but the government says its latest word of the commitment of the enclosing query."""
    every = claims(as_of)
    return col(Commitment.id).in_(sa.select(every.c.commitment_id).where(every.c.alone.is_(wanted)))


def confirmations(session: Session, ids: Sequence[int], as_of: dt.date) -> dict[int, Confirmation]:
    # Of a commitment that is not on record yet, nobody has spoken.
    none = dict.fromkeys(ids, Confirmation.NO_WORD)
    return none | {row.commitment_id: Confirmation(row.confirmation) for row in _read(session, ids, as_of)}


def alone(session: Session, ids: Sequence[int], as_of: dt.date) -> dict[int, bool]:
    return dict.fromkeys(ids, False) | {row.commitment_id: bool(row.alone) for row in _read(session, ids, as_of)}


def _read(session: Session, ids: Sequence[int], as_of: dt.date) -> Sequence[sa.Row[Any]]:
    return session.connection().execute(_of_commitments(), {"ids": ids, "as_of": as_of}).all()


@lru_cache
def _of_commitments() -> sa.Select[Any]:
    each = claims(AS_OF, col(Commitment.id).in_(IDS))
    return sa.select(each.c.commitment_id, each.c.confirmation, each.c.alone)


def _words(as_of: Day, *where: Condition) -> sa.CTE:
    """Every update of a side, with its place among those of its side, the newest first, and the side's latest word."""
    updates = sa.select(
        col(StatusUpdate.commitment_id),
        sa.cast(col(StatusUpdate.status), sa.String).label("status"),
        col(StatusUpdate.effective_on).label("day"),
        side().label("side"),
        sa.func.row_number().over(partition_by=col(StatusUpdate.commitment_id), order_by=NEWEST_FIRST).label("place"),
    ).where(*in_force(as_of, EVIDENCE_VOICES))
    if where:
        updates = updates.where(col(StatusUpdate.commitment_id).in_(sa.select(col(Commitment.id)).where(*where)))
    return updates.cte("words")


def _government(words: sa.CTE) -> sa.Subquery:
    """The latest word of the government on each commitment, and the day since which it has said so."""
    own = words.c.side == Side.GOVERNMENT.value
    said = sa.func.first_value(words.c.status).over(partition_by=words.c.commitment_id, order_by=words.c.place)
    each = (
        sa.select(
            words.c.commitment_id, words.c.status, words.c.day,
            said.label("said"),
        )
        .where(own)
        .subquery()
    )  # fmt: skip
    is_said = each.c.status == each.c.said
    changed = sa.func.max(sa.case((~is_said, each.c.day))).over(partition_by=each.c.commitment_id).label("changed")
    runs = sa.select(each, changed).subquery()
    is_since = (runs.c.status == runs.c.said) & (runs.c.changed.is_(None) | (runs.c.day >= runs.c.changed))
    return (
        sa.select(runs.c.commitment_id, runs.c.said, sa.func.min(sa.case((is_since, runs.c.day))).label("since"))
        .group_by(runs.c.commitment_id, runs.c.said)
        .subquery("government")
    )


def _rest(words: sa.CTE, government: sa.Subquery) -> sa.Subquery:
    """Of each commitment of which others speak: the latest word of each side since the government's."""
    is_since = government.c.since.is_(None) | (words.c.day >= government.c.since)
    partition = (words.c.commitment_id, words.c.side, is_since)
    latest = sa.func.first_value(words.c.status).over(partition_by=partition, order_by=words.c.place)
    each = (
        sa.select(
            words.c.commitment_id, words.c.side, is_since.label("is_since"), latest.label("latest"),
            sa.case((_bears_out(words.c.status, government.c.said), 1), else_=0).label("backer"),
        )
        .outerjoin(government, government.c.commitment_id == words.c.commitment_id)
        .where(words.c.side != Side.GOVERNMENT.value)
        .subquery()
    )  # fmt: skip

    def latest_of(side: Side) -> sa.ColumnElement[str | None]:
        return sa.func.max(sa.case(((each.c.side == side.value) & each.c.is_since, each.c.latest)))

    return (
        sa.select(
            each.c.commitment_id,
            latest_of(Side.OTHERS).label("others"),
            latest_of(Side.DELIVERY).label("delivery"),
            sa.func.sum(each.c.backer).label("backers"),
        )
        .group_by(each.c.commitment_id)
        .subquery("rest")
    )


def _place(status: sa.ColumnElement[str]) -> sa.ColumnElement[int | None]:
    """The place of a status on the line; NULL where it has none."""
    return sa.case({value.value: place for place, value in enumerate(LINE)}, value=status)


def _bears_out(word: sa.ColumnElement[str], said: sa.ColumnElement[str]) -> Condition:
    """Whether a word is that of the government, or further along the line."""
    return sa.func.coalesce((word == said) | (_place(word) > _place(said)), sa.false())
