"""Counts of commitments and sums of money, by lead, fund, recipient, voice and year."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Annotated, Any, cast

import strawberry

from db import models, relations, sums, tallies
from db.paging import Page
from db.sizes import Sizes
from db.sums import GroupSum
from db.tallies import GroupTally
from db.vocabulary import CommitmentGroup, MoneyGroup, Status, StatusGroup
from schema.arguments import After, AsOf, First, KnownAt
from schema.batch import Batch, RowMember
from schema.context import Context, Info
from schema.cost import Arguments, costs, every, fixed, scan
from schema.filter_fields import filter_scan
from schema.filters import AllocationFilter, CommitmentFilterArg
from schema.keys import KEY
from schema.limits import PAGE
from schema.moment import Moment
from schema.money import Money, money
from schema.node import Node
from schema.paging import Connection, page_by_place
from schema.progress import GroupCount, StatusCount, conditions, count_groups, count_statuses, tally_cost
from schema.record import moment_of
from schema.row_types import shows_type

TIES = scan(models.CommitmentLead, models.CommitmentFund, models.Allocation, work=0.2)
ALLOCATIONS = filter_scan(models.Allocation, AllocationFilter)
SUMS = scan(models.Fund, models.Allocation, work=1.0, base=500)
# Organisations or funds; years and voices are fewer.
GROUPS = every(models.Organisation, models.Fund, more=1)


def counts_cost(sizes: Sizes, arguments: Arguments) -> int:
    return tally_cost(sizes, arguments) + TIES(sizes, arguments)


def sums_cost(sizes: Sizes, arguments: Arguments) -> int:
    return ALLOCATIONS(sizes, arguments) + SUMS(sizes, arguments)


@strawberry.type
class GroupMember(RowMember):
    key: str | None = strawberry.field(
        description="What the group is: a slug for filters, a voice or years; null for what belongs to none."
    )
    label: str | None = strawberry.field(description="What to show a reader; null for what belongs to none.")

    @strawberry.field(
        description="The organisation or the fund; null for a voice, for years, and for what belongs to none."
    )
    def node(self) -> Node | None:
        return self.load_optional(Node, relations.by_id, KEY, self.row.model) if self.row.model else None


@shows_type(
    GroupTally,
    total=lambda row: row.counts.total(),
    counts=lambda row: count_statuses(row.counts),
    groups=lambda row: count_groups(row.counts),
)
@strawberry.type(description="How many commitments of a group stand where.")
class CommitmentCounts(GroupMember):
    total: int = strawberry.field(description="How many commitments are counted.")
    counts: list[StatusCount] = strawberry.field(
        description="One entry for every status, in order, zeros included.", metadata=costs(fixed(len(Status)))
    )
    groups: list[GroupCount] = strawberry.field(
        description="One entry for every group, in order, zeros included.", metadata=costs(fixed(len(StatusGroup)))
    )


@shows_type(
    GroupSum,
    money=lambda row: money(row.total.amount, row.total.bound),
    unknown_sums=attrgetter("total.unknown_sums"),
    may_overlap=attrgetter("total.may_overlap"),
)
@strawberry.type(description="What a group was given or promised, with no pound added twice within it.")
class MoneySum(GroupMember):
    money: Money | None = strawberry.field(
        description="The sum of what is known; AT_LEAST where a sum is unknown, or where sums may be the same money and"
        " only the largest is counted. Null where no sum is known."
    )
    unknown_sums: int = strawberry.field(description="How many allocations have no known sum: they are not added.")
    may_overlap: bool = strawberry.field(
        description="Whether sums may be the same money: of two bodies of one area from one fund, or of a body of a"
        " region and of those in the areas within it."
    )


def connect(
    context: Context,
    moment: Moment,
    groups: Sequence[GroupTally | GroupSum],
    first: int | None,
    after: str | None,
    name: str,
) -> Connection[Any]:
    page = cast(Page[Any], Batch(context, moment).convert(page_by_place(groups, first, after, name=name)))
    return Connection(page=page, name=name, after=after, count=lambda: len(groups))


@strawberry.type
class GroupQueries:
    @strawberry.field(
        description="How many commitments have each status, by lead, fund, recipient, voice or year. The largest groups"
        " come first, years in their order; those that belong to none are the last group.",
        metadata=costs(GROUPS, counts_cost, paged=True),
    )
    async def commitment_counts(
        self,
        info: Info,
        by: Annotated[CommitmentGroup, strawberry.argument(description="What to count by.")],
        filter: CommitmentFilterArg = None,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[CommitmentCounts] | None:
        context, moment = info.context, moment_of(self, info).known_at(known_at, info.context.clock)
        day = as_of or moment.as_of
        groups = await context.read(moment, tallies.by_group, by, conditions(filter, day, moment), day)
        return connect(context, moment, groups, first, after, f"{info.field_name} {by.name}")

    @strawberry.field(
        description="What was given or promised, by recipient, fund, lead or years: the known allocations. What came"
        " from a part of a fund is not added to a known sum from the whole. The largest sums come first, years in their"
        " order; what belongs to none is the last group. A sum that belongs to several groups is in each, so groups are"
        " not to be added up. Allocations have no day.",
        metadata=costs(GROUPS, sums_cost, paged=True),
    )
    async def money_sums(
        self,
        info: Info,
        by: Annotated[MoneyGroup, strawberry.argument(description="What to add up by.")],
        filter: Annotated[
            AllocationFilter | None, strawberry.argument(description="Which allocations: only these are added up.")
        ] = None,
        known_at: KnownAt = None,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[MoneySum] | None:
        context, moment = info.context, moment_of(self, info).known_at(known_at, info.context.clock)
        where = (filter or AllocationFilter()).conditions(moment.as_of, moment.today)
        groups = await context.read(moment, sums.by_group, by, where)
        return connect(context, moment, groups, first, after, f"{info.field_name} {by.name}")
