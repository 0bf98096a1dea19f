"""The time, the day, and the months and years that days lie in."""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass

from db.vocabulary import DatePrecision


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Clock:
    """Instants in UTC, and days in the zone of the record.

    A day that has not begun there is in the future for everything: pages, files, feeds, the command line and changes.
    """

    now: Callable[[], dt.datetime]
    zone: dt.tzinfo

    def __call__(self) -> dt.datetime:
        return self.now()

    def today(self) -> dt.date:
        return self.day(self())

    def day(self, instant: dt.datetime) -> dt.date:
        try:
            return instant.astimezone(self.zone).date()
        except OverflowError:
            # The first and last hours of the calendar have no time in every zone.
            return instant.date()


def last_day(day: dt.date, precision: DatePrecision) -> dt.date:
    """The last day of the period that the day lies in. It counts from there: nothing shows as true too early."""
    if precision is DatePrecision.DAY:
        return day
    month = 12 if precision is DatePrecision.YEAR else day.month
    return day.replace(month=month, day=monthrange(day.year, month)[1])


def first_day(day: dt.date, precision: DatePrecision) -> dt.date:
    if precision is DatePrecision.DAY:
        return day
    return day.replace(month=1 if precision is DatePrecision.YEAR else day.month, day=1)
