"""What a single value in a file may be."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, PlainValidator, Strict

from db.vocabulary import DatePrecision

LONGEST = 2000
# Control characters, line ends, and the marks that turn the direction of text: none can be seen in a review.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Period:
    """A day, a month or a year. It counts from its last day, so that nothing shows as true before it surely was."""

    on: dt.date
    precision: DatePrecision


def _text(text: str) -> str:
    if not text or text != text.strip():
        raise ValueError("is empty, or has space at an end")
    if UNSEEN.search(text):
        raise ValueError("holds a control character or a line break")
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    return text


def _like(pattern: str, what: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"{text!r} is no {what}")
        return text

    return check


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or " " in text:
        raise ValueError(f"{text!r} is no http or https address")
    return text


def _period(value: Any) -> Period:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        raise ValueError(f"{value!r} is no date; write '2019', '2019-05' or '2019-05-09', in quotes")
    year, *rest = map(int, value.split("-"))
    month = rest[0] if rest else 12
    try:
        day = rest[1] if len(rest) > 1 else monthrange(year, month)[1]
        return Period(
            dt.date(year, month, day), (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY)[len(rest)]
        )
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
    return instant.astimezone(dt.UTC)


def _pounds(value: Any) -> Decimal:
    # A float is refused, because it has already lost what was written.
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole and not (isinstance(value, str) and re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", value)):
        raise ValueError(f"{value!r} is no sum; write whole pounds, or pounds and pence in quotes")
    pounds = Decimal(value)
    if not 0 < pounds < 10**12:
        raise ValueError(f"{value} is not between one penny and a million million pounds")
    return pounds


def _distinct(values: list[str]) -> list[str]:
    for value in sorted(set(values)):
        if values.count(value) > 1:
            raise ValueError(f"{value!r} stands twice")
    return values


Flag = Annotated[bool, Strict()]
Count = Annotated[int, Strict(), Field(ge=1, le=1_000_000_000)]
Text = Annotated[str, Strict(), AfterValidator(_text)]
Slug = Annotated[Text, Field(max_length=80), AfterValidator(_like("[a-z0-9]+(-[a-z0-9]+)*", "slug"))]
Ref = Annotated[Text, Field(max_length=20), AfterValidator(_like("[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", "reference"))]
FileName = Annotated[Text, AfterValidator(_like("[A-Za-z0-9_-][A-Za-z0-9._-]*", "plain file name"))]
Digest = Annotated[str, Strict(), AfterValidator(_like("[0-9a-f]{16}", "digest of 16 hex digits"))]
Url = Annotated[Text, AfterValidator(_url)]
When = Annotated[Period, PlainValidator(_period)]
Day = Annotated[dt.date, PlainValidator(_day)]
Instant = Annotated[dt.datetime, PlainValidator(_instant)]
Sum = Annotated[Decimal, PlainValidator(_pounds)]
Texts = Annotated[list[Text], AfterValidator(_distinct)]
Slugs = Annotated[list[Slug], AfterValidator(_distinct)]
Refs = Annotated[list[Ref], AfterValidator(_distinct)]
