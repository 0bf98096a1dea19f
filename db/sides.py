"""The side on which a status update is: the government, those who carry the commitment out, or others."""

from collections.abc import Sequence
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import col

from db.columns import Condition
from db.models import Citation, CommitmentLead, Document, StatusUpdate
from db.queries import Make, Query, Question
from db.statements import KEYS, RawRow, Statement, among
from db.vocabulary import Side, Voice

VOICE = col(StatusUpdate.voice)
# The voices whose side depends on who published the source.
BYSTANDERS = tuple(voice for voice in Voice if voice not in (Voice.GOVERNMENT, Voice.DELIVERY_BODY, Voice.TRACKER))


def by_lead() -> Condition:
    """Whether the publisher of the source of the update of the enclosing query is a lead of its commitment."""
    return (
        sa.exists()
        .where(
            col(Citation.status_update_id) == col(StatusUpdate.id),
            col(Document.id) == col(Citation.document_id),
            col(CommitmentLead.organisation_id) == col(Document.publisher_id),
            col(CommitmentLead.commitment_id) == col(StatusUpdate.commitment_id),
        )
        .correlate(StatusUpdate)
    )


def side() -> sa.ColumnElement[str | None]:
    """The side of the update of the enclosing query; NULL for the tracker's, which takes none."""
    return sa.case(
        (VOICE == Voice.GOVERNMENT, Side.GOVERNMENT.value),
        (VOICE == Voice.TRACKER, sa.null()),
        (VOICE == Voice.DELIVERY_BODY, Side.DELIVERY.value),
        (by_lead(), Side.DELIVERY.value),
        else_=Side.OTHERS.value,
    )


def of_sides(sides: Sequence[Side]) -> Condition:
    """Whether the update of the enclosing query is on one of the sides."""
    conditions: dict[Side, Condition] = {
        Side.GOVERNMENT: VOICE == Voice.GOVERNMENT,
        Side.DELIVERY: (VOICE == Voice.DELIVERY_BODY) | (VOICE.in_(BYSTANDERS) & by_lead()),
        Side.OTHERS: VOICE.in_(BYSTANDERS) & ~by_lead(),
    }
    return sa.or_(sa.false(), *(conditions[side] for side in sides))


@Question
def sides(ids: Sequence[int]) -> Query[dict[int, Side]]:
    """The side of each update that has one."""

    def collect(rows: Sequence[RawRow], _: Make) -> dict[int, Side]:
        return {id: Side(value) for id, value in rows if value is not None}

    return Query(_sides(), {"ids": ids}, None, collect)


@lru_cache
def _sides() -> Statement:
    return Statement(sa.select(col(StatusUpdate.id), side()).where(among(col(StatusUpdate.id), KEYS)))
