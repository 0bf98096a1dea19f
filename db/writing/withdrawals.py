"""What withdrawals have in common. A row that is withdrawn leaves the record, and what belongs to it goes with it."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlmodel import col, select

from db import edits
from db.columns import Column
from db.models import (
    Allocation,
    AmountStatement,
    Area,
    AreaOrganisation,
    Change,
    Citation,
    Claim,
    Commitment,
    CommitmentEvent,
    CommitmentFund,
    CommitmentLead,
    Discrepancy,
    Event,
    EventFund,
    EventHost,
    Fund,
    Organisation,
    Participant,
    Person,
    StatusUpdate,
    Theme,
    Token,
)
from db.models.base import Base, Entity, Record
from db.natural_keys import KEY_COLUMN, MODELS
from db.vocabulary import ChangeAction, ProblemCode
from db.writing.base import Draft
from db.writing.inputs import Input, Prose

# A task that has nothing to show but its entry in the log.
Withdrawn: TypeAlias = tuple[dict[str, Any], Change]
# What belongs to a row, by the foreign keys that point to it. All else that points to it keeps it from being withdrawn.
BELONGINGS: dict[type[Record], Sequence[Column]] = {
    Commitment: (
        CommitmentLead.commitment_id, CommitmentFund.commitment_id, CommitmentEvent.commitment_id,
        StatusUpdate.commitment_id, Citation.commitment_id,
    ),
    # An update that was corrected goes with the one that took its place.
    StatusUpdate: (StatusUpdate.corrected_by_id, Citation.status_update_id),
    Fund: (
        CommitmentFund.fund_id, EventFund.fund_id, AmountStatement.fund_id, Allocation.fund_id, Citation.fund_id,
    ),
    AmountStatement: (Citation.amount_statement_id,),
    Allocation: (Citation.allocation_id,),
    Event: (
        EventHost.event_id, Participant.event_id, CommitmentEvent.event_id, EventFund.event_id, Citation.event_id,
    ),
    Discrepancy: (Claim.discrepancy_id,),
    Organisation: (AreaOrganisation.organisation_id,),
}  # fmt: skip
# Those who follow a row of these see the withdrawal of each row that pointed to it.
FOLLOWED = (Commitment, Theme, Fund, Event, Organisation, Area, Person)
MODEL_OF: dict[sa.Table, type[Base]] = {model.__table__: model for model in MODELS.values()} | {Token.__table__: Token}


class Withdrawal(Input):
    reason: Prose


def require_free(draft: Draft, row: Entity, *path: str) -> None:
    """A problem if rows that do not belong to it point to the row."""
    keepers = list(_keepers(draft, row))
    if keepers:
        names = ", ".join(
            "a token" if isinstance(keeper, Token) else edits.record(draft.session, keeper) for keeper in keepers
        )
        existing = next((keeper for keeper in keepers if type(keeper) in KEY_COLUMN), None)
        message = f"It cannot be withdrawn while others name it: {names}."
        draft.problem(ProblemCode.CONFLICT, message, *path, existing=existing)


def remove(draft: Draft, row: Record) -> list[Entity]:
    """Removes a row with all that belongs to it. Gives what a reader may follow of the rows that it pointed to."""
    affected = remove_belongings(draft, row) + _followed(draft, row)
    draft.remove(row)
    return affected


def remove_belongings(draft: Draft, row: Record) -> list[Entity]:
    affected = []
    for column in BELONGINGS.get(type(row), ()):
        for part in _pointing(draft, column, row):
            # A correction may have taken it along.
            if part in draft.session:
                affected += remove(draft, part)
    return affected


def log_withdrawal(draft: Draft, data: Withdrawal, what: str, subject: Base, *others: Base) -> Change:
    """Ends a withdrawal, which the summary calls `what`."""
    return draft.log(
        ChangeAction.WITHDRAWN, f"{what} is withdrawn: {data.reason}", subject, *others, reason=data.reason
    )


def _keepers(draft: Draft, row: Entity) -> Iterator[Base]:
    """The first row of each kind that points to this one and does not belong to it."""
    belonging = [column.property.columns[0] for column in BELONGINGS.get(type(row), ())]
    for table, model in MODEL_OF.items():
        for column in table.c:
            if column.references(type(row).__table__.c.id) and not any(column is other for other in belonging):
                yield from draft.session.exec(select(model).where(column == row.id).limit(1))


def _pointing(draft: Draft, column: Column, row: Any) -> list[Record]:
    model = column.class_
    query = select(model).where(col(column) == row.id).order_by(*model.__table__.primary_key)
    return list(draft.session.exec(query))


def _followed(draft: Draft, row: Record) -> list[Entity]:
    """The rows that it points to and that a reader can follow."""
    keys = sorted(type(row).__table__.foreign_keys, key=lambda key: key.parent.name)
    ids = [(MODEL_OF[key.column.table], getattr(row, key.parent.name)) for key in keys]
    return [draft.session.get_one(model, id) for model, id in ids if model in FOLLOWED and id is not None]
