"""Coverage: what is known of the commitments, and the gaps."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import groupby, islice
from operator import attrgetter
from typing import Annotated

import strawberry

from db import addressees, coverage, dataset, models, relations
from db.sizes import Sizes
from db.vocabulary import GapKind, ReconciliationState
from schema.arguments import AsOf, KnownAt
from schema.batch import Batch, BatchMember
from schema.context import Context, Info
from schema.cost import STATEMENT, Arguments, Group, costs, every, fixed, own, scan
from schema.errors import BadInput, NotFound
from schema.keys import KEY, KeyOf
from schema.loads import then
from schema.moment import Moment
from schema.node import ONLY, Node, id_at, node_by
from schema.progress import load_themes
from schema.questions import SETTLED_BY, draft
from schema.record import moment_of
from schema.relations import type_of
from schema.scalars import read_day

ABOUT = (models.Commitment, models.Fund, models.Allocation, models.Event, models.Discrepancy)
# The flat cost of the counts, and of all gaps.
COUNTS = scan(*ABOUT, models.StatusUpdate, models.Citation, work=0.01, base=400)
GAPS = scan(*ABOUT, models.StatusUpdate, models.AmountStatement, work=0.03, base=2_500)
NOTHING = coverage.Count(theme_id=None, total=0, with_status=0, with_funds=0, with_events=0, in_seed_documents=0)
UNRECONCILED = {
    ReconciliationState.SHORTFALL: "Less is on record than was stated: a part or a recipient may not have been found.",
    ReconciliationState.EXCESS: "More is on record than was stated.",
    ReconciliationState.INCOMPLETE: "Some of its sums are unknown or only bounds, so it cannot be said to add up.",
}


def _length(group: Group, sizes: Sizes, arguments: Arguments) -> Group:
    """Each row has at most two kinds of gaps, and a caller may ask for at most `most` of each kind."""
    number, most = 2 * sizes.rows(*ABOUT), arguments("most")
    if type(most) is int and most >= 0:
        number = min(number, most * len(GapKind))
    return Group(group.number * number, group.number * number)


@strawberry.type(description="Counts of the identified commitments of one theme.")
class ThemeCoverage:
    theme: Node = strawberry.field(description="The theme.", graphql_type=type_of(models.Theme))
    identified: int = strawberry.field(description="How many of its commitments are identified.")
    with_status: int = strawberry.field(description="How many have a status by a source's word.")
    with_funds: int = strawberry.field(description="How many have a fund.")
    with_events: int = strawberry.field(description="How many have an event.")


@strawberry.type(description="One thing that is not known yet.")
class Gap(BatchMember):
    gap: strawberry.Private[coverage.Gap]
    kind: GapKind = strawberry.field(description="What is not known.")
    note: str = strawberry.field(description="The same in a sentence.")

    @strawberry.field(description="The row that it is about.", metadata=costs(flat=STATEMENT * len(ABOUT)))
    def subject(self) -> Node:
        model = self.gap.model
        return self.load_as(Node, relations.by_id, KEYS[model], model)

    @strawberry.field(
        description="Whom to ask, three at most: of a commitment its leads, of a sum its recipient and who tells of"
        " it, of an event its hosts, of a disagreement its sides. Where the record has none of these, the"
        " publisher of the Strategy.",
        graphql_type=list[type_of(models.Organisation)],  # type: ignore[misc]
        metadata=costs(fixed(addressees.MOST), STATEMENT * len(ABOUT)),
    )
    def ask_whom(self) -> list[Node]:
        model = self.gap.model
        return self.load_as(list[Node], addressees.organisations, KEYS[model], model)

    @strawberry.field(
        description="A question that would settle it, in words to send them.",
        metadata=costs(flat=STATEMENT * len(ABOUT)),
    )
    def question(self) -> str:
        model, gap = self.gap.model, self.gap
        return then(self.load(addressees.names, KEYS[model], model), lambda names: draft(gap, *names))


@strawberry.type(description="How many gaps of a kind there are.")
class GapCount:
    kind: GapKind = strawberry.field(description="The kind.")
    count: int = strawberry.field(description="How many there are.")
    settled_by: str = strawberry.field(description="What would settle one.")


async def _find(context: Context, moment: Moment, keys: Sequence[str]) -> Mapping[str, Node]:
    days: dict[str, dt.date | None] = {ONLY: None}
    for key in keys:
        with suppress(BadInput):
            days[key] = read_day(key)
    return {key: await _load(context, moment, days[key]) for key in keys if key in days}


@node_by(_find, COUNTS, each=True)
@strawberry.type(description="What is known of the Strategy's commitments, and what is not yet known.")
class Coverage(Node):
    stated: int = strawberry.field(description="How many commitments the publisher says there are.")
    identified: int = strawberry.field(description="How many of them are identified: a source tells what each is.")
    unidentified: int = strawberry.field(description="How many are only known by number.")
    with_status: int = strawberry.field(
        description="Of the identified: how many have a status by a source's word on that day. The tracker's own"
        " searches do not count."
    )
    with_funds: int = strawberry.field(description="Of the identified: how many have a fund. Links have no day.")
    with_events: int = strawberry.field(description="Of the identified: how many have an event. Links have no day.")
    in_seed_documents: int = strawberry.field(
        description="Of the identified: how many a seed document mentions, by a citation of theirs or of a status, of"
        " whichever day."
    )
    by_theme: list[ThemeCoverage] = strawberry.field(
        description="The same by theme, in order.", metadata=costs(every(models.Theme))
    )
    day: strawberry.Private[dt.date]
    first_gaps: strawberry.Private[coverage.FirstGaps | None] = None

    @strawberry.field(
        description="Everything that is not known yet, by kind. Statuses, searches and stated sizes are those of the"
        " day; what is identified, allocations, dates of events and disagreements have no day.",
        metadata=costs(_length, GAPS),
    )
    async def gaps(
        self,
        info: Info,
        most: Annotated[
            int | None, strawberry.argument(description="The most gaps of each kind. All of them if left out.")
        ] = None,
    ) -> list[Gap]:
        if most is not None and most < 0:
            raise BadInput("`most` must be 0 or more.")
        if most is not None and most <= coverage.MANY:
            found = (await self._first_gaps(info)).gaps
        else:
            found = await info.context.read(self.moment, coverage.gaps, self.day, self.moment.today)
        kinds = groupby(found, key=attrgetter("kind"))
        batch = Batch(info.context, self.moment)
        return [
            batch.add(Gap(gap=gap, kind=gap.kind, note=describe(gap)))
            for _, gaps in kinds
            for gap in islice(gaps, most)
        ]

    @strawberry.field(
        description="How many gaps of each kind there are, zeros included.",
        metadata=costs(fixed(len(GapKind)), GAPS),
    )
    async def gap_counts(self, info: Info) -> list[GapCount]:
        counts = (await self._first_gaps(info)).counts
        return [GapCount(kind=kind, count=counts[kind], settled_by=SETTLED_BY[kind]) for kind in GapKind]

    async def _first_gaps(self, info: Info) -> coverage.FirstGaps:
        """Loaded once for all fields."""
        if self.first_gaps is None:
            self.first_gaps = await info.context.read(self.moment, coverage.first_gaps, self.day, self.moment.today)
        return self.first_gaps


async def _load(context: Context, moment: Moment, as_of: dt.date | None) -> Coverage:
    """The coverage on a day, or on that of the moment. The day of an argument is in the key: the moment is that of all
    that stands under it."""
    day = as_of or moment.as_of
    strategy = await context.read(moment, dataset.strategy)
    counts = await context.read(moment, coverage.counts, day)
    themes = await load_themes(context, moment)
    id = id_at(moment, Coverage, ONLY if as_of is None else as_of.isoformat())
    return Batch(context, moment).add(build_coverage(id, day, strategy.stated_commitments, counts, themes))


def build_coverage(
    id: strawberry.ID, day: dt.date, stated: int, counts: Sequence[coverage.Count], themes: Sequence[Node]
) -> Coverage:
    by_theme = {count.theme_id: count for count in counts}
    parts = [(theme, by_theme.get(KEY(theme), NOTHING)) for theme in themes]
    identified = [count for _, count in parts]
    return Coverage(
        id=id,
        day=day,
        stated=stated,
        identified=sum(count.total for count in identified),
        unidentified=by_theme.get(None, NOTHING).total,
        with_status=sum(count.with_status for count in identified),
        with_funds=sum(count.with_funds for count in identified),
        with_events=sum(count.with_events for count in identified),
        in_seed_documents=sum(count.in_seed_documents for count in identified),
        by_theme=[
            ThemeCoverage(
                theme=theme,
                identified=count.total,
                with_status=count.with_status,
                with_funds=count.with_funds,
                with_events=count.with_events,
            )
            for theme, count in parts
        ],
    )


def describe(gap: coverage.Gap) -> str:
    """The gap in a sentence."""
    match gap.kind:
        case GapKind.UNIDENTIFIED:
            return "No source read tells what this commitment is; the full text of the Strategy might."
        case GapKind.NO_STATUS if gap.detail:
            return f"A search on {dt.date.fromisoformat(gap.detail):%-d %B %Y} found nothing on where it stands."
        case GapKind.NO_STATUS:
            return "No search for its status is recorded."
        case GapKind.LOW_CONFIDENCE:
            return "It is not sure that this is one of the Strategy's own."
        case GapKind.UNKNOWN_SUM if gap.model is models.Fund:
            return "No source read states its size."
        case GapKind.UNKNOWN_SUM:
            return " ".join(["No source read gives the sum for this recipient.", *([gap.detail] if gap.detail else [])])
        case GapKind.UNRECONCILED:
            return UNRECONCILED[ReconciliationState(gap.detail or "")]
        case GapKind.NO_DATE:
            return gap.detail or "No source read dates it."
        case GapKind.OPEN_DISCREPANCY:
            return f"Sources differ and nothing settles it: {gap.detail}"


def _key_of(model: type) -> KeyOf[int]:
    return lambda gap: gap.gap.id if gap.gap.model is model else None


# A key function for each table, so that gaps about different tables load separately.
KEYS: dict[type, KeyOf[int]] = {model: _key_of(model) for model in ABOUT}


@strawberry.type
class CoverageQueries:
    @strawberry.field(
        description="What is known, and what is not yet known, on one day, as known at one instant.",
        metadata=costs(own, COUNTS),
    )
    async def coverage(self, info: Info, as_of: AsOf = None, known_at: KnownAt = None) -> Coverage:
        moment = moment_of(self, info).known_at(known_at, info.context.clock)
        if known_at is not None and await info.context.read(moment, dataset.state) is None:
            raise NotFound("There is nothing on record at that instant.")
        return await _load(info.context, moment, as_of)
