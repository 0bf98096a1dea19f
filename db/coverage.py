"""What is known, and what is not known yet."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import Session, col

from db import reconciliation, statuses
from db.answer_cache import cache_answers
from db.columns import Column
from db.commitments import OWN
from db.models import (
    Allocation,
    AmountStatement,
    Citation,
    Commitment,
    CommitmentEvent,
    CommitmentFund,
    Discrepancy,
    Document,
    Event,
    Fund,
    StatusUpdate,
)
from db.models.base import Entity
from db.statements import Statement
from db.statuses import AS_OF
from db.vocabulary import Confidence, DiscrepancyState, DocumentKind, GapKind, ReconciliationState

# How many gaps of each kind are read where not all of them are wanted.
MANY = 100


@dataclass(frozen=True)
class Count:
    """Counts of the commitments of one theme, or with None of those not identified."""

    theme_id: int | None
    total: int
    with_status: int
    with_funds: int
    with_events: int
    in_seed_documents: int


@dataclass(frozen=True)
class Gap:
    """One thing that is not known yet, and the row that it is about."""

    kind: GapKind
    model: type[Entity]
    id: int
    # For the sentence about the gap: the day of the last search, a state, or the reason that a source gives.
    detail: str | None = None


@dataclass(frozen=True)
class FirstGaps:
    """At least the first `MANY` gaps of each kind, and how many gaps of each kind there are."""

    gaps: list[Gap]
    counts: Counter[GapKind]


@cache_answers
def counts(session: Session, as_of: dt.date) -> list[Count]:
    """Statuses are those of a day; the rest has no day."""
    return [Count(*values) for values in _counts().ask(session, {"as_of": as_of})]


@lru_cache
def _counts() -> Statement:
    # Sets that the database makes once, rather than a subquery for every commitment.
    has_evidence = sa.select(col(StatusUpdate.commitment_id)).where(*statuses.in_force(AS_OF, statuses.EVIDENCE_VOICES))
    in_seed = sa.select(Citation).join(Document, col(Document.id) == col(Citation.document_id))
    in_seed = in_seed.where(col(Document.kind) == DocumentKind.SEED)
    in_seed_documents: sa.CompoundSelect[int] = sa.union(
        in_seed.with_only_columns(col(Citation.commitment_id)).where(col(Citation.commitment_id).is_not(None)),
        in_seed.join(StatusUpdate, col(StatusUpdate.id) == col(Citation.status_update_id)).with_only_columns(
            col(StatusUpdate.commitment_id)
        ),
    )

    def number(ids: Column, name: str) -> sa.ColumnElement[int]:
        return sa.func.count(sa.case((col(Commitment.id).in_(ids), 1))).label(name)

    query = (
        sa.select(
            col(Commitment.theme_id),
            sa.func.count().label("total"),
            number(has_evidence, "with_status"),
            number(sa.select(col(CommitmentFund.commitment_id)), "with_funds"),
            number(sa.select(col(CommitmentEvent.commitment_id)), "with_events"),
            number(in_seed_documents, "in_seed_documents"),
        )
        .where(OWN)
        .group_by(col(Commitment.theme_id))
    )
    return Statement(query)


def gaps(session: Session, as_of: dt.date, today: dt.date) -> list[Gap]:
    """In the order of their kinds, and of their subjects within a kind. Statuses and sizes are those of a day."""
    return [
        _gap(kind, model, id, detail)
        for kind, model, statement in _gaps(as_of < today)
        for id, detail in statement.ask(session, {"as_of": as_of})
    ]


@cache_answers
def first_gaps(session: Session, as_of: dt.date, today: dt.date) -> FirstGaps:
    """The first of these of each kind, and how many there are."""
    counts, first = Counter[GapKind](), []
    for kind, model, statement in _first_gaps(as_of < today):
        rows = statement.ask(session, {"as_of": as_of})
        first += [_gap(kind, model, id, detail) for id, detail, _ in rows]
        counts[kind] += rows[0][-1] if rows else 0
    return FirstGaps(first, counts)


@lru_cache
def _gaps(is_past: bool) -> list[tuple[GapKind, type[Entity], Statement]]:
    return [(kind, model, Statement(query)) for kind, model, query in _queries(is_past=is_past)]


@lru_cache
def _first_gaps(is_past: bool) -> list[tuple[GapKind, type[Entity], Statement]]:
    # Counted in the statement that lists them: a database that has found all rows knows how many they are.
    return [
        (kind, model, Statement(query.add_columns(sa.func.count().over()).limit(MANY)))
        for kind, model, query in _queries(is_past=is_past)
    ]


def _gap(kind: GapKind, model: type[Entity], id: int, detail: object) -> Gap:
    return Gap(kind, model, id, None if detail is None else str(detail))


def _queries(*, is_past: bool) -> Iterable[tuple[GapKind, type[Entity], sa.Select[int, object]]]:
    """The id and the detail of each gap of a kind."""
    nothing = sa.null()
    own = sa.select(col(Commitment.id), nothing).where(OWN).order_by(col(Commitment.ref))
    yield GapKind.UNIDENTIFIED, Commitment, own.where(~col(Commitment.identified))
    yield GapKind.NO_STATUS, Commitment, _without_status()
    yield GapKind.LOW_CONFIDENCE, Commitment, own.where(col(Commitment.confidence) == Confidence.LOW)
    is_stated = reconciliation.stated_by(AS_OF, is_past=is_past)
    has_amount = sa.exists().where(col(AmountStatement.fund_id) == col(Fund.id), is_stated)
    yield GapKind.UNKNOWN_SUM, Fund, sa.select(col(Fund.id), nothing).where(~has_amount).order_by(col(Fund.slug))
    unknown = sa.select(col(Allocation.id), col(Allocation.note)).where(col(Allocation.amount).is_(None))
    yield GapKind.UNKNOWN_SUM, Allocation, unknown.order_by(col(Allocation.key))
    yield GapKind.UNRECONCILED, Fund, _unreconciled(is_past=is_past)
    undated = sa.select(col(Event.id), col(Event.date_note)).where(col(Event.held_on).is_(None))
    yield GapKind.NO_DATE, Event, undated.order_by(col(Event.slug))
    is_open = col(Discrepancy.state) == DiscrepancyState.OPEN
    question = sa.select(col(Discrepancy.id), col(Discrepancy.question)).where(is_open)
    yield GapKind.OPEN_DISCREPANCY, Discrepancy, question.order_by(col(Discrepancy.slug))


def _without_status() -> sa.Select[int, object]:
    last_search = sa.func.max(col(StatusUpdate.effective_on))
    evidence = sa.func.count(sa.case((col(StatusUpdate.voice).in_(statuses.EVIDENCE_VOICES), 1)))
    updates = sa.and_(col(StatusUpdate.commitment_id) == col(Commitment.id), *statuses.in_force(AS_OF))
    return (
        sa.select(col(Commitment.id), last_search)
        .join(StatusUpdate, updates, isouter=True)
        .where(OWN, col(Commitment.identified))
        .group_by(col(Commitment.id), col(Commitment.ref))
        .having(evidence == 0)
        .order_by(col(Commitment.ref))
    )


def _unreconciled(*, is_past: bool) -> sa.Select[int, object]:
    sums = reconciliation.sums(AS_OF, is_past=is_past)
    state = reconciliation.state(sums)
    settled = [ReconciliationState.BALANCED.value, ReconciliationState.NOTHING_STATED.value]
    return (
        sa.select(sums.c.fund_id, state)
        .join(Fund, col(Fund.id) == sums.c.fund_id)
        .where(sums.c.number > 0, state.not_in(settled))
        .order_by(col(Fund.slug))
    )
