"""An application with a database and a clock of its own."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette

from api import logs
from api.app import create_app
from api.scratch import ScratchDatabase, scratch_database, scratch_settings
from api.settings import Settings
from db.vocabulary import Role, Voice


@dataclass
class ScratchClock:
    """It stands still until a test sets `now`."""

    now: dt.datetime

    def __call__(self) -> dt.datetime:
        return self.now


@dataclass
class Scratch:
    app: Starlette
    settings: Settings
    database: ScratchDatabase
    clock: ScratchClock
    # Of an editor, in every voice.
    token: str

    @property
    def editor(self) -> dict[str, str]:
        """The headers of a request by an editor."""
        return {"Authorization": f"Bearer {self.token}"}

    def create_token(self, role: str, *voices: str, name: str = "Tester") -> str:
        """`role` is `EDITOR` or `CONTRIBUTOR`; a contributor records statuses in these voices alone."""
        return self.database.create_token(Role(role), *map(Voice, voices), name=name)


@contextmanager
def scratch_application(
    now: dt.datetime | None = None, data: Path | None = None, **settings: object
) -> Iterator[Scratch]:
    """The clock stands at `now`, or else at the last instant in the record.

    Raises `ClockBeforeRecord` where that is later than `now`, and `SeedError` where the files in `data` are broken.
    """
    logs.configure_quietly()
    options = scratch_settings(**settings)
    with scratch_database(data or options.data) as database:
        clock = ScratchClock(now or database.latest)
        database.check_clock(clock.now)
        token = database.create_token(Role.EDITOR, *Voice, name="Editor")
        options = options.model_copy(update={"database_url": database.url})
        yield Scratch(create_app(options, clock), options, database, clock, token)
