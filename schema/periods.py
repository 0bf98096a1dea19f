"""The days of a series."""

import calendar
import datetime as dt

from db.vocabulary import Interval
from schema.errors import BadInput, TooMuch
from schema.limits import POINTS

MONTHS = {Interval.MONTH: 1, Interval.QUARTER: 3, Interval.YEAR: 12}


def period_ends(start: dt.date, end: dt.date, every: Interval) -> list[dt.date]:
    """The last day of each period that ends between the two days."""
    if start > end:
        raise BadInput("`from` is after `to`.")
    step = MONTHS[every]
    first = start.year * 12 + (start.month - 1) // step * step + step - 1
    number = max(0, (end.year * 12 + end.month - 1 - first) // step + 1)
    if number > POINTS:
        raise TooMuch(
            "TOO_MANY_POINTS", f"A series has at most {POINTS} points, not {number}.", allowed=POINTS, asked=number
        )
    months = [divmod(first + place * step, 12) for place in range(number)]
    days = [dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1]) for year, month in months]
    return [day for day in days if start <= day <= end]
