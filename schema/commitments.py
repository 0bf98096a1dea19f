"""Commitments: what was promised, its status, and what is tied to it."""

import datetime as dt
from typing import Annotated

import strawberry

from db import citations, commitments, confirmations, discrepancies, events, funds, intervals, models, statuses
from db.vocabulary import Agreement, CommitmentOrigin, Confidence, Confirmation, Status
from schema.arguments import AsOf, KnownAt, Sides, Voices, sides_key, voices_key
from schema.batch import BatchMember
from schema.cost import Through, costs, own
from schema.filters import CommitmentFilter
from schema.intervals import StatusInterval
from schema.keys import KEY
from schema.loads import ROWS, VALUE, then
from schema.named import Named
from schema.node import node_of
from schema.orders import CommitmentOrder
from schema.relations import many, row_of
from schema.root_fields import list_field, row_field
from schema.statuses import StatusUpdate
from schema.versions import Versioned


def _status_update(
    self: BatchMember, as_of: AsOf = None, known_at: KnownAt = None, voices: Voices = None, sides: Sides = None
) -> StatusUpdate | None:
    narrow = voices_key(voices), sides_key(sides)
    return self.load_optional(
        StatusUpdate, statuses.latest, KEY, as_of or self.moment.as_of, *narrow, known_at=known_at
    )


@node_of(models.Commitment)
@strawberry.type(description="A promise: one of the Strategy's, or one announced later to the same end.")
class Commitment(Named, Versioned):
    ref: str = strawberry.field(
        description="The tracker's own reference, SVS-01 to SVS-61 (ANN-nn for what was announced later);"
        " not the Strategy's numbering."
    )
    origin: CommitmentOrigin = strawberry.field(description="Whether it is the Strategy's own, or was announced later.")
    identified: bool = strawberry.field(
        description="Whether a source tells what this commitment is. The Strategy's total is public; not every item is."
    )
    slug: str | None = strawberry.field(description="A readable name for addresses; null while unidentified.")
    title: str | None = strawberry.field(description="What was promised, in a line; null while unidentified.")
    summary: str | None = strawberry.field(
        description="What was promised, with any doubt about it, in the tracker's words; null while unidentified."
    )
    confidence: Confidence | None = strawberry.field(
        description="How sure it is that this is one of the Strategy's own; null while unidentified."
    )

    theme = row_of(models.Theme, models.Commitment.theme_id, "The theme that it is under; null while unidentified.")
    leads = many(commitments.leads, "The bodies that answer for it, the first one first.")
    funds = many(funds.of_commitments, "The funds tied to it, by name.")
    events = many(events.of_commitments, "The events tied to it, by date, the undated last.")
    citations = many(
        citations.of(models.Citation.commitment_id), "The sources that say what it is. Each status update has its own."
    )
    discrepancies = many(discrepancies.of(models.Discrepancy.commitment_id), "Where sources do not agree about it.")

    @strawberry.field(
        description="The status of the latest update in force on the given day, as known at the given"
        " instant, in the given voices, by the given sides. A search that found nothing counts only where there is no"
        " other update. NOT_ASSESSED if there is none.",
        metadata=VALUE,
    )
    def status(
        self, as_of: AsOf = None, known_at: KnownAt = None, voices: Voices = None, sides: Sides = None
    ) -> Status:
        update = _status_update(self, as_of, known_at, voices, sides)
        return then(update, lambda update: Status.NOT_ASSESSED if update is None else update.status)

    status_update = strawberry.field(
        _status_update,
        description="The update that gives that status; null if there is none.",
        metadata=ROWS | costs(own),
    )

    @strawberry.field(
        description="Every update, by the day on which it was true, oldest first; corrected ones only on request.",
        metadata=ROWS | costs(Through(models.StatusUpdate.commitment_id)),
    )
    def status_history(
        self,
        known_at: KnownAt = None,
        voices: Voices = None,
        *,
        include_corrected: Annotated[
            bool | None, strawberry.argument(description="Whether to list corrected updates, too.")
        ] = False,
    ) -> list[StatusUpdate]:
        question, voice_names = statuses.history, voices_key(voices)
        return self.load_as(list[StatusUpdate], question, KEY, voice_names, bool(include_corrected), known_at=known_at)

    @strawberry.field(
        description="When it had which status, oldest first, up to the given day: what `status` says of each day."
        " Before the first it was NOT_ASSESSED.",
        metadata=VALUE | costs(Through(models.StatusUpdate.commitment_id)),
    )
    def intervals(
        self, as_of: AsOf = None, known_at: KnownAt = None, voices: Voices = None, sides: Sides = None
    ) -> list[StatusInterval]:
        narrow = voices_key(voices), sides_key(sides)
        day = as_of or self.moment.as_of
        return self.load_as(list[StatusInterval], intervals.of_commitments, KEY, day, *narrow, known_at=known_at)

    @strawberry.field(
        description="What the other sides say of the government's word, on the given day.", metadata=VALUE
    )
    def confirmation(self, as_of: AsOf = None, known_at: KnownAt = None) -> Confirmation:
        words = self.load(confirmations.words, KEY, as_of or self.moment.as_of, known_at=known_at)
        return then(words, lambda words: words.confirmation)

    @strawberry.field(
        description="Whether the government's latest word on the given day is its alone: it has one, and no other side"
        " has by that day said the same status, or one further along NOT_STARTED, ANNOUNCED, IN_PROGRESS,"
        " PARTIALLY_DELIVERED, DELIVERED. The status shown may be another side's: see the `side` of `statusUpdate`.",
        metadata=VALUE,
    )
    def government_alone(self, as_of: AsOf = None, known_at: KnownAt = None) -> bool:
        words = self.load(confirmations.words, KEY, as_of or self.moment.as_of, known_at=known_at)
        return then(words, lambda words: words.government_alone)

    @strawberry.field(
        description="The day of the tracker's latest search that found nothing after the last evidence, by the given"
        " day; null if there was none, or if there is no evidence.",
        metadata=VALUE,
    )
    def nothing_found_since(self, as_of: AsOf = None, known_at: KnownAt = None) -> dt.date | None:
        return self.load_optional(dt.date, statuses.last_searches, KEY, as_of or self.moment.as_of, known_at=known_at)

    @strawberry.field(
        description="Whether the government and the other voices agree on the status.",
        deprecation_reason="Use `confirmation`: it compares the government's word with what others say at or after it.",
        metadata=VALUE,
    )
    def agreement(self, as_of: AsOf = None, known_at: KnownAt = None) -> Agreement:
        return self.load(statuses.agreements, KEY, as_of or self.moment.as_of, known_at=known_at)

    @strawberry.field(
        description="Days between the last evidence and the given day; null if there is none. The tracker's own"
        " searches are no evidence.",
        metadata=VALUE,
    )
    def days_since_evidence(self, as_of: AsOf = None, known_at: KnownAt = None) -> int | None:
        day = as_of or self.moment.as_of
        last = self.load_optional(dt.date, statuses.evidence_days, KEY, day, known_at=known_at)
        return then(last, lambda last: None if last is None else (day - last).days)


@strawberry.type
class CommitmentQueries:
    commitment = row_field(Commitment)
    commitments = list_field(
        Commitment,
        CommitmentFilter,
        CommitmentOrder,
        "With no arguments: the Strategy's 61, in the order of their refs.",
    )
