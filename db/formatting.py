"""Values as people and programs read them: one form of each, for the log, the API, the files and the pages."""

import datetime as dt
from decimal import Decimal

from db.vocabulary import Bound, DatePrecision, Voice

LENGTHS = {DatePrecision.YEAR: len("2019"), DatePrecision.MONTH: len("2019-05"), DatePrecision.DAY: len("2019-05-09")}

DAY_FORMATS = {DatePrecision.DAY: "%-d %B %Y", DatePrecision.MONTH: "%B %Y", DatePrecision.YEAR: "%Y"}
QUALIFIERS = {Bound.EXACT: "", Bound.ABOUT: "about ", Bound.AT_LEAST: "at least ", Bound.UP_TO: "up to "}
CURRENCY_SIGNS = {"GBP": "£", "EUR": "€"}
MILLION = 1_000_000
MINUS = "\N{MINUS SIGN}"
SAYS = {
    Voice.GOVERNMENT: "the government says",
    Voice.PARLIAMENT: "Parliament says",
    Voice.INSPECTORATE: "an inspectorate says",
    Voice.DELIVERY_BODY: "a delivery body says",
    Voice.CIVIL_SOCIETY: "civil society says",
    Voice.MEDIA: "the media say",
    Voice.TRACKER: "this tracker searched",
}


def instant_text(instant: dt.datetime) -> str:
    """An instant in UTC by RFC 3339: 2019-05-09T10:00:00Z."""
    return instant.isoformat().replace("+00:00", "Z")


def date_text(day: dt.date, precision: DatePrecision) -> str:
    """The part of a date that is known: 2019, 2019-05 or 2019-05-09."""
    return day.isoformat()[: LENGTHS[precision]]


def day_text(day: dt.date, precision: DatePrecision) -> str:
    """9 May 2019, May 2019 or 2019: as much of a date as the source gives."""
    return day.strftime(DAY_FORMATS[precision])


def money_text(amount: Decimal, currency: str = "GBP", bound: Bound = Bound.EXACT) -> str:
    """About £63.4 million, or £1,479,306.16: in millions only where that is exact, with the source's qualifier."""
    sign = CURRENCY_SIGNS.get(currency, f"{currency} ")
    size = abs(amount)
    if size >= MILLION and size % 10_000 == 0:
        text = f"{sign}{(size / MILLION).normalize():f} million"
    else:
        text = f"{sign}{size:,.2f}".removesuffix(".00")
    return f"{QUALIFIERS[bound]}{MINUS if amount < 0 else ''}{text}"


def says(voice: Voice) -> str:
    """By whose word something is: the government says."""
    return SAYS[voice]


def enum_label(value: str) -> str:
    """The value of an enumeration for a reader: DELIVERY_BODY is Delivery body."""
    return value.replace("_", " ").capitalize()


def pounds(pence: int | Decimal) -> Decimal:
    """Pounds from pence. PostgreSQL gives the sum of a column as a Decimal."""
    return Decimal(int(pence)) / 100


def pounds_text(amount: Decimal) -> str:
    """£1,300,000, or £1,300,000.50 where there are pence."""
    return f"£{amount:,.2f}".removesuffix(".00")
