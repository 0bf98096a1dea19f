"""Days to come are refused: what is on record now would be taken for what is known of then."""

import datetime as dt

from schema.cost import Arguments
from schema.errors import BadInput
from schema.scalars import read_day, read_instant

AS_OF, TO, KNOWN_AT = "asOf", "to", "knownAt"


def check_days(argument: Arguments, latest: dt.date) -> None:
    """Raises `BadInput` for a field that is asked about a day after the latest, also in its filter, or up to one, or as
    known on one."""
    for name, value, read in (
        (AS_OF, argument(AS_OF), read_day),
        (AS_OF, (argument("filter") or {}).get(AS_OF), read_day),
        (TO, argument(TO), read_day),
        (KNOWN_AT, argument(KNOWN_AT), _day_of_instant),
    ):
        try:
            day = read(value)
        except BadInput:
            # Validation says what is wrong, or it is left out.
            continue
        if day > latest:
            raise BadInput(f"`{name}`: {day} is still to come. The latest day is {latest}.")


def _day_of_instant(value: object) -> dt.date:
    return read_instant(value).date()
