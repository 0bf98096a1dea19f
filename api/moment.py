"""The two clocks as an address gives them: the day that is asked about, and the instant by which it was known."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from db.clock import Clock
from schema.errors import BadInput
from schema.scalars import read_day, read_instant, write_instant

T = TypeVar("T")
AS_OF, KNOWN_AT = "asOf", "knownAt"
# Clocks differ: what another machine has just recorded is no news from the future.
SKEW = dt.timedelta(minutes=1)


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
        return {AS_OF: self.as_of.isoformat(), KNOWN_AT: write_instant(self.known_at) if self.known_at else None}


def moment(parameters: QueryParams, clock: Clock) -> Moment:
    """The moment in the parameters of an address, today as known now where they are silent. Empty ones are silent.

    Raises 400 for what is not a day, or not an instant with its zone, and for what is still to come.
    """
    # In an address, a plus sign that nobody escaped is a space.
    day, known = _only(parameters, AS_OF), _only(parameters, KNOWN_AT).replace(" ", "+")
    written = tuple((name, text) for name, text in ((AS_OF, day), (KNOWN_AT, known)) if text)
    as_of, known_at = read(AS_OF, day, read_day) or clock.today(), read(KNOWN_AT, known, read_instant)
    if fault := to_come(as_of, known_at, clock):
        raise HTTPException(400, fault)
    return Moment(as_of, known_at, written)


def to_come(as_of: dt.date, known_at: dt.datetime | None, clock: Clock) -> str | None:
    """What to say to those who ask too early."""
    now, today = clock().astimezone(dt.UTC), clock.today()
    if as_of > today or (known_at and known_at > now + SKEW):
        told = f"That is still to come: by the clock here it is {now:%-d %B %Y, %H:%M} UTC."
        return told if today == now.date() else f"{told} Today is {today:%-d %B %Y} in {clock.zone}."
    return None


def _only(parameters: QueryParams, name: str) -> str:
    given = parameters.getlist(name)
    if len(given) > 1:
        raise HTTPException(400, f"Give `{name}` once.")
    return given[0].strip() if given else ""


def read(name: str, text: str, read: Callable[[str], T]) -> T | None:
    """A parameter as GraphQL reads it; None for the empty one. Raises 400 for what it does not read."""
    try:
        return read(text) if text else None
    except BadInput as error:
        raise HTTPException(400, f"`{name}`: {error.message}") from None
