"""Orders: what a list can be sorted by."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import ClassVar

import strawberry

from db import commitments, documents, events, funds, models, organisations
from db.models.base import Base
from db.paging import Order
from schema.cost import ROW_CONDITION_COST


@strawberry.enum(description="Which way a list runs.")
class Direction(Enum):
    ASC = strawberry.enum_value("ASC", description="Upwards: A to Z, old to new, little to much.")
    DESC = strawberry.enum_value("DESC", description="Downwards.")


@dataclass(frozen=True)
class SortKey:
    """The order that an entry stands for, and its cost for each row."""

    order: Callable[..., Order]
    description: str
    work: float = ROW_CONDITION_COST
    by_day: bool = False
    by_today: bool = False
    # Other tables whose rows it looks at.
    related: tuple[type[Base], ...] = ()


@lru_cache(maxsize=64)
def _order(key: SortKey, *days: dt.date, descending: bool) -> Order:
    """To put the SQL of an order together takes as long as to read a page by it."""
    return key.order(*days, descending=descending)


class SortOrder:
    KEYS: ClassVar[dict[str, SortKey]]
    by: Enum
    direction: Direction

    def order(self, day: dt.date, today: dt.date) -> Order:
        """`day` and `today` are those of orders that depend on them."""
        key = self.KEYS[self.by.name]
        days = [*([day] if key.by_day else []), *([today] if key.by_today else [])]
        return _order(key, *days, descending=self.direction is Direction.DESC)

    def name(self) -> str:
        return f"{self.by.name} {self.direction.name}"


def sort_order(noun: str, **keys: SortKey) -> type[SortOrder]:
    """The input that sorts a list by one of these keys, by the first one if left out."""
    values = {name: strawberry.enum_value(name, description=key.description) for name, key in keys.items()}
    entries: type[Enum] = Enum(f"{noun}OrderBy", values)  # type: ignore[misc]
    strawberry.enum(entries, description=f"What {noun.lower()}s can be sorted by.")
    attributes = {
        "__annotations__": {"by": entries, "direction": Direction},
        "by": strawberry.field(default=next(iter(entries)), description="What to sort by."),
        "direction": strawberry.field(default=Direction.ASC, description="Which way."),
        "KEYS": keys,
    }
    order = type(f"{noun}Order", (SortOrder,), attributes)
    return strawberry.input(order, description=f"How to sort {noun.lower()}s. Null is as if left out.")


CommitmentOrder = sort_order(
    "Commitment",
    REF=SortKey(commitments.by_ref, "The ref."),
    TITLE=SortKey(commitments.by_title, "The title, letter case ignored; upwards, those without first.", work=0.1),
    STATUS=SortKey(
        commitments.by_status,
        "The status on the day of the filter's `asOf`, in the order of `statusDefinitions`.",
        work=0.2,
        by_day=True,
    ),
    LAST_EVIDENCE=SortKey(
        commitments.by_last_evidence,
        "The day of the last evidence by the filter's `asOf`; upwards, those without first.",
        work=0.2,
        by_day=True,
    ),
)
FundOrder = sort_order(
    "Fund",
    NAME=SortKey(funds.by_name, "The name, letter case ignored.", work=0.1),
    AMOUNT=SortKey(
        funds.by_amount,
        "The size that was stated last by the filter's `asOf`; upwards, those without a stated size first.",
        work=0.4,
        by_day=True,
        by_today=True,
    ),
)
EventOrder = sort_order(
    "Event",
    DATE=SortKey(events.by_date, "The date; upwards, those without last."),
    TITLE=SortKey(events.by_title, "The title, letter case ignored.", work=0.1),
)
OrganisationOrder = sort_order(
    "Organisation",
    NAME=SortKey(organisations.by_name, "The name, letter case ignored.", work=0.1),
    ALLOCATED=SortKey(
        organisations.by_allocated,
        "The sum that `allocated` gives; upwards, those of which no sum is known first. The filter `role: [RECIPIENT]`"
        " has those that received.",
        work=1.0,
        related=(models.Allocation, models.Fund),
    ),
)
DocumentOrder = sort_order(
    "Document",
    TITLE=SortKey(documents.by_title, "The title, letter case ignored.", work=0.1),
    PUBLISHED_ON=SortKey(documents.by_day, "The day of publication; upwards, those without last."),
)
