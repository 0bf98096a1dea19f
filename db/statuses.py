"""Where commitments stand: on a day, as known at an instant, by the word of some voices. Computed, never stored."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import relations
from db.columns import Condition
from db.models import Commitment, StatusUpdate
from db.relations import IDS
from db.rows import row_type
from db.vocabulary import Agreement, Status, Voice

Value = sa.BindParameter[Any]
AS_OF: Value = sa.bindparam("as_of")
KNOWN_AT: Value = sa.bindparam("known_at")
# The tracker's own voice says that it looked, not that something happened: it is no evidence and takes no side.
EVIDENCE_VOICES = tuple(voice for voice in Voice if voice is not Voice.TRACKER)
NON_GOVERNMENT_VOICES = tuple(voice for voice in EVIDENCE_VOICES if voice is not Voice.GOVERNMENT)
# Two updates of the same day: the one learned later stands; learned together, the key decides, the same everywhere.
NEWEST_FIRST = (
    col(StatusUpdate.effective_on).desc(),
    col(StatusUpdate.recorded_at).desc(),
    col(StatusUpdate.key).desc(),
)
OLDEST_FIRST = (col(StatusUpdate.effective_on), col(StatusUpdate.recorded_at), col(StatusUpdate.key))


def in_force(
    as_of: dt.date | Value | None, known_at: dt.datetime | Value | None, voices: Sequence[Voice] | None = None
) -> list[Condition]:
    """What makes an update count: true by that day, known and not corrected at that instant, in one of the voices."""
    return [
        *([] if as_of is None else [col(StatusUpdate.effective_on) <= as_of]),
        *([] if voices is None else [col(StatusUpdate.voice).in_(voices)]),
        *uncorrected(known_at),
    ]


def uncorrected(at: dt.datetime | Value | None) -> list[Condition]:
    """Recorded by then, and not corrected by then."""
    if at is None:
        return [col(StatusUpdate.corrected_by_id).is_(None)]
    correction = aliased(StatusUpdate)
    corrected = sa.exists().where(
        col(correction.id) == col(StatusUpdate.corrected_by_id), col(correction.recorded_at) <= at
    )
    return [col(StatusUpdate.recorded_at) <= at, ~corrected]


def latest(
    session: Session,
    ids: Sequence[int],
    as_of: dt.date,
    known_at: dt.datetime | None = None,
    voices: tuple[Voice, ...] | None = None,
) -> dict[int, StatusUpdate]:
    """The update behind the status of each commitment; absent where there is none."""
    asked = {"ids": ids, "as_of": as_of, **({} if known_at is None else {"known_at": known_at})}
    make = row_type(StatusUpdate).make
    found = session.connection().execute(_latest(known_at is not None, voices), asked)
    return {row.commitment_id: make(row) for row in found}


def history(
    session: Session,
    ids: Sequence[int],
    known_at: dt.datetime | None = None,
    voices: tuple[Voice, ...] | None = None,
    include_corrected: bool = False,  # noqa: FBT002  (a loader passes what follows the ids by position)
) -> dict[int, list[StatusUpdate]]:
    """Every update, oldest first."""
    asked = {"ids": ids, **({} if known_at is None else {"known_at": known_at})}
    return relations.fetch_lists(
        session, ids, StatusUpdate, _history(known_at is not None, voices, include_corrected), asked
    )


def status(
    as_of: dt.date, known_at: dt.datetime | None = None, voices: Sequence[Voice] | None = None
) -> sa.ColumnElement[Any]:
    """The status of the commitment of the enclosing query, NOT_ASSESSED where there is none."""
    return sa.func.coalesce(_newest(col(StatusUpdate.status), as_of, known_at, voices), sa.literal("NOT_ASSESSED"))


def agreement(as_of: dt.date, known_at: dt.datetime | None = None) -> sa.ColumnElement[str]:
    """The government's word beside everyone else's, for the commitment of the enclosing query."""
    government = _newest(col(StatusUpdate.status), as_of, known_at, [Voice.GOVERNMENT])
    others = _newest(col(StatusUpdate.status), as_of, known_at, NON_GOVERNMENT_VOICES)
    return sa.case(
        (government.is_(None) & others.is_(None), Agreement.NEITHER.value),
        (others.is_(None), Agreement.GOVERNMENT_ONLY.value),
        (government.is_(None), Agreement.OTHERS_ONLY.value),
        (government == others, Agreement.AGREE.value),
        else_=Agreement.DISAGREE.value,
    )


def last_evidence(as_of: dt.date, known_at: dt.datetime | None = None) -> sa.ColumnElement[dt.date]:
    """The day of the last evidence on the commitment of the enclosing query."""
    return _newest(col(StatusUpdate.effective_on), as_of, known_at, EVIDENCE_VOICES)


def position(status: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """Where a status stands in the order of all of them."""
    place = sa.case({word.value: place for place, word in enumerate(Status, 1)}, value=sa.cast(status, sa.String))
    # As wide as any number that a cursor can hold.
    return sa.type_coerce(place, sa.BigInteger)


def agreements(
    session: Session, ids: Sequence[int], as_of: dt.date, known_at: dt.datetime | None = None
) -> dict[int, Agreement]:
    query = sa.select(col(Commitment.id), agreement(as_of, known_at)).where(col(Commitment.id).in_(ids))
    return {key: Agreement(word) for key, word in session.execute(query)}


def evidence_days(
    session: Session, ids: Sequence[int], as_of: dt.date, known_at: dt.datetime | None = None
) -> dict[int, dt.date]:
    query = sa.select(col(Commitment.id), last_evidence(as_of, known_at)).where(col(Commitment.id).in_(ids))
    return {key: day for key, day in session.execute(query) if day is not None}


def corrections(session: Session, ids: Sequence[int]) -> dict[int, StatusUpdate]:
    """The update that took the place of each."""
    correction = aliased(StatusUpdate)
    query = sa.select(col(StatusUpdate.id), correction).join(
        correction, col(correction.id) == col(StatusUpdate.corrected_by_id)
    )
    return dict(session.execute(query.where(col(StatusUpdate.id).in_(ids))).all())


def _newest(
    column: Any, as_of: dt.date, known_at: dt.datetime | None, voices: Sequence[Voice] | None
) -> sa.ColumnElement[Any]:
    return (
        sa.select(column)
        .where(col(StatusUpdate.commitment_id) == col(Commitment.id), *in_force(as_of, known_at, voices))
        .order_by(*NEWEST_FIRST)
        .limit(1)
        .correlate(Commitment)
        .scalar_subquery()
    )


# As in `relations`: put together once for each kind of question, and asked with other values from then on.


@lru_cache(maxsize=256)
def _latest(timed: bool, voices: tuple[Voice, ...] | None) -> sa.Select[Any]:
    place = sa.func.row_number().over(partition_by=col(StatusUpdate.commitment_id), order_by=NEWEST_FIRST)
    columns = row_type(StatusUpdate).columns
    ranked = (
        sa.select(*columns, place.label("place"))
        .where(col(StatusUpdate.commitment_id).in_(IDS), *in_force(AS_OF, KNOWN_AT if timed else None, voices))
        .subquery()
    )
    return sa.select(*(ranked.c[column.key] for column in columns)).where(ranked.c.place == 1)


@lru_cache(maxsize=256)
def _history(timed: bool, voices: tuple[Voice, ...] | None, include_corrected: bool) -> sa.Select[Any]:
    conditions = in_force(None, KNOWN_AT if timed else None, voices)
    if include_corrected:
        conditions = [] if voices is None else [col(StatusUpdate.voice).in_(voices)]
        conditions += [col(StatusUpdate.recorded_at) <= KNOWN_AT] if timed else []
    query = relations.select_with_key(col(StatusUpdate.commitment_id), StatusUpdate)
    return query.where(col(StatusUpdate.commitment_id).in_(IDS), *conditions).order_by(*OLDEST_FIRST)
