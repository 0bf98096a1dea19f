"""Orders: what a list can be sorted by."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import strawberry

from db import commitments, events, funds
from db.paging import Order
from schema.cost import LOOK


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
        "AMOUNT", description="The size that was stated last; upwards, those without a stated size first."
    )


@strawberry.enum(description="What events can be sorted by.")
class EventOrderBy(Enum):
    DATE = strawberry.enum_value("DATE", description="The date; upwards, those without last.")
    TITLE = strawberry.enum_value("TITLE", description="The title, letter case ignored.")


@dataclass(frozen=True)
class SortKey:
    """The order that an entry stands for, and its cost for each row."""

    order: Callable[..., Order]
    work: float = LOOK
    by_day: bool = False


SORT_KEYS: dict[Enum, SortKey] = {
    CommitmentOrderBy.REF: SortKey(commitments.by_ref),
    CommitmentOrderBy.TITLE: SortKey(commitments.by_title, work=0.1),
    CommitmentOrderBy.STATUS: SortKey(commitments.by_status, work=0.2, by_day=True),
    CommitmentOrderBy.LAST_EVIDENCE: SortKey(commitments.by_last_evidence, work=0.2, by_day=True),
    FundOrderBy.NAME: SortKey(funds.by_name, work=0.1),
    FundOrderBy.AMOUNT: SortKey(funds.by_amount, work=0.4, by_day=True),
    EventOrderBy.DATE: SortKey(events.by_date),
    EventOrderBy.TITLE: SortKey(events.by_title, work=0.1),
}


class SortOrder:
    by: Enum
    direction: Direction

    def order(self, day: dt.date) -> Order:
        """`day` is that of orders that depend on a day."""
        key = SORT_KEYS[self.by]
        return key.order(*([day] if key.by_day else []), descending=self.direction is Direction.DESC)

    def name(self) -> str:
        return f"{self.by.value} {self.direction.value}"


@strawberry.input(description="How to sort commitments.")
class CommitmentOrder(SortOrder):
    by: CommitmentOrderBy = strawberry.field(default=CommitmentOrderBy.REF, description="What to sort by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="Which way.")


@strawberry.input(description="How to sort funds.")
class FundOrder(SortOrder):
    by: FundOrderBy = strawberry.field(default=FundOrderBy.NAME, description="What to sort by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="Which way.")


@strawberry.input(description="How to sort events.")
class EventOrder(SortOrder):
    by: EventOrderBy = strawberry.field(default=EventOrderBy.DATE, description="What to sort by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="Which way.")


def order_work(order_type: type[SortOrder]) -> dict[str, float]:
    """The cost of each entry of an order, for each row."""
    entries = type(order_type().by)
    return {entry.value: key.work for entry, key in SORT_KEYS.items() if isinstance(entry, entries)}
