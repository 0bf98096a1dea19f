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


def written(day: dt.date, precision: DatePrecision) -> str:
    """As much of the date as is known: 2019, 2019-05 or 2019-05-09."""
    return day.isoformat()[: {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(precision, 10)]
