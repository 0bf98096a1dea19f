"""Days, months and years. A period counts from its last day, so that nothing shows as true before it surely was."""

import datetime as dt
from calendar import monthrange

from db.vocabulary import DatePrecision


def last_day(day: dt.date, precision: DatePrecision) -> dt.date:
    """The last day of the period that the day lies in."""
    if precision is DatePrecision.DAY:
        return day
    month = 12 if precision is DatePrecision.YEAR else day.month
    return day.replace(month=month, day=monthrange(day.year, month)[1])


def first_day(day: dt.date, precision: DatePrecision) -> dt.date:
    if precision is DatePrecision.DAY:
        return day
    return day.replace(month=1 if precision is DatePrecision.YEAR else day.month, day=1)
