"""The files over HTTP: made when they are asked for, once for all, and sent with ranges."""

import codecs
import hashlib
import re
import sqlite3
import zlib
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from gzip import GzipFile
from importlib.metadata import version
from typing import BinaryIO, Protocol, cast

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from api.budget import FILE_PRICE, TABLE_PRICE
from api.compression import LEVEL, min_gzip_bytes
from api.conditional import cache_control, not_modified
from api.errors import RETRY_LATER
from api.exports.files import FILES, FOLDER, File
from api.exports.snapshot import Snapshot, open_snapshot
from api.file_cache import CachedFile, FileCache, Make
from api.moment import Moment, check_names, read_moment
from api.rate_limit import client_budget
from api.request_log import log_entry
from api.response_cache import require_data
from api.revision import new_reader, note_revision
from api.services import services
from api.urls import base_path
from db import dataset
from db.clock import Clock
from db.database import Database
from db.reader import Reader
from schema.service import VERSION

log = structlog.get_logger()
# What is raised if the disk is full or gone.
DISK_ERRORS = (OSError, sqlite3.OperationalError)
# The parameter that asks for a byte order mark.
MARK = "bom"
# The bytes of a file depend on these, beside the data and the moment.
VERSIONS = (VERSION, version("XlsxWriter"), sqlite3.sqlite_version, zlib.ZLIB_RUNTIME_VERSION)
# A range in any other unit or form is ignored, as is one of HEAD (RFC 9110, 14.2).
RANGE = re.compile(rb"bytes=(\d+-\d*|-\d+)(\s*,\s*(\d+-\d*|-\d+))*", re.ASCII)


class Offer(Protocol):
    """What a route offers to download."""

    def names(self, request: Request) -> Collection[str]:
        """The parameters that it takes, beside those of the moment. Raises 404."""

    def file(self, request: Request, moment: Moment) -> File:
        """The file that a request asks for. Raises 400 for a value that is not valid."""


class Folder:
    """The files whose names stand in the path."""

    def names(self, request: Request) -> Collection[str]:
        return (MARK,) if self._find(request).format == "csv" else ()

    def file(self, request: Request, moment: Moment) -> File:
        return self._find(request)

    def _find(self, request: Request) -> File:
        file = FILES.get(request.path_params["file"])
        if file is None:
            raise HTTPException(404)
        return file


def routes(clock: Clock) -> list[BaseRoute]:
    return [Route(FOLDER + "{file}", Downloads(clock, Folder()))]


@dataclass(frozen=True)
class Download:
    """What a request asks for. `site_path` is the path that the site is below."""

    file: File
    moment: Moment
    site_path: str
    # Whether the file begins with a byte order mark, without which Excel on Windows does not read it as UTF-8.
    mark: bool
    compress: bool

    def headers(self, state: dataset.State) -> dict[str, str]:
        file, moment = self.file, self.moment
        name, suffix = file.name.rsplit(".", 1)
        stem = name if name.startswith("sixty-one") else f"sixty-one-{name}"
        when = (moment.as_of, moment.is_past, moment.known_at, moment.query)
        parts = (VERSIONS, file.name, file.params, self.mark, when, self.compress, *(moment.state or state))
        digest = hashlib.sha256(repr(parts).encode()).hexdigest()
        descriptor = f"{self.site_path}{FILES['datapackage.json'].address}{moment.query}"
        return ({"content-encoding": "gzip"} if self.compress else {}) | {
            "content-type": file.media_type,
            "content-disposition": f"{'inline' if file.inline else 'attachment'};"
            f' filename="{stem}-{moment.as_of}.{suffix}"',
            "cache-control": cache_control(lasts=moment.lasts),
            "etag": f'"{digest[:20]}"',
            "link": f'<{descriptor}>; rel="describedby"; type="application/json"',
            "accept-ranges": "bytes",
        }

    def write(self, reader: Reader, files: FileCache, file: CachedFile) -> None:
        # A replica may break off what takes long: then another server begins anew.
        reader.attempt(lambda database: self._write_from(database, files, file))

    def _write_from(self, database: Database, files: FileCache, file: CachedFile) -> None:
        snapshot = open_snapshot(database, self.moment, on_batch=file.check_users, folder=files.folder.path())
        with snapshot as data, file.path.open("wb") as out:
            # The data may have changed since the request was read.
            file.headers = self.headers((data.facts.revision, data.facts.updated_at))
            file.key = file.headers["etag"]
            with compressing(out) if self.compress else nullcontext(out) as plain:
                self._write(plain, data)

    def _write(self, out: BinaryIO, snapshot: Snapshot) -> None:
        if self.mark:
            out.write(codecs.BOM_UTF8)
        self.file.write(out, snapshot)


