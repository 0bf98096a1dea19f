"""What a list can be sorted by."""

import datetime as dt
from enum import Enum

import strawberry

from db import commitments, events, funds
from db.paging import Order


@strawberry.enum(description="Which way a list runs.")
class Direction(Enum):
    ASC = strawberry.enum_value("ASC", description="Upwards: A to Z, old to new, little to much.")
    DESC = strawberry.enum_value("DESC", description="Downwards.")


@strawberry.enum(description="What commitments can be sorted by.")
class CommitmentOrderBy(Enum):
    REF = strawberry.enum_value("REF", description="The ref.")
    TITLE = strawberry.enum_value("TITLE", description="The title, letter case ignored; upwards, those without first.")
    STATUS = strawberry.enum_value(
        "STATUS", description="The status on the day of the filter's `asOf`, in the order of `statusDefinitions`."
    )
    LAST_EVIDENCE = strawberry.enum_value(
        "LAST_EVIDENCE",
        description="The day of the last evidence by the filter's `asOf`; upwards, those without first.",
    )


@strawberry.enum(description="What funds can be sorted by.")
class FundOrderBy(Enum):
    NAME = strawberry.enum_value("NAME", description="The name, letter case ignored.")
    AMOUNT = strawberry.enum_value(
        "AMOUNT", description="What was last said of the size; upwards, those of which nothing was said first."
    )


@strawberry.enum(description="What events can be sorted by.")
class EventOrderBy(Enum):
    DATE = strawberry.enum_value("DATE", description="The date; upwards, those without last.")
    TITLE = strawberry.enum_value("TITLE", description="The title, letter case ignored.")


class SortOrder:
    """What all orders have."""

    by: Enum
    direction: Direction

    @property
    def descending(self) -> bool:
        return self.direction is Direction.DESC

    def name(self) -> str:
        return f"{self.by.value} {self.direction.value}"


@strawberry.input(description="How to sort commitments.")
class CommitmentOrder(SortOrder):
    by: CommitmentOrderBy = strawberry.field(default=CommitmentOrderBy.REF, description="What to sort by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="Which way.")

    def order(self, as_of: dt.date) -> Order:
        match self.by:
            case CommitmentOrderBy.REF:
                return commitments.by_ref(descending=self.descending)
            case CommitmentOrderBy.TITLE:
                return commitments.by_title(descending=self.descending)
            case CommitmentOrderBy.STATUS:
                return commitments.by_status(as_of, descending=self.descending)
            case CommitmentOrderBy.LAST_EVIDENCE:
                return commitments.by_last_evidence(as_of, descending=self.descending)


@strawberry.input(description="How to sort funds.")
class FundOrder(SortOrder):
    by: FundOrderBy = strawberry.field(default=FundOrderBy.NAME, description="What to sort by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="Which way.")

    def order(self, today: dt.date) -> Order:
        return (
            funds.by_name(descending=self.descending)
            if self.by is FundOrderBy.NAME
            else funds.by_amount(today, descending=self.descending)
        )


@strawberry.input(description="How to sort events.")
class EventOrder(SortOrder):
    by: EventOrderBy = strawberry.field(default=EventOrderBy.DATE, description="What to sort by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="Which way.")

    def order(self) -> Order:
        return (
            events.by_date(descending=self.descending)
            if self.by is EventOrderBy.DATE
            else events.by_title(descending=self.descending)
        )
