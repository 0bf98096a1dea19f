"""The files over HTTP: made when they are asked for, on a thread, and sent as fast as each client takes them."""

import hashlib
import sqlite3
import zlib
from functools import cache
from gzip import GzipFile
from pathlib import Path
from typing import BinaryIO, cast

import anyio
import xlsxwriter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import access
from api.account import account
from api.answers import holds
from api.budget import FILE, TABLE
from api.exports.edition import opened
from api.exports.files import FILES, FOLDER, File
from api.exports.production import Production
from api.exports.table import When
from api.moment import AS_OF, KNOWN_AT, moment
from api.packing import LEVEL, packed_from
from db import dataset
from db.clock import Clock
from db.database import Database

# How many are made at once: the others wait, and hold neither a connection nor a processor meanwhile.
AT_ONCE = 2
# More than these are told to come back.
WAITING = 50
# What is said of an answer that a client has already.
STANDING = ("etag", "cache-control", "link")
CODE = Path(__file__).resolve().parent.parent.parent


def routes(clock: Clock) -> list[BaseRoute]:
    return [Route(FOLDER + "{file}", Downloads(clock))]


class Downloads:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.limiter = anyio.CapacityLimiter(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)

    async def answer(self, request: Request) -> ASGIApp:
        file = FILES.get(request.path_params["file"])
        if file is None:
            raise HTTPException(404)
        if request.method not in ("GET", "HEAD"):
            raise HTTPException(405, "A file can only be read.", {"Allow": "GET, HEAD"})
        for name in request.query_params:
            if name not in (AS_OF, KNOWN_AT):
                raise HTTPException(400, f"`{name}` is not known here: a file takes `{AS_OF}` and `{KNOWN_AT}`.")
        asked = moment(request.query_params, self.clock)
        when = When(asked.as_of, asked.known_at, self.clock.today(), asked.query)
        database: Database = request.state.db
        stamp = await database.read(dataset.state)
        if stamp is None:
            raise HTTPException(503, "No data is loaded yet.", {"Retry-After": "5"})
        packs = file.packs and packed_from(request.headers.get("accept-encoding", "")) is not None
        head = headers(file, when, stamp, packs=packs)
        if holds(request, head["etag"]):
            return Response(status_code=304, headers={name: head[name] for name in STANDING})
        if request.method == "HEAD":
            return Bare(head)
        if self.limiter.statistics().tasks_waiting >= WAITING:
            raise HTTPException(503, "Many files are being made. Ask again soon.", {"Retry-After": "30"})
        access(request).lasting = True
        await account(request).pay(TABLE if file.table else FILE)
        return Making(file, when, database, self.limiter, packs=packs)


class Bare(Response):
    """The head alone, which does not tell how long the body would be: that is known when it is made."""

    def __init__(self, head: dict[str, str]) -> None:
        self.head = head
        super().__init__()

    def init_headers(self, _: object = None) -> None:
        self.raw_headers = [(name.encode(), value.encode()) for name, value in self.head.items()]


class Making:
    """Makes a file and sends it. What cannot be finished breaks off, so that nobody takes a part for the whole."""

    def __init__(
        self, file: File, when: When, database: Database, limiter: anyio.CapacityLimiter, *, packs: bool
    ) -> None:
        self.file, self.when, self.database, self.limiter, self.packs = file, when, database, limiter, packs
        self.head: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        production = Production()
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(self._watch, receive, group.cancel_scope)
                group.start_soon(production.make, lambda out: self._write(out, production), self.limiter)
                try:
                    await self._send(production, send)
                finally:
                    production.abandoned = True
                group.cancel_scope.cancel()
        finally:
            production.close()

    def _write(self, out: BinaryIO, production: Production) -> None:
        with opened(self.database, self.when, lambda _table, _number: production.tell()) as edition:
            # Of the state that it is made of, which may be a later one than when it was asked for.
            self.head = headers(self.file, self.when, (edition.revision, edition.updated_at), packs=self.packs)
            if self.packs:
                with GzipFile(fileobj=out, mode="wb", compresslevel=LEVEL, mtime=0) as packing:
                    self.file.write(cast(BinaryIO, packing), edition)
            else:
                self.file.write(out, edition)

    async def _send(self, production: Production, send: Send) -> None:
        started = False
        async for chunk in production.read(early=self.file.early):
            if not started:
                started = True
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


def headers(file: File, when: When, stamp: dataset.State, *, packs: bool) -> dict[str, str]:
    """`stamp` tells the state of the data: its revision, and when it was made."""
    name, suffix = file.name.rsplit(".", 1)
    stem = name if name.startswith("sixty-one") else f"sixty-one-{name}"
    disposition = "inline" if file.shown else "attachment"
    told = (version(), file.name, when.as_of, when.as_of < when.today, when.known_at, when.query, packs, *stamp)
    digest = hashlib.sha256(repr(told).encode()).hexdigest()
    coding = {"content-encoding": "gzip"} if packs else {}
    return coding | {
        "content-type": file.media_type,
        "content-disposition": f'{disposition}; filename="{stem}-{when.as_of}.{suffix}"',
        "cache-control": "no-cache",
        "etag": f'"{digest[:20]}"',
        "link": f'<{FILES["datapackage.json"].address}{when.query}>; rel="describedby"; type="application/json"',
    }


@cache
def version() -> str:
    """Of all that has a part in a file: the code, and the libraries that write."""
    digest = hashlib.sha256(repr((xlsxwriter.__version__, sqlite3.sqlite_version, zlib.ZLIB_RUNTIME_VERSION)).encode())
    for path in sorted(path for layer in ("api", "schema", "db") for path in (CODE / layer).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
