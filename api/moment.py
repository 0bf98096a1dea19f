"""The two clocks of a request: the day that it asks about, and the instant by which that was known."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from db.clock import Clock
from db.formatting import instant_text
from schema.context import SKEW
from schema.errors import BadInput
from schema.scalars import read_day, read_instant

T = TypeVar("T")
AS_OF, KNOWN_AT = "asOf", "knownAt"


class InvalidMoment(HTTPException):
    """`parameter` names the parameter that cannot be read; None for a moment in the future."""

    def __init__(self, message: str, parameter: str | None = None) -> None:
        super().__init__(400, f"`{parameter}`: {message}" if parameter else message)
        self.message, self.parameter = message, parameter


@dataclass(frozen=True)
class Moment:
    """`known_at` is None for what is known now. `params` are the parameters of the address that state the moment."""

    as_of: dt.date
    known_at: dt.datetime | None
    today: dt.date
    params: tuple[tuple[str, str], ...] = ()

    @property
    def is_past(self) -> bool:
        """Whether `as_of` is before today."""
        return self.as_of < self.today

    @property
    def query(self) -> str:
        """The end of an address of the same moment: empty, or from the question mark on."""
        return f"?{urlencode(self.params)}" if self.params else ""

    @property
    def variables(self) -> dict[str, str | None]:
        """The variables of a GraphQL query for this moment: None for what the address does not state."""
        as_of = self.as_of.isoformat() if AS_OF in dict(self.params) else None
        return {AS_OF: as_of, KNOWN_AT: instant_text(self.known_at) if self.known_at else None}


def parse_moment(as_of: str | None, known_at: str | None, clock: Clock) -> Moment:
    """The moment that two texts state, as GraphQL reads them; None for today, and for what is known now.

    Raises InvalidMoment for a text that is not a day, or not an instant with its zone, and for a future moment.
    """
    texts = ((AS_OF, as_of), (KNOWN_AT, known_at))
    today, now = clock.today(), clock().astimezone(dt.UTC)
    day, instant = parse_param(AS_OF, as_of, read_day) or today, parse_param(KNOWN_AT, known_at, read_instant)
    if day > today or (instant and instant > now + SKEW):
        message = f"That is still to come: by the clock here it is {now:%-d %B %Y, %H:%M} UTC."
        raise InvalidMoment(
            message if today == now.date() else f"{message} Today is {today:%-d %B %Y} in {clock.zone}."
        )
    return Moment(day, instant, today, tuple((name, text) for name, text in texts if text is not None))


def read_moment(params: QueryParams, clock: Clock) -> Moment:
    """The moment in the parameters of an address; an empty parameter counts as left out. Raises 400."""
    # A plus sign that is not escaped in an address arrives as a space.
    as_of, known_at = _read_once(params, AS_OF), _read_once(params, KNOWN_AT).replace(" ", "+")
    return parse_moment(as_of or None, known_at or None, clock)


def parse_param(name: str, text: str | None, parse: Callable[[str], T]) -> T | None:
    """The value of a parameter as GraphQL reads it; None for one that is left out. Raises InvalidMoment."""
    try:
        return None if text is None else parse(text)
    except BadInput as error:
        raise InvalidMoment(error.message, name) from None


def _read_once(params: QueryParams, name: str) -> str:
    texts = params.getlist(name)
    if len(texts) > 1:
        raise HTTPException(400, f"Give `{name}` once.")
    return texts[0].strip() if texts else ""
