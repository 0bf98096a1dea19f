"""Status updates, and what each status means."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from db import citations, models, statuses
from db.formatting import enum_label
from db.vocabulary import GROUP_OF, DatePrecision, Status, StatusGroup, Voice
from schema.node import Node, global_id, node_of, one, row_of

if TYPE_CHECKING:
    from schema.citations import Citation
    from schema.commitments import Commitment


@node_of(models.StatusUpdate, models.StatusUpdate.key)
@strawberry.type(
    description="One dated, sourced statement of where a commitment stood. Never edited, only corrected by a later one."
)
class StatusUpdate(Node):
    key: strawberry.Private[int]
    commitment_key: strawberry.Private[int]
    status: Status = strawberry.field(description="Where it stood.")
    effective_on: dt.date = strawberry.field(
        description="When it was true in the world; the last day of the period where the source gives only a month or"
        " a year, so that nothing shows as true before it surely was."
    )
    precision: DatePrecision = strawberry.field(description="How much of the date the source gives.")
    recorded_at: dt.datetime = strawberry.field(description="When this dataset learned it.")
    voice: Voice = strawberry.field(description="Whose word it is.")
    note: str = strawberry.field(description="What the source says, in the tracker's words, with any doubt about it.")
    correction_reason: str | None = strawberry.field(description="Why it was corrected; null while it stands.")

    commitment: Annotated["Commitment", strawberry.lazy("schema.commitments")] = row_of(
        models.Commitment, "commitment_key", "The commitment that it speaks of."
    )
    citation: Annotated["Citation", strawberry.lazy("schema.citations")] | None = one(
        citations.only,
        "key",
        "Its source; null only in the tracker's own voice.",
        models.Citation.status_update_id,
    )
    corrected_by: Annotated["StatusUpdate", strawberry.lazy("schema.statuses")] | None = one(
        statuses.corrections, "key", "The update that took its place; null while it stands."
    )

    @classmethod
    def from_row(cls, row: models.StatusUpdate) -> Self:
        return cls(
            id=global_id("StatusUpdate", row.key),
            key=row.id,
            commitment_key=row.commitment_id,
            status=row.status,
            effective_on=row.effective_on,
            precision=row.precision,
            recorded_at=row.recorded_at,
            voice=row.voice,
            note=row.note,
            correction_reason=row.correction_reason,
        )


@strawberry.type(description="A status with its meaning, so that clients need not hard-code labels.")
class StatusDefinition:
    status: Status = strawberry.field(description="The status.")
    group: StatusGroup = strawberry.field(description="The group that it is counted in.")
    position: int = strawberry.field(description="Where it stands in the order of all statuses, from 1.")
    label: str = strawberry.field(description="What to show a reader.")
    meaning: str = strawberry.field(description="What it says, and what it does not.")
    evidence: str = strawberry.field(description="What it takes to record it.")


EVIDENCE = {
    Status.NOT_ASSESSED: "None: it is what is shown while nothing is recorded.",
    Status.NO_EVIDENCE: "A dated search by the tracker that found nothing.",
    Status.UNTESTABLE: "The wording of the commitment itself.",
    Status.NOT_STARTED: "A source that says so, of that day.",
    Status.ANNOUNCED: "A source that promises, plans or funds it.",
    Status.IN_PROGRESS: "A source that shows work or spending under way.",
    Status.STALLED: "A source that says that it stopped, or that nobody knows whether it goes on.",
    Status.PARTIALLY_DELIVERED: "A source that shows a part done.",
    Status.DELIVERED: "A source that says that it exists, was done or was provided; see `agreement` for whose word.",
    Status.DISCONTINUED: "A source that says that it ended.",
    Status.SUPERSEDED: "A source that names what took its place.",
    Status.ABANDONED: "A source that says that it was given up.",
}


def definitions() -> list[StatusDefinition]:
    meanings = {value.name: value.description for value in Status.__strawberry_definition__.values}  # type: ignore[attr-defined]
    return [
        StatusDefinition(
            status=status,
            group=GROUP_OF[status],
            position=position,
            label=enum_label(status),
            meaning=meanings[status],
            evidence=EVIDENCE[status],
        )
        for position, status in enumerate(Status, 1)
    ]
