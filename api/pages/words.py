"""How values of the API read on a page."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from api.text import visible

QUALIFIED = {"EXACT": "", "ABOUT": "about ", "AT_LEAST": "at least ", "UP_TO": "up to "}
MILLION = 1_000_000
SIGNS = {"GBP": "£", "EUR": "€"}
CODE = Markup("<code>{}</code>")
PERIODS = {"DAY": ("%-d %B %Y", "%Y-%m-%d"), "MONTH": ("%B %Y", "%Y-%m"), "YEAR": ("%Y", "%Y")}


def finalize(value: Any) -> Any:
    """Everything that a template writes passes here: no text can hide in another, and nothing is written as None."""
    if value is None:
        raise TypeError("A template writes None: say what is not known.")
    # Not for what is markup already, which is a kind of text, too.
    return visible(value) if type(value) is str else value


def word(value: str) -> str:
    """A word of an enumeration for a reader: DELIVERY_BODY is Delivery body."""
    return value.replace("_", " ").capitalize()


def sum_(amount: str | Decimal, currency: str = "GBP") -> str:
    """£63.4 million, £1,479,306.16: in full where a million does not say it all."""
    number = Decimal(amount)
    sign = SIGNS.get(currency, f"{currency} ")
    size = abs(number)
    if size >= MILLION and size % 10_000 == 0:
        text = f"{sign}{(size / MILLION).normalize():f} million"
    else:
        text = f"{sign}{size:,.2f}".removesuffix(".00")
    return f"\N{MINUS SIGN}{text}" if number < 0 else text


def money(money: Mapping[str, Any]) -> str:
    return QUALIFIED[money["bound"]] + sum_(money["amount"], money["currency"])


def day(value: str | dt.date, precision: str | None = "DAY") -> str:
    """9 May 2019, May 2019 or 2019: as much of a date as the source gives."""
    return _date(value).strftime(PERIODS[precision or "DAY"][0])


def stamp(value: str | dt.date, precision: str | None = "DAY") -> str:
    """The same for a program."""
    return _date(value).strftime(PERIODS[precision or "DAY"][1])


def instant(value: str) -> str:
    """22 November 2026, 12:00 UTC."""
    return dt.datetime.fromisoformat(value).astimezone(dt.UTC).strftime("%-d %B %Y, %H:%M UTC")


def counts(entries: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The counts of a progress by status or group."""
    return {entry.get("group") or entry["status"]: entry["count"] for entry in entries}


def plural(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def years(days: int) -> int:
    """Whole ones."""
    return int(days / 365.2425)


def age(days: int) -> str:
    """As people tell it: 45 days, 7 years (2,695 days)."""
    return f"{years(days)} years ({days:,} days)" if years(days) > 1 else plural(days, "day")


def web(url: str | None) -> str | None:
    """An address that a page may lead to; None for any other."""
    parts = urlsplit(url or "")
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def original(citation: Mapping[str, Any]) -> str:
    """The address of a cited document; where a browser can, it goes to the words that are cited."""
    url = str(citation["document"]["url"])
    found = citation.get("figures")
    # A hyphen means something there.
    words = quote(found[0], safe="").replace("-", "%2D") if found else ""
    return f"{url}#:~:text={words}" if words and "#" not in url else url


def code(text: str) -> Markup:
    """What the schema sets in `ticks`, as a page sets it."""
    pieces = visible(text).split("`")
    # Every other piece stands between two of them. What is not markup is escaped as it is joined.
    return Markup().join(CODE.format(piece) if place % 2 else piece for place, piece in enumerate(pieces))


FILTERS = {
    "age": age,
    "code": code,
    "counts": counts,
    "day": day,
    "instant": instant,
    "money": money,
    "original": original,
    "plural": plural,
    "stamp": stamp,
    "sum": sum_,
    "web": web,
    "word": word,
    "zip": zip,
}


def _date(value: str | dt.date) -> dt.date:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
