"""The two clocks as an address gives them: the day that is asked about, and the instant by which it was known."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

AS_OF, KNOWN_AT = "asOf", "knownAt"


@dataclass(frozen=True)
class Moment:
    """`known_at` is None for what is known now. `written` is what of it stands in the address."""

    as_of: dt.date
    known_at: dt.datetime | None
    written: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """What an address of the same moment ends with: empty, or from the question mark on."""
        return f"?{urlencode(self.written)}" if self.written else ""

    @property
    def variables(self) -> dict[str, str | None]:
        """The same for a query of GraphQL."""
        return {AS_OF: self.as_of.isoformat(), KNOWN_AT: instant(self.known_at) if self.known_at else None}


def moment(parameters: QueryParams, today: dt.date) -> Moment:
    """The moment in the parameters of an address, today as known now where they are silent. Empty ones are silent.

    Raises 400 for anything that is not a day, or not an instant with its offset from UTC.
    """
    day, known = (_only(parameters, name) for name in (AS_OF, KNOWN_AT))
    written = tuple((name, text) for name, text in ((AS_OF, day), (KNOWN_AT, known)) if text)
    return Moment(_day(day) if day else today, _instant(known) if known else None, written)


def instant(at: dt.datetime) -> str:
    """As addresses and files have it: in UTC, and no finer than it is."""
    return at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def _only(parameters: QueryParams, name: str) -> str:
    given = parameters.getlist(name)
    if len(given) > 1:
        raise HTTPException(400, f"Give `{name}` once.")
    return given[0].strip() if given else ""


def _day(text: str) -> dt.date:
    try:
        # Python reads other forms of ISO 8601, too; an address has one.
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise HTTPException(400, f"`{AS_OF}` is a day, such as 2019-12-31.")
    return day


def _instant(text: str) -> dt.datetime:
    try:
        # In an address, a plus sign that nobody escaped is a space.
        at = dt.datetime.fromisoformat(text.replace(" ", "+"))
        if at.tzinfo is not None:
            return at.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        pass
    raise HTTPException(400, f"`{KNOWN_AT}` is an instant, such as 2026-11-22T12:00:00Z.")
