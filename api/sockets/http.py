"""HTTP/1: what never ends is ended, what could be read in two ways is refused, and every answer can arrive."""

import asyncio
from typing import Any, cast

import httptools
import orjson
import structlog
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from api.errors import CODES, error_body
from api.sockets.framing import Framed
from api.sockets.patience import Patience

log = structlog.get_logger()
# Where a request keeps what is said to a client that is hung up on for being slow.
FAREWELL = "sixtyone.farewell"
# In bytes: the parser keeps all of a head, and joins it anew with every piece.
HEAD = 100_000
# What the parser is given at once, so that no more than this has come without its telling.
PIECE = 8_192
# How much is read, and for how many seconds, of a request that was answered before all of it had come.
DISCARDED = 10_000_000
LINGER = 5.0
# Requests that wait on their connection for the answer to an earlier one.
PIPELINED = 50
# In seconds: when there may be room again.
RETRY_SECONDS = 10


class Refused(Exception):
    """A request that the application does not hear of."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class HTTP(Patience, HttpToolsProtocol):
    # In seconds; set by the server.
    head_seconds = 10.0
    body_seconds = 30.0
    # In bytes, since the parser last told of something.
    unread = 0
    # How many requests have come whole, and which part of the next is being read: "head", "body", or none yet.
    whole = 0
    part = ""
    # What the clock runs for.
    watched = (0, "")
    clock: asyncio.TimerHandle | None = None
    # Whatever else comes is thrown away.
    over = False
    discarded = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if status := self.capacity.take(self.host):
            self._say(status, "There are as many connections as there may be, in all or from your address.")
            if self.capacity.tell(self):
                self.linger()
            else:
                self.over = True
                transport.close()
        else:
            self.counted = True
            self._watch("head")

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_clock()
        self.capacity.told(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        for start in range(0, len(data), PIECE):
            if self.over:
                self._discard(len(data) - start)
                return
            self._feed(data[start : start + PIECE])
        if not self.over:
            # What comes between two requests is taken for the beginning of the next.
            idle = self.cycle is None or self.cycle.response_complete
            self._watch(self.part or ("head" if idle else ""))

    def on_message_begin(self) -> None:
        self.unread = 0
        self.part = "head"
        if len(self.pipeline) >= PIPELINED:
            raise Refused(400, f"{PIPELINED} requests may wait on a connection.")
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self.unread = 0
        self.part = "body"
        self._check()
        if self.parser.get_http_version() == "1.0":
            # It knows no answer before the answer.
            self.expect_100_continue = False
        if not self._ignores_upgrade():
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.unread = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._ignores_upgrade():
            self.whole += 1
            self.part = ""
            super().on_message_complete()

    def say_why(self) -> None:
        farewell: Any = self.cycle and self.cycle.scope.get(FAREWELL)
        if farewell and self.cycle.response_started:
            chunk = b"%x\r\n%b\r\n0\r\n\r\n" % (len(farewell), farewell)
            self.transport.write(chunk if self.cycle.chunked_encoding else farewell)

    def refuse(self, status: int, message: str) -> None:
        """Answers the request that is being read, if there is a way to, and ends the connection."""
        log.info("refused_request", client=self.host, status=status, message=message)
        self.over = True
        self._watch("")
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            self._say(status, message)
            self.linger()
        elif not cycle.more_body:
            # What is refused stands behind a request that is still to be answered.
            cycle.keep_alive = False
        elif cycle.response_started or self.pipeline:
            self.transport.close()
        else:
            cycle.disconnected = True
            cycle.message_event.set()
            self._say(status, message)
            self.linger()

    def linger(self) -> None:
        """Reads on before it closes: a client that is still sending would see a reset in place of the answer."""
        self.over = True
        self._watch("")
        self._unset_keepalive_if_required()
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        self.transport.write_eof()
        self.clock = self.loop.call_later(LINGER, self.transport.close)

    def _feed(self, piece: bytes) -> None:
        self.unread += len(piece)
        if self.unread > HEAD:
            self.refuse(400, f"The head of a request may have {HEAD} bytes.")
            return
        try:
            self.parser.feed_data(piece)
        except httptools.HttpParserUpgrade as upgrade:
            if self._ignores_upgrade():
                # The parser leaves the body to another protocol, and so has to read it as what it is to us.
                head = [name + b": " + value for name, value in self.headers if name != b"upgrade"]
                first = b"%b %b HTTP/%b" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())
                self.parser = httptools.HttpRequestParser(self)
                self._feed(b"\r\n".join([first, *head, b"", piece[upgrade.args[0] :]]))
            elif self._should_upgrade():
                self.over = True
                self._watch("")
                self._forget()
                self.handle_websocket_upgrade()
        except httptools.HttpParserError as error:
            reason = error.__context__
            if isinstance(reason, Refused):
                self.refuse(reason.status, str(reason))
            else:
                self.refuse(400, "This is not a request of HTTP/1.1.")

    def _discard(self, length: int) -> None:
        self.discarded += length
        if self.discarded > DISCARDED:
            self.transport.abort()

    def _ignores_upgrade(self) -> bool:
        """Whether it is a request like any other, but for its wish to speak what is not spoken here."""
        return self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT" and not self._should_upgrade()

    def _should_upgrade(self) -> bool:
        """A handshake is a GET without a body (RFC 6455, 4.1); another one would never be answered."""
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
        """Refuses what two servers could read in two ways (RFC 9112, 3.2 and 6.1)."""
        version = self.parser.get_http_version()
        if version not in ("1.0", "1.1"):
            raise Refused(505, "This is not a request of HTTP/1.1.")
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (hosts == 0 and version == "1.1"):
            raise Refused(400, "A request has one Host.")
        codings = [value.strip().lower() for name, value in self.headers if name == b"transfer-encoding"]
        if codings and version == "1.0":
            raise Refused(400, "A request of HTTP/1.0 has no Transfer-Encoding.")
        if codings not in ([], [b"chunked"]):
            known = codings[-1].rpartition(b",")[2].strip() == b"chunked"
            raise Refused(501 if known else 400, "The only Transfer-Encoding that is read is `chunked`.")

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        super()._start_asgi_task(cycle, cast(Any, Framed(app, cycle, self.linger)))

    def _watch(self, part: str) -> None:
        """Runs the clock for the part that is being read. It is not put back by what comes of it."""
        watched = (self.whole, part)
        if watched == self.watched:
            return
        self.watched = watched
        self._stop_clock()
        if part:
            seconds = self.head_seconds if part == "head" else self.body_seconds
            self.clock = self.loop.call_later(seconds, self._end, part, seconds)

    def _stop_clock(self) -> None:
        if self.clock is not None:
            self.clock.cancel()
            self.clock = None

    def _end(self, part: str, seconds: float) -> None:
        under_way = self.cycle is not None and not self.cycle.response_complete
        if self.flow.read_paused or (part == "head" and under_way):
            # It is not the client who keeps us waiting.
            self.clock = self.loop.call_later(seconds, self._end, part, seconds)
        elif self.part:
            self.refuse(408, f"The {part} of a request may take {seconds:g} seconds.")
        else:
            # A browser that opened a connection in advance would take a 408 for the answer to its next request.
            log.info("idle_connection", client=self.host)
            self.transport.close()

    def _say(self, status: int, message: str) -> None:
        known = CODES.get(status, "BAD_REQUEST")
        body = orjson.dumps(error_body("TOO_MANY_CONNECTIONS" if status == 429 else known, message))
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        headers += [*self.server_state.default_headers, (b"connection", b"close")]
        if status in (429, 503):
            headers.append((b"retry-after", b"%d" % RETRY_SECONDS))
        lines = b"".join(b"%b: %b\r\n" % header for header in headers)
        self.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[status], lines, body))
