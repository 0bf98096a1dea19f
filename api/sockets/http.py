"""HTTP/1: requests that do not end, are ambiguous or are too many get a refusal that the client can read."""

import asyncio
import time
from typing import Any, cast

import httptools
import orjson
import structlog
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from api.errors import CODES, RETRY_SECONDS, error_body
from api.sockets.connection import PIECE, REFUSED_SHARE, Connection
from api.sockets.framing import ResponseFraming

log = structlog.get_logger()
# The key of a scope for the end of a response to a client that is hung up on because it does not read.
FAREWELL = "sixtyone.farewell"
# The key of a scope for a time on the monotonic clock at which its request had begun to arrive.
ARRIVED = "sixtyone.arrived"
# In bytes. The parser keeps a head whole, and copies it with every piece.
HEAD = 100_000
# How much is read, in bytes and in seconds, of the rest of a request that was answered early.
DISCARDED = 10_000_000
LINGER = 5.0
# Requests that may wait on one connection for the response to an earlier one.
PIPELINED = 50


class BadRequest(Exception):
    """Raised within the parser, with a status and a message, for a request that the application does not get."""


class HTTP(Connection, HttpToolsProtocol):
    # In seconds; set by the server.
    head_seconds = 10.0
    body_seconds = 30.0
    # The request that is being answered. `cycle` is the last one that was read, which may still wait in the pipeline.
    running: RequestResponseCycle | None = None
    # In bytes, since the last event of the parser.
    unread_bytes = 0
    # How many requests have been read whole, and which part of the next is being read: "head", "body" or none.
    whole = 0
    part = ""
    # What the deadline is for, and when it is, by the clock of the loop.
    deadline_for = (0, "")
    deadline: float | None = None
    # Whether all that still arrives is thrown away.
    over = False
    discarded_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        refusals = self.capacity.refusals
        if status := self.capacity.take(self.host):
            self._say(status, "There are as many connections as there may be, in all or from your address.")
            if len(refusals) <= self.capacity.total // REFUSED_SHARE:
                refusals.add(self)
                self.linger()
            else:
                self.over = True
                transport.close()
        else:
            self.is_counted = True
            self._watch("head")

    def connection_lost(self, exc: Exception | None) -> None:
        self.capacity.refusals.discard(self)
        super().connection_lost(exc)
        # uvicorn ends `cycle` alone. An application that does not know would write to the closed transport.
        if self.running and not self.running.response_complete:
            self.running.disconnected = True
            self.running.message_event.set()

    def check(self) -> None:
        super().check()
        if self.deadline is not None and self.loop.time() >= self.deadline:
            self._expire()

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        for start in range(0, len(data), PIECE):
            if self.over:
                self._discard(len(data) - start)
                return
            self._feed(data[start : start + PIECE])
        if not self.over:
            # Bytes between two requests count as the beginning of the next.
            idle = self.cycle is None or self.cycle.response_complete
            self._watch(self.part or ("head" if idle else ""))

    def on_message_begin(self) -> None:
        self.unread_bytes = 0
        self.part = "head"
        if len(self.pipeline) >= PIPELINED:
            raise BadRequest(400, f"{PIPELINED} requests may wait on a connection.")
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self.unread_bytes = 0
        self.part = "body"
        self._check()
        if self.parser.get_http_version() == "1.0":
            # It knows no interim response.
            self.expect_100_continue = False
        if not self._ignores_upgrade():
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.unread_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._ignores_upgrade():
            self.whole += 1
            self.part = ""
            super().on_message_complete()

    def say_why(self) -> None:
        cycle = self.running
        farewell: Any = cycle and cycle.scope.get(FAREWELL)
        if farewell and cycle and cycle.response_started and not cycle.response_complete:
            chunk = b"%x\r\n%b\r\n0\r\n\r\n" % (len(farewell), farewell)
            self.transport.write(chunk if cycle.chunked_encoding else farewell)

    def refuse(self, status: int, message: str) -> None:
        """Answers the request that is being read, if that is possible, and ends the connection."""
        log.info("refused_request", client=self.host, status=status, message=message)
        self.over = True
        self._watch("")
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            self._say(status, message)
            self.linger()
        elif not cycle.more_body:
            # The bad request follows one that is still to be answered.
            cycle.keep_alive = False
        elif cycle.response_started or self.pipeline:
            self.transport.close()
        else:
            cycle.disconnected = True
            cycle.message_event.set()
            self._say(status, message)
            self.linger()

    def linger(self) -> None:
        """Reads on before it closes: a client that is still sending would get a reset instead of the response."""
        self.over = True
        self._watch("")
        self._unset_keepalive_if_required()
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        self.transport.write_eof()
        self.deadline = self.loop.time() + LINGER

    def _feed(self, piece: bytes) -> None:
        self.unread_bytes += len(piece)
        if self.unread_bytes > HEAD:
            self.refuse(400, f"The head of a request may have {HEAD} bytes.")
            return
        try:
            self.parser.feed_data(piece)
        except httptools.HttpParserUpgrade as upgrade:
            if self._ignores_upgrade():
                # The parser leaves the rest to the other protocol: a new one reads it as an ordinary request.
                head = [name + b": " + value for name, value in self.headers if name != b"upgrade"]
                first = b"%b %b HTTP/%b" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())
                self.parser = httptools.HttpRequestParser(self)
                self._feed(b"\r\n".join([first, *head, b"", piece[upgrade.args[0] :]]))
            elif self._should_upgrade():
                self.over = True
                self._watch("")
                self.slow_at = None
                self.handle_websocket_upgrade()
        except httptools.HttpParserError as error:
            reason = error.__context__
            refusal = reason.args if isinstance(reason, BadRequest) else (400, "This is not a request of HTTP/1.1.")
            self.refuse(*refusal)

    def _discard(self, length: int) -> None:
        self.discarded_bytes += length
        if self.discarded_bytes > DISCARDED:
            self.transport.abort()

    def _ignores_upgrade(self) -> bool:
        """Whether the request asks for a protocol that is not served here, and is an ordinary one otherwise."""
        return self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT" and not self._should_upgrade()

    def _should_upgrade(self) -> bool:
        """A handshake is a GET without a body (RFC 6455, 4.1); uvicorn would leave others without an answer."""
        return (
            super()._should_upgrade()
            and (self.cycle is None or self.cycle.response_complete)
            and self.parser.get_method() == b"GET"
            and not any(
                name == b"transfer-encoding" or (name == b"content-length" and value.strip(b"0"))
                for name, value in self.headers
            )
        )

    def _check(self) -> None:
        """Refuses what a proxy could read in another way (RFC 9112, 3.2 and 6.1)."""
        version = self.parser.get_http_version()
        if version not in ("1.0", "1.1"):
            raise BadRequest(505, "This is not a request of HTTP/1.1.")
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (hosts == 0 and version == "1.1"):
            raise BadRequest(400, "A request has one Host.")
        codings = [value.strip().lower() for name, value in self.headers if name == b"transfer-encoding"]
        if codings and version == "1.0":
            raise BadRequest(400, "A request of HTTP/1.0 has no Transfer-Encoding.")
        if codings not in ([], [b"chunked"]):
            known = codings[-1].rpartition(b",")[2].strip() == b"chunked"
            raise BadRequest(501 if known else 400, "The only Transfer-Encoding that is read is `chunked`.")

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self.running = cycle
        cast(Any, cycle.scope)[ARRIVED] = time.monotonic()
        super()._start_asgi_task(cycle, cast(Any, ResponseFraming(app, cycle, self.linger)))

    def _watch(self, part: str) -> None:
        """Sets the deadline for the part that is being read. More bytes of the same part do not move it."""
        if self.deadline_for != (self.whole, part):
            self.deadline_for = (self.whole, part)
            self.deadline = self.loop.time() + self._seconds(part) if part else None

    def _seconds(self, part: str) -> float:
        return self.head_seconds if part == "head" else self.body_seconds

    def _expire(self) -> None:
        part, self.deadline = self.deadline_for[1], None
        under_way = self.cycle is not None and not self.cycle.response_complete
        if self.over:
            self.transport.close()
        elif self.flow.read_paused or (part == "head" and under_way):
            # The server is slow, and not the client.
            self.deadline = self.loop.time() + self._seconds(part)
        elif self.part:
            self.refuse(408, f"The {part} of a request may take {self._seconds(part):g} seconds.")
        else:
            # A browser that connected in advance would take a 408 for the response to its next request.
            log.info("idle_connection", client=self.host)
            self.transport.close()

    def _say(self, status: int, message: str) -> None:
        code = "TOO_MANY_CONNECTIONS" if status == 429 else CODES.get(status, "BAD_REQUEST")
        body = orjson.dumps(error_body(code, message))
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        headers += [*self.server_state.default_headers, (b"connection", b"close")]
        if status in (429, 503):
            headers.append((b"retry-after", b"%d" % RETRY_SECONDS))
        lines = b"".join(b"%b: %b\r\n" % header for header in headers)
        self.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[status], lines, body))
