"""The status of commitments: on a day, in some voices, by some sides. Computed, never stored."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.columns import Column, Condition
from db.models import Commitment, StatusUpdate
from db.queries import Make, Query, Question, map_by_last
from db.relations import Relation
from db.rows import row_type
from db.sides import of_sides
from db.statements import KEYS, RawRow, Statement, among
from db.vocabulary import Agreement, Side, Status, Voice

AS_OF: sa.BindParameter[dt.date] = sa.bindparam("as_of")
Day = dt.date | sa.BindParameter[dt.date]
# The tracker's voice says that it searched, not that something happened: it is no evidence and takes no side.
EVIDENCE_VOICES = tuple(voice for voice in Voice if voice is not Voice.TRACKER)
NON_GOVERNMENT_VOICES = tuple(voice for voice in EVIDENCE_VOICES if voice is not Voice.GOVERNMENT)
# Of two updates of the same day the one recorded later is in force; recorded together, the key decides.
OLDEST_FIRST = (col(StatusUpdate.effective_on), col(StatusUpdate.recorded_at), col(StatusUpdate.key))
NEWEST_FIRST = tuple(column.desc() for column in OLDEST_FIRST)
# A search that found nothing says nothing of what was found before: any evidence, however old, goes before it.
IS_SEARCH = col(StatusUpdate.status) == Status.NO_EVIDENCE


UNCORRECTED = col(StatusUpdate.corrected_by_id).is_(None)


def in_force(
    as_of: Day | None,
    voices: Sequence[Voice] | None = None,
    sides: Sequence[Side] | None = None,
) -> list[Condition]:
    """Updates that were effective by `as_of` and are not corrected, in one of the voices, by one of the sides.

    None stands for any.
    """
    return [
        *([] if as_of is None else [col(StatusUpdate.effective_on) <= as_of]),
        *([] if voices is None else [col(StatusUpdate.voice).in_(voices)]),
        *([] if sides is None else [of_sides(sides)]),
        UNCORRECTED,
    ]


@Question
def latest(
    ids: Sequence[int],
    as_of: dt.date,
    voices: tuple[Voice, ...] | None = None,
    sides: tuple[Side, ...] | None = None,
) -> Query[dict[int, StatusUpdate]]:
    """The update that gives each commitment its status: the latest evidence, or else the latest search."""
    return Query(_latest(voices, sides), {"ids": ids, "as_of": as_of}, StatusUpdate, map_by_last)


@Question
def history(
    ids: Sequence[int],
    voices: tuple[Voice, ...] | None = None,
    include_corrected: bool = False,  # noqa: FBT002  (the schema passes what follows the ids by position)
) -> Query[dict[int, list[StatusUpdate]]]:
    """Every update of each commitment, oldest first."""
    return _history(voices, include_corrected).query(ids)


def status(
    as_of: Day, voices: Sequence[Voice] | None = None, sides: Sequence[Side] | None = None
) -> sa.ColumnElement[str]:
    """The status of the commitment of the enclosing query, NOT_ASSESSED where there is none.

    A subquery that is correlated: the enclosing query selects from Commitment, and not from an alias of it.
    """
    return sa.func.coalesce(
        _giving(col(StatusUpdate.status), as_of, voices, sides), sa.literal(Status.NOT_ASSESSED.value)
    )


def update_id(as_of: Day) -> sa.ColumnElement[int]:
    """The id of the update that gives the status of the commitment of the enclosing query, or NULL; like `status`."""
    return _giving(col(StatusUpdate.id), as_of)


def voice(as_of: Day) -> sa.ColumnElement[str]:
    """Whose word that update is, or NULL; like `status`."""
    return _giving(col(StatusUpdate.voice), as_of)


def agreement(as_of: Day) -> sa.ColumnElement[str]:
    """Whether the government and the other voices agree on the commitment of the enclosing query; like `status`."""
    government = _newest(col(StatusUpdate.status), *in_force(as_of, [Voice.GOVERNMENT]))
    others = _newest(col(StatusUpdate.status), *in_force(as_of, NON_GOVERNMENT_VOICES))
    return sa.case(
        (government.is_(None) & others.is_(None), Agreement.NEITHER.value),
        (others.is_(None), Agreement.GOVERNMENT_ONLY.value),
        (government.is_(None), Agreement.OTHERS_ONLY.value),
        (government == others, Agreement.AGREE.value),
        else_=Agreement.DISAGREE.value,
    )


def last_evidence(as_of: Day) -> sa.ColumnElement[dt.date]:
    """The day of the last evidence on the commitment of the enclosing query, or NULL; like `status`."""
    return _newest(col(StatusUpdate.effective_on), *in_force(as_of, EVIDENCE_VOICES))


def gives_status() -> Condition:
    """Whether the update of the enclosing query gives the status on its day: not a search that follows evidence."""
    earlier = aliased(StatusUpdate)
    follows_evidence = sa.exists().where(
        col(earlier.commitment_id) == col(StatusUpdate.commitment_id),
        col(earlier.effective_on) <= col(StatusUpdate.effective_on),
        col(earlier.status) != Status.NO_EVIDENCE,
        col(earlier.corrected_by_id).is_(None),
    )
    return ~IS_SEARCH | ~follows_evidence.correlate(StatusUpdate)


def position(status: sa.ColumnElement[str]) -> sa.ColumnElement[int]:
    """The place of a status in the order of all of them, from 1."""
    place = sa.case({value.value: place for place, value in enumerate(Status, 1)}, value=sa.cast(status, sa.String))
    # As wide as any number that a cursor can hold.
    return sa.type_coerce(place, sa.BigInteger)


@Question
def agreements(ids: Sequence[int], as_of: dt.date) -> Query[dict[int, Agreement]]:
    def collect(rows: Sequence[RawRow], _: Make) -> dict[int, Agreement]:
        # Of a commitment that is not on record yet, no voice has spoken.
        return dict.fromkeys(ids, Agreement.NEITHER) | {id: Agreement(value) for id, value in rows}

    return Query(_agreements(), {"ids": ids, "as_of": as_of}, None, collect)


@Question
def evidence_days(ids: Sequence[int], as_of: dt.date) -> Query[dict[int, dt.date]]:
    return Query(_evidence_days(), {"ids": ids, "as_of": as_of}, None, _days)


@Question
def last_searches(ids: Sequence[int], as_of: dt.date) -> Query[dict[int, dt.date]]:
    """The day of the latest search after the last evidence; absent where there is none, or no evidence."""
    return Query(_last_searches(), {"ids": ids, "as_of": as_of}, None, _days)


@Question
def corrections(ids: Sequence[int]) -> Query[dict[int, StatusUpdate]]:
    """The update that took the place of each."""
    return Query(_corrections(), {"ids": ids}, StatusUpdate, map_by_last)


def _giving(
    column: Column, as_of: Day, voices: Sequence[Voice] | None = None, sides: Sequence[Side] | None = None
) -> sa.ColumnElement[Any]:
    # Two subqueries, which the index serves; one that sorts searches last takes twice the time.
    in_force_by = in_force(as_of, voices, sides)
    found, search = (_newest(column, *in_force_by, each) for each in (~IS_SEARCH, IS_SEARCH))
    return sa.func.coalesce(found, search)


def _newest(column: Column, *where: Condition) -> sa.ColumnElement[Any]:
    """A column of the newest update of the commitment of the enclosing query, among those that meet the conditions."""
    return (
        sa.select(column)
        .where(col(StatusUpdate.commitment_id) == col(Commitment.id), *where)
        .order_by(*NEWEST_FIRST)
        .limit(1)
        .correlate(Commitment)
        .scalar_subquery()
    )


# Statements are built once for each form, as in `relations`, and executed with other values.


@lru_cache(maxsize=256)
def _latest(voices: tuple[Voice, ...] | None, sides: tuple[Side, ...] | None) -> Statement:
    updates = StatusUpdate.__table__
    giving = _giving(col(StatusUpdate.id), AS_OF, voices, sides)
    # From the commitments, so that the index finds the newest update of each: to rank them reads and sorts all.
    query = sa.select(*row_type(StatusUpdate).columns, updates.c.commitment_id.label("key_"))
    query = query.select_from(Commitment.__table__.join(updates, updates.c.id == giving))
    return Statement(query.where(among(col(Commitment.id), KEYS)))


@lru_cache(maxsize=256)
def _history(voices: tuple[Voice, ...] | None, include_corrected: bool) -> Relation[StatusUpdate]:
    conditions = in_force(None, voices)
    if include_corrected:
        conditions = [condition for condition in conditions if condition is not UNCORRECTED]
    return Relation(StatusUpdate, StatusUpdate.commitment_id, *OLDEST_FIRST, where=conditions)


def _of_commitments(value: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return sa.select(col(Commitment.id), value).where(among(col(Commitment.id), KEYS))


@lru_cache
def _agreements() -> Statement:
    return Statement(_of_commitments(agreement(AS_OF)))


@lru_cache
def _evidence_days() -> Statement:
    return Statement(_of_commitments(last_evidence(AS_OF)))


@lru_cache
def _last_searches() -> Statement:
    search = _newest(col(StatusUpdate.effective_on), *in_force(AS_OF), IS_SEARCH)
    return Statement(_of_commitments(search).where(search > last_evidence(AS_OF)))


@lru_cache
def _corrections() -> Statement:
    updates = StatusUpdate.__table__
    corrected = updates.alias("corrected")
    query = sa.select(*row_type(StatusUpdate).columns, corrected.c.id.label("key_"))
    query = query.join(corrected, corrected.c.corrected_by_id == updates.c.id)
    return Statement(query.where(among(corrected.c.id, KEYS)))


def _days(rows: Sequence[RawRow], _: Make) -> dict[int, dt.date]:
    return {id: day for id, day in rows if day is not None}
