"""A database of our data for one test or one server, which nobody else has and which is removed at its end."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api import template_database
from api.settings import Settings
from api.temporary import TemporaryFolder
from db import dataset, tokens
from db.database import Database
from db.vocabulary import Role, Voice
from db.writing.ledger import TOLERANCE
from seeds import DATA

# Tests ask in a second what people ask in minutes: how quick the machine is would decide what is refused, and what is
# logged as slow.
USUAL = {"rate_per_minute": 0, "log_level": "error"}
# What others see of a service or give to it, and a test must not touch.
OWN: dict[str, object] = {
    "database_url": "sqlite:///scratch.db",
    "read_urls": None,
    "rate_storage": None,
    "host": "127.0.0.1",
    "port": 0,
    "public_url": None,
    "metrics_port": None,
    "processes": 1,
    "traces": False,
}


class ClockBeforeRecord(ValueError):
    """A clock was to stand at an instant before the last one in the record."""


@dataclass(frozen=True)
class ScratchDatabase:
    db: Database
    url: str
    # The last instant in the record.
    latest: dt.datetime

    def create_token(self, role: Role, *voices: Voice, name: str) -> str:
        with self.db.transaction() as session:
            return tokens.create(session, name, role, voices, now=self.latest)

    def check_clock(self, now: dt.datetime) -> None:
        """Raises `ClockBeforeRecord` where nothing could be recorded at this instant."""
        if now < self.latest - TOLERANCE:
            raise ClockBeforeRecord(f"The record goes up to {self.latest:%Y-%m-%dT%H:%M:%SZ}: name a later instant.")


def scratch_settings(**values: object) -> Settings:
    """The settings of the environment and these, but for the database and for where it listens."""
    if unknown := values.keys() - (Settings.model_fields.keys() - OWN.keys()):
        raise TypeError(f"There is no setting {min(unknown)} of a service for tests.")
    settings = Settings(**values | OWN)  # type: ignore[arg-type]
    return settings.model_copy(update={name: USUAL[name] for name in USUAL.keys() - settings.model_fields_set})


@contextmanager
def scratch_database(data: Path | None = None) -> Iterator[ScratchDatabase]:
    """`data` is a folder of reviewed files; our own if left out. Raises `SeedError` where they are broken."""
    folder = TemporaryFolder()
    try:
        path = folder.path() / "scratch.db"
        template_database.copy(data or DATA, path)
        url = f"sqlite:///{path}"
        db = Database(url)
        try:
            state = db.read_sync(dataset.state)
            assert state is not None
            yield ScratchDatabase(db, url, state[1])
        finally:
            db.close()
    finally:
        folder.close()
