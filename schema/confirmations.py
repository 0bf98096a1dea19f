"""The government's word held against what the other sides say at or after it: counts of commitments."""

from operator import attrgetter
from typing import Annotated

import strawberry

from db import confirmations, models
from db.sizes import Sizes
from db.vocabulary import Confirmation, Side, Status
from schema.arguments import AsOf, KnownAt
from schema.batch import Batch, BatchMember
from schema.context import Info
from schema.cost import Arguments, Group, costs, scan
from schema.errors import BadInput
from schema.filter_fields import filter_scan
from schema.filters import CommitmentFilter, CommitmentFilterArg
from schema.keys import KeyOf
from schema.limits import PAGE
from schema.node import Node
from schema.record import moment_of
from schema.relations import type_of

COMMITMENTS = filter_scan(models.Commitment, CommitmentFilter)
WEIGHING = scan(models.Commitment, work=0.25)
# How many commitments of a combination are listed where nothing is stated.
FEW = 10
# The most combinations. The government has one of 10 words or none. Others answer with one of 10, and those who carry
# it out may then differ; or they alone answer with one of 10; or nobody has spoken since, or ever. All of that can have
# been said before, or not.
COMBINATIONS = 11 * (20 + 10 + 2) * 2


def _weighing(sizes: Sizes, arguments: Arguments) -> int:
    return COMMITMENTS(sizes, arguments) + WEIGHING(sizes, arguments)


def _combinations(group: Group, sizes: Sizes, _arguments: Arguments) -> Group:
    return Group(group.number * min(sizes.rows(models.Commitment), COMBINATIONS), group.number)


def _listed(group: Group, sizes: Sizes, arguments: Arguments) -> Group:
    most = arguments("most")
    each = FEW if most is None else min(most, PAGE) if type(most) is int and most >= 0 else PAGE
    # A commitment has one combination.
    return Group(min(group.number * each, group.repeats * sizes.rows(models.Commitment)), group.repeats)


@strawberry.type(
    description="How many commitments have the same words: the government's latest, and the latest answer to it at or"
    " after the day on which it first said so."
)
class ConfirmationCount(BatchMember):
    ids: strawberry.Private[tuple[int, ...]]
    government: Status | None = strawberry.field(description="The government's latest word; null without one.")
    side: Side | None = strawberry.field(
        description="Whose the answer is: OTHERS, or DELIVERY where others have said nothing since. Null without one."
    )
    answer: Status | None = strawberry.field(
        description="The latest word of that side since then, or of whatever day without a word of the government; null"
        " without one."
    )
    confirmation: Confirmation = strawberry.field(description="What the other sides make of the government's word.")
    government_alone: bool = strawberry.field(
        description="Whether the government's word is its alone: no other side has ever said as much."
    )
    count: int = strawberry.field(description="How many commitments have these words.")

    @strawberry.field(
        description="The first of them, by ref.",
        graphql_type=list[type_of(models.Commitment)],  # type: ignore[misc]
        metadata=costs(_listed),
    )
    def commitments(
        self, most: Annotated[int | None, strawberry.argument(description="How many at most: 0 to 100.")] = FEW
    ) -> list[Node]:
        most = FEW if most is None else most
        if not 0 <= most <= PAGE:
            raise BadInput(f"`most` must be between 0 and {PAGE}.", allowed=PAGE, asked=most)
        return self.load_as(list[Node], confirmations.first, IDS, most)


IDS: KeyOf[tuple[int, ...]] = attrgetter("ids")


@strawberry.type
class ConfirmationQueries:
    @strawberry.field(
        description="How the government's word on each commitment compares with what the other sides said at or after"
        " it, on one day: one entry for each combination that there is, by the order of statuses.",
        metadata=costs(_combinations, _weighing),
    )
    async def confirmations(
        self, info: Info, as_of: AsOf = None, known_at: KnownAt = None, filter: CommitmentFilterArg = None
    ) -> list[ConfirmationCount]:
        moment = moment_of(self, info).known_at(known_at, info.context.clock)
        day = as_of or moment.as_of
        where = (filter or CommitmentFilter()).conditions(day, moment.today)
        found = await info.context.read(moment, confirmations.combinations, where, day, PAGE)
        batch = Batch(info.context, moment)
        return [batch.add(ConfirmationCount(ids=one.ids, count=one.number, **one.words._asdict())) for one in found]
