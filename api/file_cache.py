"""Files that are made once for all who ask for them, in a bounded number of bytes."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TypeAlias

import anyio
import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Receive

from api.errors import RETRY_AFTER
from api.temporary import TemporaryFolder
from schema.errors import RateLimited

# How many files are made at once. The other requests hold neither a connection nor a processor while they wait.
AT_ONCE = 2
# How many files may wait to be made, and for how many files one client may wait.
MAX_WAITING = 50
MAX_OF_CLIENT = 10
# In seconds: when a client that is over these bounds may ask again.
PAUSE = 30
# In bytes, of all files. The file whose last request is the oldest is removed first.
MAX_BYTES = 256 * 1024 * 1024


class NoUsers(Exception):
    """No request waits for the file any more."""


@dataclass(eq=False)
class CachedFile:
    """A file that is complete or being made. It stays while a request uses it."""

    path: Path
    # All that its content depends on.
    key: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    size: int = 0
    users: int = 0
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    task: asyncio.Task[None] | None = None

    @property
    def is_complete(self) -> bool:
        return self.task is not None and self.task.done()

    def check_users(self) -> None:
        """Called now and then by the thread that makes the file. Raises NoUsers."""
        if self.scope.cancel_called:
            raise NoUsers


# Writes the file on a thread, and sets its key and its headers.
Make: TypeAlias = Callable[[CachedFile], None]


class FileCache:
    """Files by their keys."""

    def __init__(self) -> None:
        self.folder = TemporaryFolder()
        self.files: OrderedDict[str, CachedFile] = OrderedDict()
        self.numbers = count()
        self.limiter = anyio.CapacityLimiter(AT_ONCE)
        # The number of waiting requests by client.
        self.waiting: Counter[str] = Counter()

    def has(self, key: str) -> bool:
        """Whether the file is complete, and still in the folder."""
        file = self.files.get(key)
        return file is not None and file.is_complete and file.path.exists()

    def check_queue(self, client: str) -> None:
        """Raises 429 or 503 for a client that would have to wait beyond the bounds."""
        if self.waiting[client] >= MAX_OF_CLIENT:
            raise RateLimited(PAUSE)
        if self.limiter.statistics().tasks_waiting >= MAX_WAITING:
            raise HTTPException(503, "Many files are being made. Ask again soon.", {RETRY_AFTER: str(PAUSE)})

    @contextmanager
    def use(self, key: str, make: Make) -> Iterator[CachedFile]:
        """The file; `make` begins now if the file is neither complete nor being made."""
        file = self.files.get(key)
        if file is None or file.scope.cancel_called or (file.is_complete and not file.path.exists()):
            file = self.files[key] = CachedFile(self.folder.path() / str(next(self.numbers)))
            file.task = asyncio.create_task(self._make(key, file, make))
            # An error belongs to those who wait; if all have left, it is of no use.
            file.task.add_done_callback(lambda task: task.cancelled() or task.exception())
        self.files.move_to_end(key)
        file.users += 1
        try:
            yield file
        finally:
            file.users -= 1
            if not file.users:
                self._release(key, file)

    async def wait(self, file: CachedFile, client: str, receive: Receive) -> None:
        """Until the file is complete. Raises the error of its making, or ClientDisconnect if the client leaves."""
        assert file.task is not None
        disconnect = asyncio.create_task(_disconnect(receive))
        self.waiting[client] += 1
        try:
            await asyncio.wait({file.task, disconnect}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            disconnect.cancel()
            self.waiting -= Counter([client])
        if not file.is_complete:
            raise ClientDisconnect
        file.task.result()

    def trim(self, max_bytes: int) -> None:
        """Removes the oldest files until the others take no more than so many bytes."""
        size = sum(file.size for file in self.files.values())
        for key, file in [*self.files.items()]:
            if size > max_bytes and file.is_complete:
                size -= file.size
                del self.files[key]
                if not file.users:
                    self._release(key, file)

    async def close(self) -> None:
        files = [*self.files.values()]
        for file in files:
            file.scope.cancel()
        await asyncio.gather(*(file.task for file in files if file.task), return_exceptions=True)
        self.folder.close()

    async def _make(self, key: str, file: CachedFile, make: Make) -> None:
        complete = False
        try:
            with file.scope:
                async with self.limiter:
                    await anyio.to_thread.run_sync(make, file)
                file.size = file.path.stat().st_size
                complete = not file.scope.cancel_called
        except NoUsers:
            pass
        finally:
            # If the data changed before the file was begun, it has another key: only its users get it.
            if (not complete or file.key != key) and self.files.get(key) is file:
                del self.files[key]
            if not complete:
                file.path.unlink(missing_ok=True)
        self.trim(MAX_BYTES)

    def _release(self, key: str, file: CachedFile) -> None:
        """After the last user has left."""
        if not file.is_complete:
            file.scope.cancel()
        elif self.files.get(key) is not file:
            file.path.unlink(missing_ok=True)


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
