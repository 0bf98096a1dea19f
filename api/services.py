"""What one running application shares among its requests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anyio import CapacityLimiter
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from api.file_cache import FileCache
from api.token_uses import TokenUses
from db import dataset
from db.clock import Clock
from db.database import Database
from db.live import LiveLog
from db.look import Look
from db.reader import Reader
from db.replicas import Replicas
from db.tokens import Principal
from schema.answers import Answers
from schema.context import Context, PageUrl

NOT_STARTED = "The application was not started: its lifespan has to run. `api.testing.scratch_client` runs it."


@dataclass(frozen=True)
class Services:
    """Made when the application starts."""

    db: Database
    look: Look
    # The servers that the public may be answered from beside it; None where there are none.
    replicas: Replicas | None
    live_log: LiveLog
    files: FileCache
    token_uses: TokenUses
    # The address of the site as the settings have it, and its path: empty for none.
    public_url: str | None
    base: str
    # Where people report a mistake, as the settings have it.
    contact: str | None
    # The address of the page that shows a row.
    page_url: PageUrl
    # Called with the state of the data that a request sees: measures the data again after a change, for prices.
    follow: Callable[[dataset.State | None], None]
    # What the followers of the log share.
    answers: Answers = field(default_factory=Answers)
    # For the threads that write pages: several would take turns at the interpreter.
    renderers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1))

    async def state(self, arrived: float | None = None) -> dataset.State | None:
        """The state of the data that the public sees at some time after `arrived` on the monotonic clock, or now."""
        if self.replicas:
            state = await Reader(self.db, replicas=self.replicas).state()
        else:
            state = await self.look.state(arrived)
        self.follow(state)
        return state

    def context(self, clock: Clock, viewer: Principal | None = None, **options: Any) -> Context:
        """What an operation is executed with. `options` are further fields of the context."""
        options |= {"page_url": self.page_url, "answers": self.answers}
        return Context(self.db, self.live_log, clock, viewer, self.contact, **options)


def services(connection: HTTPConnection) -> Services:
    """Raises 500 for an application that was not started: httpx and other clients in process run no lifespan."""
    try:
        shared: Services = connection.state.services
    except AttributeError:
        raise HTTPException(500, NOT_STARTED) from None
    return shared
