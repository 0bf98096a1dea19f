"""What one running application shares among its requests."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from api.file_cache import FileCache
from db import dataset
from db.database import Database
from db.live import LiveLog


@dataclass(frozen=True)
class Services:
    """Made when the application starts."""

    db: Database
    live_log: LiveLog
    files: FileCache
    # The address of the site as the settings have it, and its path: empty for none.
    public_url: str | None
    base: str
    # Where people report a mistake, as the settings have it.
    contact: str | None
    # Called with the state of the data that a request sees: measures the data again after a change, for prices.
    follow: Callable[[dataset.State | None], None]


def services(connection: HTTPConnection) -> Services:
    shared: Services = connection.state.services
    return shared
