"""Responses that are sent again: the same request has the same response until the data or the day changes."""

import datetime as dt
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.compression import MIN_BYTES, gzip, min_gzip_bytes
from api.conditional import cache_control, not_modified
from api.errors import RETRY_LATER
from api.request_log import log_entry
from api.revision import new_reader, note_revision
from api.services import services
from db import dataset
from db.clock import Clock

# The state of the data, and today: all that the response to a request can depend on beside the request.
Version: TypeAlias = tuple[dataset.State | None, dt.date]
RequestKey: TypeAlias = tuple[str | bytes, ...]
Entry = TypeVar("Entry", "CachedResponse", "Head")

# The memory of an entry beside its texts, in bytes. Without it, many small entries would take several times the bound.
OVERHEAD = 600
NOT_MODIFIED = 304


@dataclass(frozen=True)
class CachedResponse:
    body: bytes
    content_type: str
    etag: str
    # Empty if the body was never compressed.
    gzip_body: bytes = b""
    # Whether it is pinned on both clocks, so that neither the data nor the day can change it.
    lasts: bool = False

    @property
    def size(self) -> int:
        return len(self.body) + len(self.gzip_body) + OVERHEAD

    def response(
        self, request: Request, headers: Mapping[str, str] | None = None, modified: dt.datetime | None = None
    ) -> Response:
        """The body with these headers, or 304 if the client's copy is current. See `not_modified` for `modified`.

        A POST gets the body alone.
        """
        head: dict[str, str] = {}
        if request.method in ("GET", "HEAD"):
            head = {"cache-control": cache_control(lasts=self.lasts), "etag": self.etag, **(headers or {})}
            if response := not_modified(request, head, modified):
                return response
        head["content-type"] = self.content_type
        if self.gzip_body and min_gzip_bytes(request.headers.get("accept-encoding", "")) is not None:
            return Response(self.gzip_body, headers={**head, "content-encoding": "gzip"})
        return Response(self.body, headers=head)


@dataclass(frozen=True)
class Head:
    """Of a response that was sent from the cache: its status and its headers, and where its body is."""

    source: RequestKey
    status: int
    headers: list[tuple[bytes, bytes]]
    is_gzip: bool
    # The path and its pattern, as the log and the metrics have them.
    path: str
    route: str

    @property
    def size(self) -> int:
        return sum(len(name) + len(value) for name, value in self.headers) + len(self.path) + OVERHEAD

    def body(self, cached: CachedResponse) -> bytes:
        if self.status == NOT_MODIFIED:
            return b""
        return cached.gzip_body if self.is_gzip else cached.body


class ResponseCache:
    """The latest responses of one version of the data, and the heads that they were sent with, in a bounded number of
    bytes."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.used_bytes = 0
        self.version: Version | None = None
        # The least recently used is first. A head has a key of its own, which no response has.
        self.entries: OrderedDict[RequestKey, CachedResponse | Head] = OrderedDict()

    def get(self, version: Version, key: RequestKey) -> CachedResponse | None:
        self._reset_if_stale(version)
        return self._get(key, CachedResponse)

    def head(self, key: RequestKey) -> Head | None:
        """How the response to a request was sent, if it was sent from the cache, and of the version seen last."""
        return self._get(key, Head)

    def _get(self, key: RequestKey, kind: type[Entry]) -> Entry | None:
        entry = self.entries.get(key)
        if not isinstance(entry, kind):
            return None
        self.entries.move_to_end(key)
        return entry

    async def get_or_make(
        self,
        request: Request,
        clock: Clock,
        key: RequestKey,
        make: Callable[[dataset.State], Awaitable[Response]],
        *,
        lasts: bool = False,
    ) -> tuple[CachedResponse, dataset.State]:
        """The stored response, or a new one, with the state of the data that it is made of.

        `make` is given that state, and all that it reads through the reader of the request is of that revision. Raises
        503 as long as there is no data.
        """
        version = await require_data(request, clock)
        note_revision(request, version[0][0])
        if cached := self.get(version, key):
            note_source(request, key, cached)
            return cached, version[0]
        request.state.reader = new_reader(request, revision=version[0][0])
        response = await make(version[0])
        # Another request may have seen a later version meanwhile: this response is not one of that.
        return self.store(version, self.version or version, key, response, lasts=lasts), version[0]

    def store(
        self, before: Version | None, version: Version, key: RequestKey, response: Response, *, lasts: bool = False
    ) -> CachedResponse:
        """Stores a response, unless the data may have changed while it was made.

        `before` is the version of the data before the response was made. GraphQL gives the last version that this cache
        has seen: a query that is refused must not reach the database, so the first response of a version is not stored.
        """
        self._reset_if_stale(version)
        digest = hashlib.sha256(response.body).hexdigest()
        # Weak, because the response is sent compressed or not.
        etag = f'W/"{digest[:20]}"'
        cached = CachedResponse(bytes(response.body), response.headers["content-type"], etag, lasts=lasts)
        # A response that is larger than the bound would drive out all others.
        if version == before and key not in self.entries and _size(key, cached) <= self.max_bytes:
            if len(cached.body) >= MIN_BYTES:
                cached = replace(cached, gzip_body=gzip(cached.body))
            self._put(key, cached)
        return cached

    def store_head(self, key: RequestKey, head: Head) -> None:
        if key not in self.entries:
            self._put(key, head)

    def _put(self, key: RequestKey, entry: CachedResponse | Head) -> None:
        self.entries[key] = entry
        self.used_bytes += _size(key, entry)
        while self.used_bytes > self.max_bytes:
            self.used_bytes -= _size(*self.entries.popitem(last=False))

    def _reset_if_stale(self, version: Version) -> None:
        if version != self.version:
            self.version, self.used_bytes = version, 0
            self.entries.clear()


def note_source(request: Request, key: RequestKey, cached: CachedResponse) -> None:
    """Notes that a request is answered from the cache, and with what."""
    log_entry(request).from_cache = True
    request.state.source = key, cached


async def current_version(request: Request, clock: Clock) -> Version:
    return await services(request).state(), clock.today()


async def require_data(request: Request, clock: Clock) -> tuple[dataset.State, dt.date]:
    """The current version. Raises 503 as long as there is no data."""
    state, day = await current_version(request, clock)
    if state is None:
        raise HTTPException(503, "No data is loaded yet.", RETRY_LATER)
    return state, day


async def graphql_request_key(request: Request) -> RequestKey:
    """All of a request that its response depends on."""
    headers = [request.headers.get(name, "") for name in ("accept", "content-type", "content-encoding")]
    return (request.method, *headers, request.scope["query_string"], await request.body())


def _size(key: RequestKey, entry: CachedResponse | Head) -> int:
    return sum(map(len, key)) + entry.size
