"""Whom to ask about a gap, and what its subject is called in a question."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import sqlalchemy as sa
from sqlmodel import col

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
from db.queries import Make, Query, Question
from db.rows import row_type
from db.statements import KEYS, RawRow, Statement, among
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


@Question
def organisations(ids: Sequence[int], model: type[Entity]) -> Query[dict[int, list[Organisation]]]:
    """Of a commitment its leads, of a fund who tells of it, of an allocation its recipient, too, of an event its hosts,
    too, of a disagreement its sides. Where these are none, the publisher of the Strategy."""

    def collect(rows: Sequence[RawRow], make: Make) -> dict[int, list[Organisation]]:
        key = row_type(Organisation).places["id"]
        bodies: dict[int, dict[int, Organisation]] = {id: {} for id in ids}
        for row in rows:
            found, body, place = bodies[row[-1]], row[key], row[-2]
            if body not in found and len(found) < MOST and (place < LAST or not found):
                found[body] = make(row)
        return {id: [*found.values()] for id, found in bodies.items()}

    return Query(_organisations(model), {"ids": ids}, Organisation, collect)


@lru_cache
def _organisations(model: type[Entity]) -> Statement:
    everything = sa.select(col(model.id), col(Strategy.publisher_id), sa.literal(LAST)).join(Strategy, sa.true())
    # Each part is narrowed by itself, as no database does it with a list of any length.
    parts = (part.where(among(part.selected_columns[0], KEYS)) for part in (*BODIES[model], everything))
    owner, organisation_id, position = sa.union_all(*parts).subquery().c
    query = (
        sa.select(*row_type(Organisation).columns, position, owner)
        .join_from(Organisation, owner.table, col(Organisation.id) == organisation_id)
        .where((position != PUBLISHERS) | col(Organisation.kind).not_in(RELAYS))
        .order_by(position, col(Organisation.slug))
    )
    return Statement(query)


NAMES: Mapping[type[Entity], sa.Select[int, str, str | None]] = {
    Commitment: sa.select(col(Commitment.id), col(Commitment.title), sa.null()),
    Fund: sa.select(col(Fund.id), col(Fund.name), col(Fund.period)),
    Allocation: sa.select(col(Allocation.id), col(Fund.name), col(Organisation.name))
    .join(Fund, col(Fund.id) == col(Allocation.fund_id))
    .join(Organisation, col(Organisation.id) == col(Allocation.recipient_id)),
    Event: sa.select(col(Event.id), col(Event.title), sa.null()),
    Discrepancy: sa.select(col(Discrepancy.id), col(Discrepancy.question), sa.null()),
}


@Question
def names(ids: Sequence[int], model: type[Entity]) -> Query[dict[int, tuple[str, str | None, str]]]:
    """What each is called, with a second name where it has one, and the title of the Strategy."""

    def collect(rows: Sequence[RawRow], _: Make) -> dict[int, tuple[str, str | None, str]]:
        return {id: (name, other, title) for id, name, other, title in rows}

    return Query(_names(model), {"ids": ids}, None, collect)


@lru_cache
def _names(model: type[Entity]) -> Statement:
    query = NAMES[model].add_columns(col(Strategy.title)).join(Strategy, sa.true())
    return Statement(query.where(among(col(model.id), KEYS)))
