"""What filters are made of: fields that each stand for a condition, and what a list narrowed by them costs."""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import strawberry
from strawberry.types import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from db.columns import Condition
from db.conditions import RelatedText
from db.models.base import Base
from db.text import WORDS, words
from schema.cost import ROW_CONDITION_COST, Scan
from schema.errors import TooMuch
from schema.orders import SortKey

# Where the metadata of a field of a filter has its condition.
CONDITION = "condition"


@dataclass(frozen=True)
class FilterCondition:
    """The condition that a field of a filter stands for, and its cost for each row."""

    condition: Callable[..., Condition]
    work: float
    by_day: bool
    by_today: bool
    # Other tables whose rows it looks at.
    related: frozenset[type[Base]]

    def build(self, value: object, day: dt.date, today: dt.date) -> Condition:
        days = (*([day] if self.by_day else []), *([today] if self.by_today else []))
        return _build(self.condition, tuple(value) if isinstance(value, list) else value, *days)


# Lists are narrowed by the same again and again: SQLAlchemy takes longer to put a condition together than a database to
# find a row.
@lru_cache(maxsize=256)
def _build(condition: Callable[..., Condition], *args: Hashable) -> Condition:
    return condition(*args)


class Filter:
    """Each field with a value adds a condition. `schema.nulls` leaves out what is null or empty."""

    def conditions(self, day: dt.date, today: dt.date) -> list[Condition]:
        """`day` is that of conditions that depend on a day, unless the filter has its own."""
        values = [(condition, getattr(self, name)) for name, condition in _conditions(type(self)).items()]
        return [condition.build(value, self.day(day), today) for condition, value in values if value is not None]

    def day(self, day: dt.date) -> dt.date:
        return day


def filter_scan(
    model: type[Base], filter_type: type[Filter], orders: Mapping[str, SortKey] = MappingProxyType({})
) -> Scan:
    """What it costs to read the rows of a table by a filter, and by orders."""
    entries = {to_camel_case(name).rstrip("_"): condition for name, condition in _conditions(filter_type).items()}
    work = {name: condition.work for name, condition in entries.items()}
    related = {name: condition.related for name, condition in entries.items()}
    return Scan(
        model,
        {**work, **{name: key.work for name, key in orders.items()}},
        {**related, **{name: key.related for name, key in orders.items()}},
    )


def _conditions(filter_type: type[Filter]) -> dict[str, FilterCondition]:
    fields = get_object_definition(filter_type, strict=True).fields
    return {field.python_name: field.metadata[CONDITION] for field in fields if CONDITION in field.metadata}


def filter_field(
    condition: Callable[..., Condition],
    description: str,
    *,
    work: float = ROW_CONDITION_COST,
    by_day: bool = False,
    by_today: bool = False,
    related: Sequence[RelatedText] = (),
    **options: Any,
) -> Any:
    """A field of a filter. With `by_day` its condition depends on a day, with `by_today` on today, too."""
    options = options or {"default": None}
    models = frozenset(model for text in related for model in text.models)
    entry = FilterCondition(condition, work, by_day, by_today, models)
    return strawberry.field(description=description, metadata={CONDITION: entry}, **options)


def which(noun: str) -> str:
    """The description of a filter."""
    return f"Which {noun} a list has. A field that is left out, null, an empty list or an empty text narrows nothing."


def search_in(
    columns: str, condition: Callable[..., Condition], work: float = 0.4, related: Sequence[RelatedText] = ()
) -> Any:
    def holds(search: str) -> Condition:
        parts = words(search)
        if len(parts) > WORDS:
            message = f"A search may have {WORDS} words; this one has {len(parts)}."
            raise TooMuch("BAD_USER_INPUT", message, allowed=WORDS, asked=len(parts))
        return condition(parts)

    return filter_field(
        holds,
        f"At most {WORDS} words that {columns} must have together, in any order, letter case ignored. It does not"
        " matter which quotes and dashes are typed; a word without accents finds those with them, too.",
        work=work,
        related=related,
    )
