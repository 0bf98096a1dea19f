"""What is known, and what is not yet known."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from db import reconciliation, statuses
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
from db.vocabulary import (
    CommitmentOrigin,
    Confidence,
    DiscrepancyState,
    DocumentKind,
    GapKind,
    ReconciliationState,
)

OWN = col(Commitment.origin) == CommitmentOrigin.STRATEGY


@dataclass(frozen=True)
class Count:
    """Of the commitments of one theme (None: those not identified): how many have what."""

    theme_id: int | None
    total: int
    with_status: int
    with_funds: int
    with_events: int
    in_seed_documents: int


@dataclass(frozen=True)
class Gap:
    """One thing not known yet, and the row that it is about."""

    kind: GapKind
    model: type[Any]
    id: int
    # What the sentence about it needs: a count, a state, the reason that a source gives.
    detail: str | None = None


def counts(session: Session) -> list[Count]:
    # Sets that are made once, rather than a question for every commitment.
    witnessed = sa.select(col(StatusUpdate.commitment_id)).where(
        *statuses.in_force(None, None, statuses.EVIDENCE_VOICES)
    )
    in_seed = sa.select(Citation).join(Document, col(Document.id) == col(Citation.document_id))
    in_seed = in_seed.where(col(Document.kind) == DocumentKind.SEED)
    spoken_of: sa.CompoundSelect[int] = sa.union(
        in_seed.with_only_columns(col(Citation.commitment_id)).where(col(Citation.commitment_id).is_not(None)),
        in_seed.join(StatusUpdate, col(StatusUpdate.id) == col(Citation.status_update_id)).with_only_columns(
            col(StatusUpdate.commitment_id)
        ),
    )

    def among(ids: Any, name: str) -> Any:
        return sa.func.count(sa.case((col(Commitment.id).in_(ids), 1))).label(name)

    query = (
        sa.select(
            col(Commitment.theme_id),
            sa.func.count().label("total"),
            among(witnessed, "with_status"),
            among(sa.select(col(CommitmentFund.commitment_id)), "with_funds"),
            among(sa.select(col(CommitmentEvent.commitment_id)), "with_events"),
            among(spoken_of, "in_seed_documents"),
        )
        .where(OWN)
        .group_by(col(Commitment.theme_id))
    )
    return [Count(**row._mapping) for row in session.execute(query)]


def gaps(session: Session) -> list[Gap]:
    """In the order of their kinds, and of their subjects within a kind."""
    return [gap for question in GAPS for gap in question(session)]


def _unidentified(session: Session) -> list[Gap]:
    query = sa.select(col(Commitment.id)).where(OWN, ~col(Commitment.identified)).order_by(col(Commitment.ref))
    return [Gap(GapKind.UNIDENTIFIED, Commitment, key) for key in session.scalars(query)]


def _without_status(session: Session) -> list[Gap]:
    searched = sa.func.max(col(StatusUpdate.effective_on))
    witnessed = sa.func.count(sa.case((col(StatusUpdate.voice).in_(statuses.EVIDENCE_VOICES), 1)))
    query = (
        sa.select(col(Commitment.id), searched)
        .join(
            StatusUpdate,
            sa.and_(col(StatusUpdate.commitment_id) == col(Commitment.id), *statuses.uncorrected(None)),
            isouter=True,
        )
        .where(OWN, col(Commitment.identified))
        .group_by(col(Commitment.id), col(Commitment.ref))
        .having(witnessed == 0)
        .order_by(col(Commitment.ref))
    )
    return [
        Gap(GapKind.NO_STATUS, Commitment, key, None if day is None else str(day))
        for key, day in session.execute(query)
    ]


def _unsure(session: Session) -> list[Gap]:
    query = (
        sa.select(col(Commitment.id))
        .where(OWN, col(Commitment.confidence) == Confidence.LOW)
        .order_by(col(Commitment.ref))
    )
    return [Gap(GapKind.LOW_CONFIDENCE, Commitment, key) for key in session.scalars(query)]


def _unknown_sums(session: Session) -> list[Gap]:
    stated = sa.exists().where(col(AmountStatement.fund_id) == col(Fund.id))
    unstated = sa.select(col(Fund.id)).where(~stated).order_by(col(Fund.slug))
    named = (
        sa.select(col(Allocation.id), col(Allocation.note))
        .join(Fund, col(Fund.id) == col(Allocation.fund_id))
        .where(col(Allocation.amount).is_(None))
        .order_by(col(Allocation.key))
    )
    return [
        *(Gap(GapKind.UNKNOWN_SUM, Fund, key) for key in session.scalars(unstated)),
        *(Gap(GapKind.UNKNOWN_SUM, Allocation, key, note) for key, note in session.execute(named)),
    ]


def _unreconciled(session: Session) -> list[Gap]:
    sums = reconciliation.sums()
    state = reconciliation.state(sums)
    settled = [ReconciliationState.BALANCED.value, ReconciliationState.NOTHING_STATED.value]
    query = (
        sa.select(sums.c.fund_id, state)
        .join(Fund, col(Fund.id) == sums.c.fund_id)
        .where(sums.c.number > 0, state.not_in(settled))
        .order_by(col(Fund.slug))
    )
    return [Gap(GapKind.UNRECONCILED, Fund, key, word) for key, word in session.execute(query)]


def _undated(session: Session) -> list[Gap]:
    query = sa.select(col(Event.id), col(Event.date_note)).where(col(Event.held_on).is_(None)).order_by(col(Event.slug))
    return [Gap(GapKind.NO_DATE, Event, key, note) for key, note in session.execute(query)]


def _open_discrepancies(session: Session) -> list[Gap]:
    query = (
        sa.select(col(Discrepancy.id), col(Discrepancy.question))
        .where(col(Discrepancy.state) == DiscrepancyState.OPEN)
        .order_by(col(Discrepancy.slug))
    )
    return [Gap(GapKind.OPEN_DISCREPANCY, Discrepancy, key, question) for key, question in session.execute(query)]


GAPS = (_unidentified, _without_status, _unsure, _unknown_sums, _unreconciled, _undated, _open_discrepancies)
