"""How many connections there may be: in all, and of one client."""

import os
import sys
from collections import Counter
from collections.abc import Sequence

import structlog

from api.client_address import Network, client_key, is_trusted

if sys.platform != "win32":
    import resource

log = structlog.get_logger()
# Descriptors that are kept for the database, and for files that are made.
RESERVE = 300
# For each so many connections that there may be, one that is refused is given the time to read why.
TOLD = 10


class Capacity:
    """A trusted proxy stands for many clients, and may have as many connections as there are."""

    def __init__(self, total: int, each: int, proxies: Sequence[Network]) -> None:
        self.total = total
        self.each = each
        self.proxies = proxies
        self.count = 0
        self.clients: Counter[str] = Counter()
        self.refused: set[object] = set()

    def take(self, host: str | None) -> int | None:
        """Counts one more of this client, until it is given back; or tells the status by which it is refused."""
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

    def look_after(self) -> None:
        """Called every second: where there is no descriptor left, uvloop cuts off new clients without a word."""
        try:
            os.close(os.dup(1))
        except OSError as error:
            log.warning("too_many_descriptors", connections=self.count, error=str(error))

    def tell(self, refused: object) -> bool:
        """Whether one that is refused can be given the time to read why."""
        if len(self.refused) > self.total // TOLD:
            return False
        self.refused.add(refused)
        return True

    def told(self, refused: object) -> None:
        self.refused.discard(refused)


def descriptors() -> int:
    """How many files and connections this process may have open, after asking for as many as there are to have."""
    if sys.platform == "win32":
        return sys.maxsize
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
            soft = hard
        except (ValueError, OSError):
            # Some systems allow less than they say.
            pass
    return sys.maxsize if soft == resource.RLIM_INFINITY else soft


def room(descriptors: int) -> int:
    """How many of these may be connections."""
    return descriptors - min(RESERVE, descriptors // 2)
