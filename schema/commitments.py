"""Commitments: what was promised, where each stands, and what is tied to it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Self

import strawberry

from db import citations, commitments, discrepancies, events, funds, models, statuses
from db.vocabulary import Agreement, CommitmentOrigin, Confidence, Status
from schema.arguments import AsOf, KnownAt, Voices, spoken
from schema.context import Info
from schema.cost import Through, costs, own
from schema.node import KEY, Node, global_id, many, node_of, row_of
from schema.statuses import StatusUpdate

if TYPE_CHECKING:
    from schema.citations import Citation
    from schema.discrepancies import Discrepancy
    from schema.events import Event
    from schema.funds import Fund
    from schema.organisations import Organisation
    from schema.strategy import Theme


@node_of(models.Commitment, models.Commitment.ref)
@strawberry.type(description="A promise: one of the Strategy's, or one announced later to the same end.")
class Commitment(Node):
    key: strawberry.Private[int]
    theme_key: strawberry.Private[int | None]
    ref: str = strawberry.field(
        description="The tracker's own reference, SVS-01 to SVS-61 (ANN-nn for what was announced later);"
        " not the Strategy's numbering."
    )
    origin: CommitmentOrigin = strawberry.field(description="Where it comes from.")
    identified: bool = strawberry.field(
        description="Whether a source tells what this commitment is. The Strategy's total is public; not every item is."
    )
    slug: str | None = strawberry.field(description="A readable name for addresses; null while unidentified.")
    title: str | None = strawberry.field(description="What was promised, in a line; null while unidentified.")
    summary: str | None = strawberry.field(
        description="What was promised, with any doubt about it, in the tracker's words; null while unidentified."
    )
    confidence: Confidence | None = strawberry.field(
        description="How sure we are that this is one of the Strategy's own; null while unidentified."
    )

    theme: Annotated["Theme", strawberry.lazy("schema.strategy")] | None = row_of(
        models.Theme, "theme_key", "The theme that it stands under; null while unidentified."
    )
    leads: list[Annotated["Organisation", strawberry.lazy("schema.organisations")]] = many(
        commitments.leads,
        "The bodies that answer for it, the first one first.",
        owner=models.CommitmentLead.commitment_id,
        target=models.CommitmentLead.organisation_id,
    )
    funds: list[Annotated["Fund", strawberry.lazy("schema.funds")]] = many(
        funds.of_commitments,
        "The funds tied to it, by name.",
        owner=models.CommitmentFund.commitment_id,
        target=models.CommitmentFund.fund_id,
    )
    events: list[Annotated["Event", strawberry.lazy("schema.events")]] = many(
        events.of_commitments,
        "The events tied to it, by date, the undated last.",
        owner=models.CommitmentEvent.commitment_id,
        target=models.CommitmentEvent.event_id,
    )
    citations: list[Annotated["Citation", strawberry.lazy("schema.citations")]] = many(
        citations.of, "The sources that say what it is. Those of its status stand with each update.",
        models.Citation.commitment_id,
    )  # fmt: skip
    discrepancies: list[Annotated["Discrepancy", strawberry.lazy("schema.discrepancies")]] = many(
        discrepancies.of, "Where sources do not agree about it.", models.Discrepancy.commitment_id
    )

    @strawberry.field(
        description="Where it stands: the latest update of the given voices, on the given day, as known at the given"
        " instant. NOT_ASSESSED when there is none."
    )
    def status(self, info: Info, as_of: AsOf = None, known_at: KnownAt = None, voices: Voices = None) -> Status:
        found: Status = self._latest(info, as_of, known_at, voices, then=_status)
        return found

    @strawberry.field(description="The update behind that status; null when there is none.", metadata=costs(own))
    def status_update(
        self, info: Info, as_of: AsOf = None, known_at: KnownAt = None, voices: Voices = None
    ) -> StatusUpdate | None:
        found: StatusUpdate | None = self._latest(info, as_of, known_at, voices)
        return found

    @strawberry.field(
        description="Every update, by the day it speaks of, oldest first; corrected ones only when asked for.",
        metadata=costs(Through(models.StatusUpdate.commitment_id)),
    )
    def status_history(
        self,
        known_at: KnownAt = None,
        voices: Voices = None,
        *,
        include_corrected: Annotated[
            bool, strawberry.argument(description="Whether to list what was since corrected, too.")
        ] = False,
    ) -> list[StatusUpdate]:
        found: list[StatusUpdate] = self.asked(statuses.history, KEY, known_at, spoken(voices), include_corrected)
        return found

    @strawberry.field(description="The government's word beside everyone else's.")
    def agreement(self, info: Info, as_of: AsOf = None, known_at: KnownAt = None) -> Agreement:
        found: Agreement = self.asked(statuses.agreements, KEY, as_of or info.context.today, known_at)
        return found

    @strawberry.field(
        description="Days between the last evidence and the given day; null when there is none. The tracker's own"
        " searches are no evidence."
    )
    def days_since_evidence(self, info: Info, as_of: AsOf = None, known_at: KnownAt = None) -> int | None:
        day = as_of or info.context.today
        found: int | None = self.asked(
            statuses.evidence_days, KEY, day, known_at, then=lambda last: None if last is None else (day - last).days
        )
        return found

    def _latest(
        self,
        info: Info,
        as_of: AsOf,
        known_at: KnownAt,
        voices: Voices,
        then: Callable[[StatusUpdate | None], Any] | None = None,
    ) -> Any:
        return self.asked(statuses.latest, KEY, as_of or info.context.today, known_at, spoken(voices), then=then)

    @classmethod
    def from_row(cls, row: models.Commitment) -> Self:
        return cls(
            id=global_id("Commitment", row.ref),
            key=row.id,
            theme_key=row.theme_id,
            ref=row.ref,
            origin=row.origin,
            identified=row.identified,
            slug=row.slug,
            title=row.title,
            summary=row.summary,
            confidence=row.confidence,
        )


def _status(update: StatusUpdate | None) -> Status:
    return Status.NOT_ASSESSED if update is None else update.status
