"""The files over HTTP: made when they are asked for, on a thread, and sent as fast as each client takes them."""

import hashlib
import sqlite3
import zlib
from functools import cache
from gzip import GzipFile
from pathlib import Path
from typing import BinaryIO, cast

import anyio
import structlog
import xlsxwriter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send
from xlsxwriter.exceptions import FileCreateError

from api.budget import FILE_PRICE, TABLE_PRICE
from api.compression import LEVEL, min_gzip_bytes
from api.conditional import not_modified
from api.errors import RETRY_LATER
from api.exports.files import FILES, FOLDER, File
from api.exports.production import Production
from api.exports.queue import Queue
from api.exports.snapshot import open_snapshot
from api.moment import AS_OF, KNOWN_AT, Moment, read_moment
from api.rate_limit import client_budget
from api.request_log import log_entry
from api.services import services
from api.urls import base_path
from db import dataset
from db.clock import Clock

# What the libraries that write a file raise where the disk is full or gone.
UNMADE = (OSError, sqlite3.OperationalError, FileCreateError)
# What is said of an answer that a client has already.
STANDING = ("etag", "cache-control", "link")
log = structlog.get_logger()
# The parameter that asks for a byte order mark.
MARK = "bom"
CODE = Path(__file__).resolve().parent.parent.parent


def routes(clock: Clock) -> list[BaseRoute]:
    return [Route(FOLDER + "{file}", Downloads(clock))]


class Downloads:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.queue = Queue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)

    async def answer(self, request: Request) -> ASGIApp:
        file = FILES.get(request.path_params["file"])
        if file is None:
            raise HTTPException(404)
        if request.method not in ("GET", "HEAD"):
            raise HTTPException(405, "A file can only be read.", {"Allow": "GET, HEAD"})
        marks = file.format == "csv"
        for name in request.query_params:
            if name not in (AS_OF, KNOWN_AT) and not (marks and name == MARK):
                raise HTTPException(400, f"`{name}` is not known here: a file takes `{AS_OF}` and `{KNOWN_AT}`.")
        moment = read_moment(request.query_params, self.clock)
        if mark := request.query_params.get(MARK):
            if mark != "1":
                raise HTTPException(400, f"`{MARK}` is 1 for a byte order mark, or left out.")
            file = file.with_mark()
        database = services(request).db
        stamp = await database.read(dataset.state)
        if stamp is None:
            raise HTTPException(503, "No data is loaded yet.", RETRY_LATER)
        packs = file.packs and min_gzip_bytes(request.headers.get("accept-encoding", "")) is not None
        head = headers(file, moment, stamp, base_path(request), packs=packs)
        if response := not_modified(request, {name: head[name] for name in STANDING}):
            return response
        if request.method == "HEAD":
            return Bare(head)
        if fault := services(request).scratch.fault():
            raise HTTPException(503, fault, RETRY_LATER)
        self.queue.look(client_budget(request).address)
        log_entry(request).is_long_lived = True
        await client_budget(request).pay(TABLE_PRICE if file.table else FILE_PRICE)
        return Making(file, moment, request, self.queue, packs=packs)


class Bare(Response):
    """The head alone, which does not tell how long the body would be: that is known when it is made."""

    def __init__(self, head: dict[str, str]) -> None:
        self.head = head
        super().__init__()

    def init_headers(self, _: object = None) -> None:
        self.raw_headers = [(name.encode(), value.encode()) for name, value in self.head.items()]


class Making:
    """Makes a file and sends it. What cannot be finished breaks off, so that nobody takes a part for the whole."""

    def __init__(self, file: File, moment: Moment, request: Request, queue: Queue, *, packs: bool) -> None:
        self.file, self.moment, self.queue, self.packs = file, moment, queue, packs
        self.database = services(request).db
        self.scratch: Path = services(request).scratch.path()
        self.client = client_budget(request).address
        self.home = base_path(request)
        self.head: dict[str, str] = {}
        self.started = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        production = Production(self.scratch)
        full = None
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(self._watch, receive, group.cancel_scope)
                group.start_soon(self._make, production)
                try:
                    await self._send(production, send)
                finally:
                    production.abandoned = True
                group.cancel_scope.cancel()
        except* UNMADE as errors:
            # What was begun can only break off.
            if self.started:
                raise
            full = errors.exceptions[0]
        finally:
            production.close()
        if full:
            log.warning("no_room_for_download", file=self.file.name, reason=str(full))
            raise HTTPException(503, "There is no room to make a file.", RETRY_LATER)

    async def _make(self, production: Production) -> None:
        with self.queue.place(self.client) as limiter:
            await production.make(lambda out: self._write(out, production), limiter)

    def _write(self, out: BinaryIO, production: Production) -> None:
        with open_snapshot(
            self.database, self.moment, lambda _table, _number: production.tell(), self.scratch
        ) as snapshot:
            # Of the state that it is made of, which may be a later one than when it was asked for.
            stamp = snapshot.revision, snapshot.updated_at
            self.head = headers(self.file, self.moment, stamp, self.home, packs=self.packs)
            if self.packs:
                with GzipFile(fileobj=out, mode="wb", compresslevel=LEVEL, mtime=0) as packing:
                    self.file.write(cast(BinaryIO, packing), snapshot)
            else:
                self.file.write(out, snapshot)

    async def _send(self, production: Production, send: Send) -> None:
        async for chunk in production.read(early=self.file.early):
            if not self.started:
                self.started = True
                if production.done:
                    self.head["content-length"] = str(production.length)
                raw = [(name.encode(), value.encode()) for name, value in self.head.items()]
                await send({"type": "http.response.start", "status": 200, "headers": raw})
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            # A client that takes all at once must not keep the others from being served.
            await anyio.lowlevel.checkpoint()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _watch(self, receive: Receive, scope: anyio.CancelScope) -> None:
        """Until the client goes away."""
        while (await receive())["type"] != "http.disconnect":
            pass
        scope.cancel()


def headers(file: File, moment: Moment, stamp: dataset.State, home: str, *, packs: bool) -> dict[str, str]:
    """`stamp` tells the state of the data: its revision, and when it was made."""
    name, suffix = file.name.rsplit(".", 1)
    stem = name if name.startswith("sixty-one") else f"sixty-one-{name}"
    disposition = "inline" if file.shown else "attachment"
    told = (
        version(),
        file.name,
        file.marked,
        moment.as_of,
        moment.as_of < moment.today,
        moment.known_at,
        moment.query,
        packs,
        *stamp,
    )
    digest = hashlib.sha256(repr(told).encode()).hexdigest()
    coding = {"content-encoding": "gzip"} if packs else {}
    return coding | {
        "content-type": file.media_type,
        "content-disposition": f'{disposition}; filename="{stem}-{moment.as_of}.{suffix}"',
        "cache-control": "no-cache",
        "etag": f'"{digest[:20]}"',
        "link": f'<{home}{FOLDER}datapackage.json{moment.query}>; rel="describedby"; type="application/json"',
    }


@cache
def version() -> str:
    """Of all that has a part in a file: the code, and the libraries that write."""
    digest = hashlib.sha256(repr((xlsxwriter.__version__, sqlite3.sqlite_version, zlib.ZLIB_RUNTIME_VERSION)).encode())
    for path in sorted(path for layer in ("api", "schema", "db") for path in (CODE / layer).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
