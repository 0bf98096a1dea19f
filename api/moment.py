"""The two clocks of a request: the day that it asks about, and the revision at which that was known."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlencode

from sqlmodel import Session
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from db import changes
from db.clock import Clock
from db.dataset import State
from db.formatting import instant_text
from db.reader import Reader
from schema.context import SKEW
from schema.errors import BadInput
from schema.scalars import read_day, read_instant

T = TypeVar("T")
AS_OF, KNOWN_AT, REVISION = "asOf", "knownAt", "revision"
# The parameters of an address that state a moment.
CLOCKS = (AS_OF, KNOWN_AT, REVISION)
# How many unknown names a message repeats, and how much of each.
MOST_NAMES, LONGEST_NAME = 5, 40
# No log has more revisions than the database can number.
NUMBER = re.compile("[0-9]{1,9}", re.ASCII)


class InvalidMoment(HTTPException):
    """`parameter` names the parameter that cannot be read; None where several, or the record, do not allow it."""

    def __init__(self, message: str, parameter: str | None = None, status: int = 400) -> None:
        super().__init__(status, f"`{parameter}`: {message}" if parameter else message)
        self.message, self.parameter = message, parameter


@dataclass(frozen=True)
class Moment:
    """`known_at` and `revision` are None unless they are stated, and at most one is.

    `today` is the last day that can be known: today, or the day of what is stated. `params` are the parameters of the
    address that state the moment.
    """

    as_of: dt.date
    today: dt.date
    known_at: dt.datetime | None = None
    revision: int | None = None
    params: tuple[tuple[str, str], ...] = ()
    # Whether both clocks are pinned, so that what is shown is the same for ever.
    lasts: bool = False
    # The revision at which the record is read, and the instant of its making; None for the present one.
    state: State | None = None

    @property
    def is_past(self) -> bool:
        """Whether `as_of` is before the last day that can be known."""
        return self.as_of < self.today

    @property
    def query(self) -> str:
        """The end of an address of the same moment: empty, or from the question mark on."""
        return f"?{urlencode(self.params)}" if self.params else ""

    @property
    def name(self) -> str:
        """The moment as ids of the API name it; empty where none is stated."""
        day = self.as_of.isoformat() if AS_OF in dict(self.params) else ""
        return f"@{day}@{self.state[0] if self.state else ''}" if self.params else ""

    @property
    def key(self) -> tuple[str, ...]:
        """What a cached answer depends on beside the data. A day may end before the data is read."""
        return (self.query, self.as_of.isoformat(), self.today.isoformat())

    @property
    def variables(self) -> dict[str, str | int | None]:
        """The arguments of `record` in GraphQL, None for each that is not stated."""
        stated = dict(self.params)
        return {
            AS_OF: self.as_of.isoformat() if AS_OF in stated else None,
            KNOWN_AT: instant_text(self.known_at) if self.known_at else None,
            REVISION: self.revision,
        }

    def at(self, path: str, /, **parameters: object) -> str:
        """A path within the site that keeps the moment."""
        if not (parameters or self.params):
            return path
        pairs = [*((name, value) for name, value in parameters.items() if value is not None), *self.params]
        path, mark, fragment = path.partition("#")
        return f"{path}?{urlencode(pairs, doseq=True)}{mark}{fragment}" if pairs else f"{path}{mark}{fragment}"

    def find(self, session: Session, clock: Clock) -> "Moment":
        """The moment with the state of the record that it states. Raises InvalidMoment where there is none."""
        if self.known_at is None and self.revision is None:
            return self
        revision = self.revision
        if revision is None:
            assert self.known_at
            revision = changes.revision_at(session, self.known_at)
        state = changes.state_at(session, revision)
        if state is None:
            which = "nothing on record at that instant" if self.known_at else f"no revision {revision}"
            raise InvalidMoment(f"There is {which}.", status=404)
        return replace(self, state=state, today=min(self.today, clock.day(self.known_at or state[1])))


def parse_moment(clock: Clock, as_of: str | None, known_at: str | None, revision: str | None) -> Moment:
    """The moment that texts state, as GraphQL reads them; None for today, and for what is known now.

    Raises InvalidMoment for a text that is not a day, an instant with its zone, or a number; for a future moment; and
    for both an instant and a revision.
    """
    texts = ((AS_OF, as_of), (KNOWN_AT, known_at), (REVISION, revision))
    today, now = clock.today(), clock().astimezone(dt.UTC)
    day, instant = parse_param(AS_OF, as_of, read_day) or today, parse_param(KNOWN_AT, known_at, read_instant)
    number = parse_param(REVISION, revision, _read_number)
    if instant is not None and number is not None:
        raise InvalidMoment(f"Give `{KNOWN_AT}` or `{REVISION}`, not both.")
    if day > today or (instant and instant > now + SKEW):
        message = f"That is still to come: by the clock here it is {now:%-d %B %Y, %H:%M} UTC."
        raise InvalidMoment(
            message if today == now.date() else f"{message} Today is {today:%-d %B %Y} in {clock.zone}."
        )
    lasts = as_of is not None and (number is not None or (instant is not None and instant < now - SKEW))
    params = tuple((name, text) for name, text in texts if text is not None)
    return Moment(day, today, instant, number, params, lasts)


async def read_moment(reader: Reader, params: QueryParams, clock: Clock) -> Moment:
    """The moment in the parameters of an address; an empty parameter counts as left out. Raises 400 and 404."""
    # A plus sign that is not escaped in an address arrives as a space.
    as_of, known_at = _read_once(params, AS_OF), _read_once(params, KNOWN_AT).replace(" ", "+")
    moment = parse_moment(clock, as_of or None, known_at or None, _read_once(params, REVISION) or None)
    return await reader.read(moment.find, clock) if moment.known_at or moment.revision is not None else moment


def parse_param(name: str, text: str | None, parse: Callable[[str], T]) -> T | None:
    """The value of a parameter as GraphQL reads it; None for one that is left out. Raises InvalidMoment."""
    try:
        return None if text is None else parse(text)
    except BadInput as error:
        raise InvalidMoment(error.message, name) from None


def check_names(names: Iterable[str], known: Collection[str], who: str) -> None:
    """Raises 400 for names of parameters that are not known; `who` takes the others, such as "a file takes"."""
    unknown = sorted(set(names) - {*known, *CLOCKS})
    if unknown:
        shown = [f"`{name[:LONGEST_NAME]}`" for name in unknown[:MOST_NAMES]]
        more = [f"{len(unknown) - MOST_NAMES} more"] if len(unknown) > MOST_NAMES else []
        verb = "is" if len(unknown) == 1 else "are"
        others = "".join(f"`{name}`, " for name in known)
        clocks = f"`{AS_OF}`, and `{KNOWN_AT}` or `{REVISION}`"
        raise HTTPException(400, f"{' and '.join(shown + more)} {verb} not known here: {who} {others}{clocks}.")


def _read_number(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise BadInput(f"{text!r} is not the number of a revision, as 7 is.")
    return int(text)


def _read_once(params: QueryParams, name: str) -> str:
    texts = params.getlist(name)
    if len(texts) > 1:
        raise HTTPException(400, f"Give `{name}` once.")
    return texts[0].strip() if texts else ""
