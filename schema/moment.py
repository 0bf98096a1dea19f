"""The moment of an object: the day that it is asked about, and the revision at which the record is read for it."""

import datetime as dt
from dataclasses import dataclass, replace

from db.clock import Clock
from db.reader import Reader


@dataclass
class Moment:
    """It comes with the object, so that one query may ask about several."""

    # The day of every question that states none.
    as_of: dt.date
    # The last day that can be known: today, or the day of a revision in the past.
    today: dt.date
    reader: Reader
    # What ids name beside the row: the day and the revision, where the query stated them.
    states_day: bool = False
    states_revision: bool = False

    def __post_init__(self) -> None:
        self.is_stated = self.states_day or self.states_revision

    def known_at(self, instant: dt.datetime | None, clock: Clock) -> "Moment":
        """The same moment as known at an instant, and no later than it is known here."""
        if instant is None:
            return self
        reader = self.reader.at(known_at=instant, within=self.reader)
        today = min(self.today, clock.day(instant))
        return replace(self, today=today, reader=reader, states_revision=True)

    def at_revision(self, revision: int, known_on: dt.date) -> "Moment":
        """The same moment as known at a revision that was recorded on a day."""
        reader = self.reader.at(revision=revision)
        return replace(self, today=min(self.today, known_on), reader=reader, states_revision=True)

    @property
    def stated(self) -> dict[str, str]:
        """The arguments of `record` that lead here, as far as they are stated."""
        day = {"asOf": self.as_of.isoformat()} if self.states_day else {}
        return day | ({"revision": str(self.reader.revision)} if self.states_revision else {})

    @property
    def name(self) -> str:
        """The moment as ids name it, if it is stated. The revision is known once something was read."""
        day = self.as_of.isoformat() if self.states_day else ""
        return f"@{day}@{self.reader.revision if self.states_revision else ''}"
