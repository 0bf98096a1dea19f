"""The time, and the day that it is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Clock:
    """Tells instants in UTC, and days as they begin and end in the zone of the record.

    A day that has not begun there is still to come: for pages, files, feeds, the command line and what is written.
    """

    now: Callable[[], dt.datetime]
    zone: dt.tzinfo

    def __call__(self) -> dt.datetime:
        return self.now()

    def today(self) -> dt.date:
        return self.day(self())

    def day(self, instant: dt.datetime) -> dt.date:
        return instant.astimezone(self.zone).date()
