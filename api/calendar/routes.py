"""The events as a calendar that phones subscribe to: a file, which is made once and sent as a whole."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from api.budget import TABLE_PRICE
from api.calendar.choice import Conditions, Filters
from api.compression import min_gzip_bytes
from api.conditional import cache_control, last_modified, not_modified
from api.exports.download import check_room, complete_file, compressing
from api.exports.snapshot import open_snapshot
from api.file_cache import CachedFile, FileCache
from api.moment import AS_OF, Moment, parse_param, read_moment
from api.rate_limit import client_budget
from api.request_log import log_entry
from api.response_cache import require_data
from api.revision import new_reader, note_revision
from api.services import services
from api.urls import site_url
from db import dataset
from db.clock import Clock
from db.columns import Condition
from db.database import Database
from db.reader import Reader
from schema.build import Schema
from schema.errors import ClientError
from schema.filters import EventFilter
from schema.price import QUERY_TEXT
from schema.scalars import read_day
from schema.service import VERSION
from schema.values import check_text

PATH = "/events.ics"
# The parameters of the address are fields of the API's filter, some with several values.
LISTS = ("kind", "region", "series", "commitment")
SINGLES = ("from", "to", "search")
# In bytes. A file that is longer is sent in parts.
PART = 65_536


def route(schema: Schema, clock: Clock) -> Route:
    async def endpoint(request: Request) -> Response:
        return await _respond(request, schema, clock)

    return Route(PATH, endpoint)


@dataclass(frozen=True)
class Calendar:
    """Every event whose date is known and that meets the filter in the address, up to the day if that is stated."""

    schema: Schema
    moment: Moment
    filters: Filters
    site: str
    path: str
    compress: bool

    def key(self, state: dataset.State) -> str:
        of_address = (self.site, self.path, *self.filters.items(), *self.moment.key)
        parts = (VERSION, PATH, of_address, self.compress, *(self.moment.state or state))
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def conditions(self) -> Conditions:
        """Of the events that are shown, and of those that have no date. Raises 400 for a bad filter."""
        last = _last(self.filters, self.moment)
        try:
            for value in self.filters.values():
                for text in [value] if isinstance(value, str) else value:
                    check_text(text, QUERY_TEXT)
            return self._conditions(dated=True, **last), self._conditions(dated=False)
        except ClientError as error:
            raise HTTPException(400, error.message) from None

    def _conditions(self, **others: object) -> list[Condition]:
        filter = self.schema.read_input(EventFilter, {**self.filters, **others})
        return filter.conditions(self.moment.as_of, self.moment.today)

    def write(self, conditions: Conditions, reader: Reader, files: FileCache, file: CachedFile) -> None:
        # icalendar takes a tenth of a second to import, which a start can save.
        from api.calendar.ical import write_calendar  # noqa: PLC0415

        def write(database: Database) -> None:
            snapshot = open_snapshot(database, self.moment, on_batch=file.check_users, folder=files.folder.path())
            with snapshot as data, file.path.open("wb") as out:
                file.key = self.key((data.facts.revision, data.facts.updated_at))
                with compressing(out) if self.compress else nullcontext(out) as plain:
                    digest = Digest(plain)
                    address = self.site + self.moment.at(self.path, **self.filters)
                    write_calendar(cast(BinaryIO, digest), data, conditions, self.filters, self.site, address)
                # Weak, because it is sent compressed or not.
                file.headers = {"etag": f'W/"{digest.sha256.hexdigest()[:20]}"'}

        reader.attempt(write)


class Digest:
    """Passes on what is written, and has its digest."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.sha256.update(data)
        self.out.write(data)


async def _respond(request: Request, schema: Schema, clock: Clock) -> Response:
    moment = await read_moment(new_reader(request), request.query_params, clock)
    compress = min_gzip_bytes(request.headers.get("accept-encoding", "")) is not None
    filters = _filters(request.query_params)
    calendar = Calendar(schema, moment, filters, site_url(request), request.url.path, compress)
    state, _ = await require_data(request, clock)
    note_revision(request, state[0])
    key = calendar.key(state)
    conditions = calendar.conditions()
    check_room(request, key)
    if services(request).files.has(key):
        log_entry(request).from_cache = True
    else:
        await client_budget(request).pay(TABLE_PRICE)
    # All that it shows was recorded by the last change of the data.
    _, modified = moment.state or state
    make = partial(calendar.write, conditions, new_reader(request), services(request).files)
    async with complete_file(request, key, make, PATH) as file:
        headers = {"cache-control": cache_control(lasts=moment.lasts), **file.headers}
        headers |= last_modified(modified, clock())
        if response := not_modified(request, headers, modified):
            return response
        headers |= {"content-type": "text/calendar; charset=utf-8", "content-length": str(file.size)}
        if compress:
            headers["content-encoding"] = "gzip"
        # An open file can be read when its name is gone.
        content = file.path.open("rb")
    if file.size <= PART:
        with content:
            return Response(content.read(), headers=headers)
    return StreamingResponse(_parts(content), headers=headers)


def _parts(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while part := file.read(PART):
            yield part


def _filters(params: QueryParams) -> Filters:
    # A form sends the fields that are not filled in, too.
    lists = {name: [value for value in params.getlist(name) if value] for name in LISTS}
    singles = {name: params.get(name, "") for name in SINGLES}
    return {name: value for name, value in (lists | singles).items() if value}


def _last(filters: Filters, moment: Moment) -> Mapping[str, str]:
    """The last day of the events, as a field of the filter, where the address states the day that it asks about."""
    if AS_OF not in dict(moment.params):
        return {}
    until = filters.get("to")
    day = parse_param("to", until, read_day) if isinstance(until, str) else None
    return {"to": min(day or moment.as_of, moment.as_of).isoformat()}
