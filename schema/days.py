"""Days to come are refused: what is on record now would be taken for what is known of then."""

import datetime as dt

from schema.cost import Arguments
from schema.errors import BadInput
from schema.scalars import read_day

AS_OF, TO = "asOf", "to"


def check_days(argument: Arguments, latest: dt.date) -> None:
    """Raises `BadInput` for a field that is asked about a day after the latest, also in its filter, or up to one."""
    for name, value in ((AS_OF, argument(AS_OF)), (AS_OF, (argument("filter") or {}).get(AS_OF)), (TO, argument(TO))):
        try:
            day = read_day(value)
        except BadInput:
            # Validation says what is wrong, or it is left out.
            continue
        if day > latest:
            raise BadInput(f"`{name}`: {day} is still to come. The latest day is {latest}.")
