"""Days to come are refused: what is on record now would be taken for what is known of then."""

import datetime as dt

from schema.cost import Arguments
from schema.errors import BadInput
from schema.scalars import read_day

AS_OF = "asOf"


def check_days(argument: Arguments, latest: dt.date) -> None:
    """Raises `BadInput` for a field that is asked about a day after the latest, also in its filter."""
    for value in (argument(AS_OF), (argument("filter") or {}).get(AS_OF)):
        try:
            day = read_day(value)
        except BadInput:
            # Validation says what is wrong, or it is left out.
            continue
        if day > latest:
            raise BadInput(f"`{AS_OF}`: {day} is still to come. The latest day is {latest}.")
