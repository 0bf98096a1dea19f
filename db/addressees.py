"""Whom to ask about a gap, and what its subject is called in a question."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import sqlalchemy as sa
from sqlmodel import Session, col

from db.columns import Column
from db.models import (
    Allocation,
    AmountStatement,
    Citation,
    Claim,
    Commitment,
    CommitmentLead,
    Discrepancy,
    Document,
    Event,
    EventHost,
    Fund,
    Organisation,
    Strategy,
)
from db.models.base import Entity
from db.vocabulary import OrganisationKind

Pairs: TypeAlias = sa.Select[int, int, int]
# How many are named at most.
MOST = 3
# The positions of those who issued a source, and of the publisher of the Strategy.
PUBLISHERS, LAST = 1_000, 2_000
# They issue the words of others, and cannot tell what these did not say.
RELAYS = (OrganisationKind.MEDIA, OrganisationKind.PARLIAMENT)


def _pairs(owner: Column, organisation: Column, position: Column = None) -> Pairs:
    """Ids of subjects, ids of bodies to ask, and the positions of these."""
    place = sa.literal(PUBLISHERS) if position is None else col(position)
    return sa.select(col(owner).label("owner"), col(organisation).label("organisation_id"), place.label("position"))


def _publishers(owner: Column, source: Column = Citation.document_id) -> Pairs:
    return _pairs(owner, Document.publisher_id).join(Document, col(Document.id) == col(source))


RECIPIENTS = sa.select(col(Allocation.id), col(Allocation.recipient_id), sa.literal(0))
STATEMENTS = _publishers(AmountStatement.fund_id).select_from(Citation)
STATEMENTS = STATEMENTS.join(AmountStatement, col(AmountStatement.id) == col(Citation.amount_statement_id))
BODIES: Mapping[type[Entity], Sequence[Pairs]] = {
    Commitment: [_pairs(CommitmentLead.commitment_id, CommitmentLead.organisation_id, CommitmentLead.position)],
    Fund: [_publishers(Citation.fund_id), STATEMENTS],
    Allocation: [RECIPIENTS, _publishers(Citation.allocation_id)],
    Event: [
        _pairs(EventHost.event_id, EventHost.organisation_id, EventHost.position),
        _publishers(Citation.event_id),
    ],
    Discrepancy: [_publishers(Claim.discrepancy_id, Claim.document_id)],
}


def organisations(session: Session, ids: Sequence[int], model: type[Entity]) -> dict[int, list[Organisation]]:
    """Of a commitment its leads, of a fund who tells of it, of an allocation its recipient, too, of an event its hosts,
    too, of a disagreement its sides. Where these are none, the publisher of the Strategy."""
    everything = sa.select(col(model.id), col(Strategy.publisher_id), sa.literal(LAST)).join(Strategy, sa.true())
    pairs = sa.union_all(*BODIES[model], everything).subquery()
    owner, organisation_id, position = pairs.c
    query = (
        sa.select(owner, position, Organisation)
        .join(Organisation, col(Organisation.id) == organisation_id)
        .where(owner.in_(ids), (position != PUBLISHERS) | col(Organisation.kind).not_in(RELAYS))
        .order_by(position, col(Organisation.slug))
    )
    bodies: dict[int, list[Organisation]] = {id: [] for id in ids}
    for id, place, body in session.execute(query):
        if body not in bodies[id] and len(bodies[id]) < MOST and (place < LAST or not bodies[id]):
            bodies[id].append(body)
    return bodies


NAMES: Mapping[type[Entity], sa.Select[int, str, str | None]] = {
    Commitment: sa.select(col(Commitment.id), col(Commitment.title), sa.null()),
    Fund: sa.select(col(Fund.id), col(Fund.name), col(Fund.period)),
    Allocation: sa.select(col(Allocation.id), col(Fund.name), col(Organisation.name))
    .join(Fund, col(Fund.id) == col(Allocation.fund_id))
    .join(Organisation, col(Organisation.id) == col(Allocation.recipient_id)),
    Event: sa.select(col(Event.id), col(Event.title), sa.null()),
    Discrepancy: sa.select(col(Discrepancy.id), col(Discrepancy.question), sa.null()),
}


def names(session: Session, ids: Sequence[int], model: type[Entity]) -> dict[int, tuple[str, str | None, str]]:
    """What each is called, with a second name where it has one, and the title of the Strategy."""
    query = NAMES[model].add_columns(col(Strategy.title)).join(Strategy, sa.true()).where(col(model.id).in_(ids))
    return {id: (name, other, title) for id, name, other, title in session.execute(query)}
