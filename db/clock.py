"""The time, and the day."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


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
        return instant.astimezone(self.zone).date()
