"""Values of the API as people read them on pages, in feeds and in the calendar."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from api.json_types import JsonObject
from api.text import visible
from db.formatting import date_text, enum_label
from db.vocabulary import DatePrecision

QUALIFIED = {"EXACT": "", "ABOUT": "about ", "AT_LEAST": "at least ", "UP_TO": "up to "}
MILLION = 1_000_000
CURRENCY_SIGNS = {"GBP": "£", "EUR": "€"}
SAYS = {
    "GOVERNMENT": "the government says", "PARLIAMENT": "Parliament says", "INSPECTORATE": "an inspectorate says",
    "DELIVERY_BODY": "a delivery body says", "CIVIL_SOCIETY": "civil society says", "MEDIA": "the media say",
    "TRACKER": "this tracker searched",
}  # fmt: skip
CODE = Markup("<code>{}</code>")
WHOSE = {
    "GOVERNMENT": "the government\N{RIGHT SINGLE QUOTATION MARK}s",
    "PARLIAMENT": "Parliament\N{RIGHT SINGLE QUOTATION MARK}s",
    "INSPECTORATE": "an inspectorate\N{RIGHT SINGLE QUOTATION MARK}s",
    "DELIVERY_BODY": "a delivery body\N{RIGHT SINGLE QUOTATION MARK}s",
    "CIVIL_SOCIETY": "civil society\N{RIGHT SINGLE QUOTATION MARK}s",
    "MEDIA": "the media\N{RIGHT SINGLE QUOTATION MARK}s",
    "TRACKER": "this tracker\N{RIGHT SINGLE QUOTATION MARK}s",
}
DAY_FORMATS = {"DAY": "%-d %B %Y", "MONTH": "%B %Y", "YEAR": "%Y"}


def finalize(value: object) -> object:
    """A value as a template writes it, every character visible. Raises TypeError for None."""
    if value is None:
        raise TypeError("A template writes None: say what is not known.")
    # Markup is a subclass of str, and is left as it is.
    return visible(value) if type(value) is str else value


def money_text(amount: str | Decimal, currency: str = "GBP") -> str:
    """£63.4 million or £1,479,306.16: in millions only where that is exact."""
    number = Decimal(amount)
    sign = CURRENCY_SIGNS.get(currency, f"{currency} ")
    size = abs(number)
    if size >= MILLION and size % 10_000 == 0:
        text = f"{sign}{(size / MILLION).normalize():f} million"
    else:
        text = f"{sign}{size:,.2f}".removesuffix(".00")
    return f"\N{MINUS SIGN}{text}" if number < 0 else text


def money(money: JsonObject) -> str:
    return QUALIFIED[money["bound"]] + money_text(money["amount"], money["currency"])


def day(value: str | dt.date, precision: str | None = "DAY") -> str:
    """9 May 2019, May 2019 or 2019: as much of a date as the source gives."""
    return _date(value).strftime(DAY_FORMATS[precision or "DAY"])


def iso_date(value: str | dt.date, precision: str | None = "DAY") -> str:
    """2019-05-09, 2019-05 or 2019: the same for a program."""
    return date_text(_date(value), DatePrecision(precision or "DAY"))


def instant(value: str) -> str:
    """22 November 2026, 12:00 UTC."""
    return dt.datetime.fromisoformat(value).astimezone(dt.UTC).strftime("%-d %B %Y, %H:%M UTC")


def counts(entries: Iterable[JsonObject]) -> dict[str, int]:
    """The counts of a `Progress`, by status or by group."""
    return {entry.get("group") or entry["status"]: entry["count"] for entry in entries}


def says(voice: str) -> str:
    """By whose word something is: the government says."""
    return SAYS[voice]


def whose(voice: str) -> str:
    """Whose word it is, as in "by the government's word"."""
    return WHOSE[voice]


def plural(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def years(days: int) -> int:
    """The number of whole years in a number of days."""
    return int(days / 365.2425)


def age(days: int) -> str:
    """45 days, or 7 years (2,695 days)."""
    return f"{years(days)} years ({days:,} days)" if years(days) > 1 else plural(days, "day")


def safe_url(url: str | None) -> str | None:
    """The URL if a page may link to it (http or https with a host), else None."""
    parts = urlsplit(url or "")
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def cited_url(citation: JsonObject) -> str:
    """The URL of a cited document, with a text fragment: a browser that knows these scrolls to the words cited."""
    url = str(citation["document"]["url"])
    figures = citation.get("figures")
    # A hyphen separates the parts of a text fragment.
    words = quote(figures[0], safe="").replace("-", "%2D") if figures else ""
    return f"{url}#:~:text={words}" if words and "#" not in url else url


def code(text: str) -> Markup:
    """A description of the schema as HTML: the text between backticks becomes <code>."""
    pieces = visible(text).split("`")
    # Every second piece is between two backticks. `join` escapes the others.
    return Markup().join(CODE.format(piece) if index % 2 else piece for index, piece in enumerate(pieces))


FUNCTIONS = (age, cited_url, code, counts, day, instant, iso_date, money, plural, safe_url, says, whose)
FILTERS = {function.__name__: function for function in FUNCTIONS} | {"label": enum_label, "zip": zip}


def _date(value: str | dt.date) -> dt.date:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
