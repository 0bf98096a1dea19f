"""What a single value in a file may be, beside what it may be anywhere."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, PlainValidator, Strict

from db import natural_keys
from db.fields import EARLIEST_YEAR, INVISIBLE, MAX_ITEMS, Text, matching
from db.periods import last_day
from db.vocabulary import DatePrecision

T = TypeVar("T")
RECORDS = "|".join(model.__name__ for model in natural_keys.MODELS.values())
# How many years from now a date may lie: a plan is dated ahead, and a slip of a digit is further away.
AHEAD = 11


@dataclass(frozen=True)
class Period:
    """A day, a month or a year, by its last day."""

    on: dt.date
    precision: DatePrecision


def _period(value: Any) -> Period:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        raise ValueError(f"{value!r} is no date; write '2019', '2019-05' or '2019-05-09', in quotes")
    parts = [int(part) for part in value.split("-")]
    _meant(parts[0], value)
    precision = (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY)[len(parts) - 1]
    try:
        return Period(last_day(dt.date(*[*parts, 1, 1][:3]), precision), precision)
    except ValueError as error:
        raise ValueError(f"there is no {value}") from error


def _day(value: Any) -> dt.date:
    period = _period(value)
    if period.precision is not DatePrecision.DAY:
        raise ValueError(f"{value!r} is no full day")
    return period.on


def _instant(value: Any) -> dt.datetime:
    try:
        instant = dt.datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{value!r} is no instant; write '2026-11-22T12:00:00Z'") from error
    if instant.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    # Before it is brought to UTC, because the first and the last instants that there are cannot be.
    _meant(instant.year, value)
    instant = instant.astimezone(dt.UTC)
    _meant(instant.year, value)
    return instant


def _meant(year: int, written: str) -> None:
    latest = dt.datetime.now(dt.UTC).year + AHEAD
    if not EARLIEST_YEAR <= year <= latest:
        raise ValueError(f"{written!r} is not meant: years are from {EARLIEST_YEAR} to {latest}")


def _seen(text: str) -> str:
    if INVISIBLE.search(text):
        raise ValueError("holds a control character or a line break")
    return text


def _pounds(value: Any) -> Decimal:
    # A float is refused, because it has already lost what was written.
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole and not (isinstance(value, str) and re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", value)):
        raise ValueError(f"{value!r} is no sum; write whole pounds, or pounds and pence in quotes")
    pounds = Decimal(value)
    if not 0 < pounds < 10**12:
        raise ValueError(f"{value} is not between one penny and a million million pounds")
    return pounds


# What belongs to a row, such as its citations.
Items = Annotated[list[T], Field(max_length=MAX_ITEMS)]
# Text of the log, which may be as long as a list of values that it tells of.
LogText = Annotated[str, Strict(), AfterValidator(_seen)]
Record = Annotated[LogText, AfterValidator(matching(f"({RECORDS})( [^ ].*)?", "row, such as 'Commitment SVS-19'"))]
Flag = Annotated[bool, Strict()]
FileName = Annotated[Text, AfterValidator(matching("[A-Za-z0-9_-][A-Za-z0-9._-]*", "plain file name"))]
Digest = Annotated[str, Strict(), AfterValidator(matching("[0-9a-f]{16}", "digest of 16 hex digits"))]
Key = Annotated[str, Strict(), AfterValidator(matching("[0-9a-f]{20}", "key of 20 hex digits"))]
When = Annotated[Period, PlainValidator(_period)]
Day = Annotated[dt.date, PlainValidator(_day)]
Instant = Annotated[dt.datetime, PlainValidator(_instant)]
Sum = Annotated[Decimal, PlainValidator(_pounds)]
