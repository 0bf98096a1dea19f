"""The types of values that only the files have; `db.fields` has those that the mutations share."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, PlainValidator, Strict

from db import natural_keys
from db.clock import last_day
from db.fields import EARLIEST_YEAR, INVISIBLE, MAX_ITEMS, Text, matching
from db.vocabulary import DatePrecision

T = TypeVar("T")
RECORDS = "|".join(model.__name__ for model in natural_keys.MODELS.values())
# How many years ahead of now a date may be: a plan is dated ahead, and a slip of a digit is further away.
MAX_YEARS_AHEAD = 11


@dataclass(frozen=True)
class Period:
    """A day, a month or a year, by its last day."""

    on: dt.date
    precision: DatePrecision


def _period(value: object) -> Period:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        raise ValueError(f"{value!r} is no date; write '2019', '2019-05' or '2019-05-09', in quotes")
    parts = [int(part) for part in value.split("-")]
    _check_year(parts[0], value)
    precision = (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY)[len(parts) - 1]
    try:
        return Period(last_day(dt.date(*[*parts, 1, 1][:3]), precision), precision)
    except ValueError as error:
        raise ValueError(f"there is no {value}") from error


def _day(value: object) -> dt.date:
    period = _period(value)
    if period.precision is not DatePrecision.DAY:
        raise ValueError(f"{value!r} is no full day")
    return period.on


def _instant(value: object) -> dt.datetime:
    try:
        instant = dt.datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise ValueError(f"{value!r} is no instant; write '2026-11-22T12:00:00Z'") from error
    if instant.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    # Checked before the conversion to UTC too, which fails for the first and the last instants of Python.
    _check_year(instant.year, value)
    instant = instant.astimezone(dt.UTC)
    _check_year(instant.year, value)
    return instant


def _check_year(year: int, text: object) -> None:
    latest = dt.datetime.now(dt.UTC).year + MAX_YEARS_AHEAD
    if not EARLIEST_YEAR <= year <= latest:
        raise ValueError(f"{text!r} is not meant: years are from {EARLIEST_YEAR} to {latest}")


def _without_invisible(text: str) -> str:
    if INVISIBLE.search(text):
        raise ValueError("holds a control character or a line break")
    return text


def _pounds(value: object) -> Decimal:
    # A float is refused, because it is no longer what the file says.
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole and not (isinstance(value, str) and re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", value)):
        raise ValueError(f"{value!r} is no sum; write whole pounds, or pounds and pence in quotes")
    pounds = Decimal(str(value))
    if not 0 < pounds < 10**12:
        raise ValueError(f"{value} is not between one penny and a million million pounds")
    return pounds


# A list of parts, such as citations.
Items = Annotated[list[T], Field(max_length=MAX_ITEMS)]
# Text of the log, which may be as long as a list of values that it tells of.
LogText = Annotated[str, Strict(), AfterValidator(_without_invisible)]
Record = Annotated[LogText, AfterValidator(matching(f"({RECORDS})( [^ ].*)?", "row, such as 'Commitment SVS-19'"))]
Flag = Annotated[bool, Strict()]
FileName = Annotated[Text, AfterValidator(matching("[A-Za-z0-9_-][A-Za-z0-9._-]*", "plain file name"))]
Digest = Annotated[str, Strict(), AfterValidator(matching("[0-9a-f]{16}", "digest of 16 hex digits"))]
Key = Annotated[str, Strict(), AfterValidator(matching("[0-9a-f]{20}", "key of 20 hex digits"))]
When = Annotated[Period, PlainValidator(_period)]
Day = Annotated[dt.date, PlainValidator(_day)]
Instant = Annotated[dt.datetime, PlainValidator(_instant)]
Sum = Annotated[Decimal, PlainValidator(_pounds)]
