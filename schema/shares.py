"""What the bodies of areas were given or promised, each pound once."""

from operator import attrgetter
from typing import Self

import strawberry

from db import models, relations, shares
from db.sizes import Sizes
from db.totals import Total
from schema.batch import RowMember
from schema.cost import Arguments, Group, Through, costs, same, scan
from schema.keys import KeyOf
from schema.limits import PAGE
from schema.money import Money, money
from schema.node import Node
from schema.relations import type_of
from schema.row_types import shows_type

AREA: KeyOf[int] = attrgetter("row.area_id")
FUND: KeyOf[int] = attrgetter("row.fund_id")
# The flat cost of adding up: the tree of all funds is read, and allocations.
SHARES = scan(models.Fund, models.Allocation, models.Area, work=1.0, base=500)
BODIES = Through(models.AreaOrganisation.area_id, models.AreaOrganisation.organisation_id)
RECEIVED = Through(models.Allocation.recipient_id)


def each_fund(group: Group, sizes: Sizes, arguments: Arguments) -> Group:
    """A share for each fund of each area: no more than its bodies have allocations, and than are asked for."""
    most = RECEIVED(BODIES(group, sizes, arguments), sizes, arguments).number
    first = arguments("first")
    return Group(min(most, group.number * (first if isinstance(first, int) else PAGE)), group.repeats)


def each_area(group: Group, sizes: Sizes, _arguments: Arguments) -> Group:
    """A share for each area of each fund."""
    return Group(group.number * sizes.rows(models.Area), group.repeats)


@strawberry.type(description="What bodies of one area got, with no pound added twice.")
class AreaTotal:
    money: Money | None = strawberry.field(
        description="The sum of what is known; AT_LEAST where a sum is unknown, or where sums may be the same money and"
        " only the largest is counted. Null where no sum is known."
    )
    unknown_sums: int = strawberry.field(description="How many allocations have no known sum.")
    may_overlap: bool = strawberry.field(
        description="Whether sums may be the same money: of two bodies of one area from one fund, or of a body of a"
        " region and of those in the areas within it."
    )

    @classmethod
    def from_value(cls, total: Total) -> Self:
        return cls(
            money=money(total.amount, total.bound), unknown_sums=total.unknown_sums, may_overlap=total.may_overlap
        )


@shows_type(shares.Share, total=lambda row: AreaTotal.from_value(row.total))
@strawberry.type(description="What the bodies that stand in one area got from one fund and its parts.")
class Share(RowMember):
    total: AreaTotal = strawberry.field(description="How much, as far as it is known.")

    @strawberry.field(description="The area.", graphql_type=type_of(models.Area), metadata=costs(same))
    def area(self) -> Node:
        return self.load_as(Node, relations.by_id, AREA, models.Area)

    @strawberry.field(
        description="The fund: the widest from which anything was allocated, where it stands with an area.",
        graphql_type=type_of(models.Fund),
        metadata=costs(same),
    )
    def fund(self) -> Node:
        return self.load_as(Node, relations.by_id, FUND, models.Fund)
