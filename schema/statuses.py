"""Status updates, and what each status means."""

import datetime as dt
from collections.abc import Mapping, Sequence

import strawberry

from db import citations, evidence, models, relations, sides, statuses
from db.formatting import day_text, enum_label, says
from db.vocabulary import GROUP_OF, DatePrecision, Side, Status, StatusGroup, Voice
from schema.batch import RowMember
from schema.context import Context
from schema.cost import costs, fixed
from schema.keys import KEY
from schema.loads import then
from schema.moment import Moment
from schema.named import LABEL, PAGE_URL, Named
from schema.node import Node, global_id, node_by, node_of
from schema.relations import foreign_key, one, row_of
from schema.root_fields import list_field
from schema.source_filters import StatusUpdateFilter
from schema.versions import Versioned

COMMITMENT = foreign_key("commitment_id")


@node_of(models.StatusUpdate)
@strawberry.type(
    description="One dated, sourced statement of where a commitment stood. Never edited, only corrected by a later one,"
    " or withdrawn."
)
class StatusUpdate(Named, Versioned):
    status: Status = strawberry.field(description="Where it stood.")
    effective_on: dt.date = strawberry.field(
        description="When it was true in the world; the last day of the period where the source gives only a month or"
        " a year, so that nothing shows as true too early."
    )
    precision: DatePrecision = strawberry.field(description="How much of the date the source gives.")
    recorded_at: dt.datetime = strawberry.field(description="When this dataset learned it.")
    voice: Voice = strawberry.field(description="Whose word it is.")
    note: str = strawberry.field(description="What the source says, in the tracker's words, with any doubt about it.")
    correction_reason: str | None = strawberry.field(description="Why it was corrected; null if it is not.")

    commitment = row_of(models.Commitment, models.StatusUpdate.commitment_id, "The commitment that it speaks of.")
    citation = one(
        models.Citation,
        citations.only,
        "Its source; null only in the tracker's own voice.",
        models.Citation.status_update_id,
    )
    corrected_by = one(
        models.StatusUpdate, statuses.corrections, "The update that took its place; null if it is not corrected."
    )

    @strawberry.field(description=f"{LABEL} Of a status update what it says, of which commitment, and when.")
    def label(self) -> str:
        when, status = day_text(self.effective_on, self.precision), enum_label(self.status).lower()
        commitment = self.load_as(RowMember, relations.by_id, COMMITMENT, models.Commitment)
        return then(commitment, lambda commitment: f"{commitment.row.ref}: {status}, {says(self.voice)}, {when}")

    @strawberry.field(description=PAGE_URL)
    def page_url(self) -> str:
        commitment = self.load_as(RowMember, relations.by_id, COMMITMENT, models.Commitment)
        return then(commitment, lambda commitment: self.address(commitment.row.ref))

    @strawberry.field(description="The side on which it is; null in the tracker's own voice.")
    def side(self) -> Side | None:
        return self.load_optional(Side, sides.sides, KEY)


async def _find_definitions(_context: Context, _moment: Moment, keys: Sequence[str]) -> Mapping[str, Node]:
    return {each.status.value: each for each in build_definitions() if each.status.value in keys}


@node_by(_find_definitions, lambda _sizes, _arguments: 0)
@strawberry.type(description="A status with its meaning, so that clients need not hard-code labels.")
class StatusDefinition(Node):
    status: Status = strawberry.field(description="The status.")
    group: StatusGroup = strawberry.field(description="The group that it is counted in.")
    position: int = strawberry.field(description="Its place in the order of all statuses, from 1.")
    label: str = strawberry.field(description="What to show a reader.")
    meaning: str = strawberry.field(description="What it says, and what it does not say.")
    evidence: str = strawberry.field(description="The evidence that it takes to record it.")


EVIDENCE = {
    Status.NOT_ASSESSED: "None: it is what is shown while nothing is recorded.",
    Status.NO_EVIDENCE: "A dated search by the tracker that found nothing.",
    Status.UNTESTABLE: "The wording of the commitment itself.",
    Status.NOT_STARTED: "A source that says so, of that day.",
    Status.ANNOUNCED: "A source that promises, plans or funds it.",
    Status.IN_PROGRESS: "A source that shows work or spending under way.",
    Status.STALLED: "A source that says that it stopped, or that its future is open.",
    Status.PARTIALLY_DELIVERED: "A source that shows a part done.",
    Status.DELIVERED: "A source that says that it exists, was done or was provided; see `agreement` for whose word.",
    Status.DISCONTINUED: "A source that says that it ended.",
    Status.SUPERSEDED: "A source that names what took its place.",
    Status.ABANDONED: "A source that says that it was given up.",
}


def build_definitions() -> list[StatusDefinition]:
    meanings = {value.name: value.description for value in Status.__strawberry_definition__.values}  # type: ignore[attr-defined]
    return [
        StatusDefinition(
            id=global_id(StatusDefinition.__name__, status.value),
            status=status,
            group=GROUP_OF[status],
            position=position,
            label=enum_label(status),
            meaning=meanings[status],
            evidence=EVIDENCE[status],
        )
        for position, status in enumerate(Status, 1)
    ]


@strawberry.type
class StatusQueries:
    status_updates = list_field(
        StatusUpdate,
        StatusUpdateFilter,
        evidence.by_recording(descending=True),
        "Every status update in force on the day, of all commitments, also of those that were announced later: what was"
        " recorded last comes first. Without the tracker's voice, which says that it searched, it is all evidence.",
    )

    @strawberry.field(
        description="Every status, in order, with its label and its meaning: clients need not hard-code them.",
        metadata=costs(fixed(len(Status)), flat=0),
    )
    def status_definitions(self) -> list[StatusDefinition]:
        return build_definitions()
