"""Values as people and programs read them: one form of each, for the log, the API, the files and the pages."""

import datetime as dt
from decimal import Decimal

from db.vocabulary import DatePrecision

LENGTHS = {DatePrecision.YEAR: len("2019"), DatePrecision.MONTH: len("2019-05"), DatePrecision.DAY: len("2019-05-09")}


def instant_text(instant: dt.datetime) -> str:
    """An instant in UTC by RFC 3339: 2019-05-09T10:00:00Z."""
    return instant.isoformat().replace("+00:00", "Z")


def date_text(day: dt.date, precision: DatePrecision) -> str:
    """The part of a date that is known: 2019, 2019-05 or 2019-05-09."""
    return day.isoformat()[: LENGTHS[precision]]


def enum_label(value: str) -> str:
    """The value of an enumeration for a reader: DELIVERY_BODY is Delivery body."""
    return value.replace("_", " ").capitalize()


def pounds(pence: int | Decimal) -> Decimal:
    """Pounds from pence. PostgreSQL gives the sum of a column as a Decimal."""
    return Decimal(int(pence)) / 100


def pounds_text(amount: Decimal) -> str:
    """£1,300,000, or £1,300,000.50 where there are pence."""
    return f"£{amount:,.2f}".removesuffix(".00")
