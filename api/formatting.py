"""Values of the API as people read them on pages, in feeds and in the calendar."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from api.json_types import JsonObject
from api.text import visible
from db.formatting import date_text, day_text, enum_label, money_text
from db.formatting import says as voice_says
from db.vocabulary import Bound, DatePrecision, Voice

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


def money(money: JsonObject) -> str:
    return money_text(Decimal(money["amount"]), money["currency"], Bound(money["bound"]))


@lru_cache(maxsize=1024)
def day(value: str | dt.date, precision: str | None = "DAY") -> str:
    """9 May 2019, May 2019 or 2019: as much of a date as the source gives."""
    return day_text(_date(value), DatePrecision(precision or "DAY"))


@lru_cache(maxsize=1024)
def iso_date(value: str | dt.date, precision: str | None = "DAY") -> str:
    """2019-05-09, 2019-05 or 2019: the same for a program."""
    return date_text(_date(value), DatePrecision(precision or "DAY"))


def instant(value: str) -> str:
    """22 November 2026, 12:00 UTC."""
    return dt.datetime.fromisoformat(value).astimezone(dt.UTC).strftime("%-d %B %Y, %H:%M UTC")


def counts(entries: Iterable[JsonObject]) -> dict[str, int]:
    """The counts of a `Progress`, by status or by group."""
    return {entry.get("group") or entry["status"]: entry["count"] for entry in entries}


def node_name(node: JsonObject) -> str:
    """What readers call a node of the fragment `Named`: SVS-19 Hold engagement events, or its title, name or question.

    A commitment that is not identified has its ref alone.
    """
    fields = ("ref", "promise", "title", "name", "question")
    return " ".join(str(node[field]) for field in fields if node.get(field))


def statement(update: JsonObject) -> str:
    """What a status update says: in progress, the government says, May 2019."""
    when = day(update["effectiveOn"], update["precision"])
    return f"{enum_label(update['status']).lower()}, {says(update['voice'])}, {when}"


def says(voice: str) -> str:
    """By whose word something is: the government says."""
    return voice_says(Voice(voice))


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
    url = str(citation["document"]["url"] or "")
    figures = citation.get("figures")
    words = _escape_fragment(figures[0]) if figures else ""
    return f"{url}#:~:text={words}" if url and words and "#" not in url else url


@lru_cache(maxsize=1024)
def _escape_fragment(text: str) -> str:
    # A hyphen separates the parts of a text fragment.
    return quote(text, safe="").replace("-", "%2D")


def code(text: str) -> Markup:
    """A description of the schema as HTML: the text between backticks becomes <code>."""
    pieces = visible(text).split("`")
    # Every second piece is between two backticks. `join` escapes the others.
    return Markup().join(CODE.format(piece) if index % 2 else piece for index, piece in enumerate(pieces))


FUNCTIONS = (
    age, code, counts, day, instant, iso_date, money, node_name, plural, says, statement, whose,
)  # fmt: skip
FILTERS = {function.__name__: function for function in FUNCTIONS} | {"label": enum_label, "zip": zip}


def _date(value: str | dt.date) -> dt.date:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
