"""WebSockets of clients that do not read, or that send more frames than any client needs."""

import asyncio
from collections.abc import Mapping
from typing import cast

import structlog
from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State

from api.sockets.connection import PIECE, Connection

log = structlog.get_logger()
# The most in a second, and in one message. A frame of six bytes takes as long as one of thousands.
FRAMES = 300
FRAGMENTS = 1_000
# "Try again later": clients of graphql-transport-ws connect again on it.
TRY_AGAIN = 1013
POLICY = 1008


# Of a message that is sent: its bytes are frames already. An extension of ASGI that a scope names.
FRAMED = "sixtyone.framed"


def frame(text: bytes) -> bytes:
    """A message of text as a server sends it."""
    length = len(text)
    if length < 126:
        return bytes((0x81, length)) + text
    if length < 65_536:
        return b"\x81\x7e" + length.to_bytes(2) + text
    return b"\x81\x7f" + length.to_bytes(8) + text


class WebSocket(Connection, WebSocketsSansIOProtocol):
    second = 0.0
    frame_count = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        # By the HTTP protocol, which the transport calls no more.
        self.is_counted = True

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            self.scope["extensions"][FRAMED] = {}
        else:
            # The application does not get it, and so does not log it.
            status, reason = self.response.status_code, str(self.conn.handshake_exc)
            log.info("refused_request", client=self.host, status=status, message=reason)

    def pause_writing(self) -> None:
        super().pause_writing()
        # Each ping is answered, and the answers would fill the memory.
        self._stop_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        if not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()

    async def send(self, message: ASGISendEvent) -> None:
        if FRAMED not in message:
            await super().send(message)
            return
        await self.writable.wait()
        if self.disconnected or self.conn.state is not State.OPEN:
            raise ClientDisconnected
        self.transport.write(cast(Mapping[str, bytes], message)["bytes"])

    async def receive(self) -> ASGIReceiveEvent:
        message = await super().receive()
        if not self.writable.is_set():
            self._stop_reading()
        return message

    def data_received(self, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            if self.transport.is_closing():
                return
            super().data_received(data[start : start + PIECE])

    def handle_events(self) -> None:
        now = self.loop.time()
        if now - self.second >= 1:
            self.second, self.frame_count = now, 0
        self.frame_count += len(self.conn.events)
        if self.frame_count > FRAMES or len(self.frames) > FRAGMENTS:
            log.info("too_many_frames", client=self.host)
            self._end(POLICY, "Too many frames")
        else:
            super().handle_events()

    def shutdown(self) -> None:
        # The closing handshake has begun, and the peer may not read on.
        if self.handshake_complete and self.conn.state is not State.OPEN:
            self.stop_keepalive()
            self.transport.abort()
        else:
            super().shutdown()

    def say_why(self) -> None:
        self._end(TRY_AGAIN, "SUBSCRIBER_TOO_SLOW: subscribe again with `after`")

    def _end(self, code: int, reason: str) -> None:
        self.stop_keepalive()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})
        if self.conn.state is State.OPEN:
            self.conn.send_close(code, reason)
            self.close_sent = True
            self.transport.write(b"".join(self.conn.data_to_send()))
        self.transport.close()

    def _stop_reading(self) -> None:
        if not self.transport.is_closing():
            self.transport.pause_reading()