class DownloadResponse(FileResponse):
    # In bytes. A slow client is seen to take something now and then.
    chunk_size = 16_384


@dataclass(frozen=True)
class Downloads:
    clock: Clock
    offer: Offer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(_without_invalid_range(scope), receive)
        download = await read_download(request, self.clock, self.offer)
        state, _ = await require_data(request, self.clock)
        note_revision(request, state[0])
        headers = download.headers(state)
        response = not_modified(request, {name: headers[name] for name in ("etag", "cache-control", "link")})
        if response is None and request.method == "HEAD" and not services(request).files.has(headers["etag"]):
            # A file is not made for its headers alone, so that its length is not known.
            response = Response(headers=headers)
            del response.headers["content-length"]
        if response:
            await response(scope, receive, send)
        else:
            await self._send_file(download, headers["etag"], request, send)

    async def _send_file(self, download: Download, etag: str, request: Request, send: Send) -> None:
        check_room(request, etag)
        log_entry(request).is_long_lived = True
        if request.method == "GET":
            await client_budget(request).pay(TABLE_PRICE if download.file.table else FILE_PRICE)
        make = partial(download.write, new_reader(request), services(request).files)
        async with complete_file(request, etag, make, download.file.name) as file:
            await DownloadResponse(file.path, headers=file.headers)(request.scope, request.receive, send)


def check_room(request: Request, key: str) -> None:
    """Raises 503 and 429 where a file has to be made and cannot be."""
    files = services(request).files
    if not files.has(key):
        if fault := files.folder.fault():
            raise HTTPException(503, fault, RETRY_LATER)
        files.check_queue(client_budget(request).address)


@asynccontextmanager
async def complete_file(request: Request, key: str, make: Make, name: str) -> AsyncIterator[CachedFile]:
    """The file with this key, which is made if it is not there. Raises 503 where the disk is full."""
    files = services(request).files
    with files.use(key, make) as file:
        try:
            await files.wait(file, client_budget(request).address, request.receive)
        except DISK_ERRORS as error:
            log.warning("no_room_for_download", file=name, reason=str(error))
            files.trim(0)
            raise HTTPException(503, "There is no room to make a file.", RETRY_LATER) from None
        yield file


@contextmanager
def compressing(out: BinaryIO) -> Iterator[BinaryIO]:
    with GzipFile(fileobj=out, mode="wb", compresslevel=LEVEL, mtime=0) as gzip:
        yield cast(BinaryIO, gzip)


async def read_download(request: Request, clock: Clock, offer: Offer) -> Download:
    """Raises 404, 405 and 400."""
    names = offer.names(request)
    if request.method not in ("GET", "HEAD"):
        raise HTTPException(405, "A file can only be read.", {"Allow": "GET, HEAD"})
    check_names(request.query_params, names, "a file takes")
    moment = await read_moment(new_reader(request), request.query_params, clock)
    mark = request.query_params.get(MARK)
    if mark not in (None, "", "1"):
        raise HTTPException(400, f"`{MARK}` is 1 for a byte order mark, or left out.")
    file = offer.file(request, moment)
    compress = file.is_compressible and min_gzip_bytes(request.headers.get("accept-encoding", "")) is not None
    return Download(file, moment, base_path(request), bool(mark), compress)


def _without_invalid_range(scope: Scope) -> Scope:
    is_get = scope["method"] == "GET"
    valid = [pair for pair in scope["headers"] if pair[0] != b"range" or (is_get and RANGE.fullmatch(pair[1]))]
    return {**scope, "headers": valid}
