"""Connections of either protocol: how many there may be, and how long a client may leave what was sent to it."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from api.client_address import Network, client_key, is_trusted

if sys.platform != "win32":
    import resource

log = structlog.get_logger()
# Descriptors that connections leave to the database and to files.
RESERVE = 300
# What is parsed at once, in bytes: what is left of a limit is checked after each.
PIECE = 8_192
# For so many connections that there may be, one that is refused is kept open until the client has read why.
REFUSED_SHARE = 10
# In bytes. A client that has left more is not told why it is hung up on.
FAREWELL_BYTES = 1_048_576
# A client is slow, but reads, if this part or less of what it had left is still there after the time.
PROGRESS = 0.75


@dataclass
class Capacity:
    """A trusted proxy stands for many clients, and may have as many connections as there are in all."""

    total: int
    each: int
    proxies: Sequence[Network]
    count: int = 0
    clients: Counter[str] = field(default_factory=Counter)
    refusals: set[object] = field(default_factory=set)

    def take(self, host: str | None) -> int | None:
        """Counts one more connection of this client; or returns the status that refuses it."""
        client = client_key(host)
        full = self.count >= self.total
        if full or (self.clients[client] >= self.each and not is_trusted(host, self.proxies)):
            log.warning("too_many_connections", client=host, of="all" if full else "client", connections=self.count)
            return 503 if full else 429
        self.count += 1
        self.clients[client] += 1
        return None

    def give_back(self, host: str | None) -> None:
        client = client_key(host)
        self.count -= 1
        self.clients[client] -= 1
        if not self.clients[client]:
            del self.clients[client]

    def check_descriptors(self) -> None:
        """Warns if there is no descriptor left: uvloop then drops new clients without a word."""
        try:
            os.close(os.dup(1))
        except OSError as error:
            log.warning("too_many_descriptors", connections=self.count, error=str(error))


class Connection:
    """Hangs up on a client that does not read."""

    # In seconds; set by the server, as is the capacity.
    slow_seconds = 10.0
    capacity: Capacity
    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    client: tuple[str, int] | None
    # Whether the capacity counts it.
    is_counted = False
    # What the client has left, in bytes, and when it must have read some of it, by the clock of the loop.
    unsent_bytes = 0
    slow_at: float | None = None
    farewell_sent = False

    @property
    def host(self) -> str | None:
        return self.client[0] if self.client else None

    def pause_writing(self) -> None:
        super().pause_writing()  # type: ignore[misc]
        self._expect_reading()

    def resume_writing(self) -> None:
        super().resume_writing()  # type: ignore[misc]
        self.slow_at = None

    def connection_lost(self, exc: Exception | None) -> None:
        if self.is_counted:
            self.is_counted = False
            self.capacity.give_back(self.host)
        super().connection_lost(exc)  # type: ignore[misc]

    def check(self) -> None:
        """Called several times a second, also while the server stops."""
        if self.slow_at is None:
            # A transport that closes waits until the client has read the rest, which may be never.
            if self.transport.is_closing():
                self._expect_reading()
        elif self.loop.time() >= self.slow_at:
            self._check_progress()

    def say_why(self) -> None:
        raise NotImplementedError

    def _expect_reading(self) -> None:
        self.unsent_bytes = self.transport.get_write_buffer_size()
        self.slow_at = self.loop.time() + self.slow_seconds

    def _check_progress(self) -> None:
        unsent, before = self.transport.get_write_buffer_size(), self.unsent_bytes
        self._expect_reading()
        if unsent <= before * PROGRESS:
            return
        if not self.farewell_sent:
            # One line for each client.
            log.info("slow_client", client=self.host, unsent=unsent)
        if self.farewell_sent or self.transport.is_closing() or unsent > FAREWELL_BYTES:
            self.transport.abort()
            return
        self.farewell_sent = True
        self.say_why()
        self.transport.close()


def max_descriptors() -> int:
    """How many files and connections this process may have open, after asking for the most."""
    if sys.platform == "win32":
        return sys.maxsize
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    # Some systems allow less than they state.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return sys.maxsize if soft == resource.RLIM_INFINITY else soft


def max_connections(descriptors: int) -> int:
    return descriptors - min(RESERVE, descriptors // 2)
