"""How many commitments have each status, by lead, fund, recipient, voice and year."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from db import statuses
from db.answer_cache import cache_answers
from db.columns import Condition
from db.formatting import enum_label
from db.forms import statement_of
from db.models import Allocation, Commitment, CommitmentFund, CommitmentLead, Fund, Organisation, StatusUpdate
from db.vocabulary import CommitmentGroup, Status


@dataclass(frozen=True, slots=True)
class GroupTally:
    """`key` is the slug of a fund or of an organisation, a voice or a year; None for those without one."""

    key: str | None
    label: str | None
    # The row that it is.
    model: type[Fund | Organisation] | None
    id: int | None
    counts: Counter[Status]


LED, LEAD = col(CommitmentLead.commitment_id), col(CommitmentLead.organisation_id)
FUND, COMMITMENT = col(CommitmentFund.fund_id), col(CommitmentFund.commitment_id)
# The model of the rows that commitments are grouped by, and the pairs of both ids.
TIES: dict[CommitmentGroup, tuple[Any, sa.Select[int, int]]] = {
    CommitmentGroup.LEAD: (Organisation, sa.select(LED.label("owner"), LEAD.label("target"))),
    CommitmentGroup.FUND: (Fund, sa.select(COMMITMENT.label("owner"), FUND.label("target"))),
    # Distinct, because a body may have received from several funds of one commitment.
    CommitmentGroup.RECIPIENT: (
        Organisation,
        sa.select(COMMITMENT.label("owner"), col(Allocation.recipient_id).label("target"))
        .join(Allocation, col(Allocation.fund_id) == FUND)
        .distinct(),
    ),
}
# Of the update that gives the status.
VALUES: dict[CommitmentGroup, sa.ColumnElement[Any]] = {
    CommitmentGroup.VOICE: sa.cast(col(StatusUpdate.voice), sa.String),
    CommitmentGroup.YEAR: sa.cast(sa.extract("year", col(StatusUpdate.effective_on)), sa.Integer),
}


@cache_answers
def by_group(session: Session, by: CommitmentGroup, where: Sequence[Condition], as_of: dt.date) -> list[GroupTally]:
    """The largest groups first; years in their order. The commitments that belong to none come last."""
    statement, params = statement_of(_by_group, where, args=(by,))
    tallies: defaultdict[tuple[Any, ...], Counter[Status]] = defaultdict(Counter)
    for value, number, *key in statement.ask(session, {**params, "as_of": as_of}):
        tallies[tuple(key)][Status(value)] += number
    groups = [_group(by, key, tally) for key, tally in tallies.items()]
    if by is CommitmentGroup.YEAR:
        return sorted(groups, key=lambda one: (one.key is None, one.key))
    return sorted(groups, key=lambda one: (one.key is None, -one.counts.total(), one.key))


def _by_group(where: Sequence[Condition], by: CommitmentGroup) -> sa.Select[*tuple[Any, ...]]:
    each = sa.select(col(Commitment.id), statuses.update_id(statuses.AS_OF).label("update_id")).where(*where).subquery()
    status = sa.func.coalesce(sa.cast(col(StatusUpdate.status), sa.String), Status.NOT_ASSESSED.value)
    counts: sa.Select[*tuple[Any, ...]] = sa.select(status, sa.func.count()).select_from(each)
    counts = counts.join(StatusUpdate, col(StatusUpdate.id) == each.c.update_id, isouter=True).group_by(status)
    group: tuple[Any, ...]
    if by in TIES:
        model, pairs = TIES[by]
        tie = pairs.subquery()
        counts = counts.join(tie, tie.c.owner == each.c.id, isouter=True)
        counts = counts.join(model, col(model.id) == tie.c.target, isouter=True)
        group = (model.slug, model.name, col(model.id))
    else:
        group = (VALUES[by],)
    return counts.add_columns(*group).group_by(*group)


def _group(by: CommitmentGroup, key: tuple[Any, ...], counts: Counter[Status]) -> GroupTally:
    if by in TIES:
        slug, name, id = key
        return GroupTally(slug, name, TIES[by][0], id, counts)
    text = None if key[0] is None else str(key[0])
    return GroupTally(text, text and enum_label(text), None, None, counts)
