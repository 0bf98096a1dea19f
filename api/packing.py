"""Answers go out packed to those who take them so (RFC 9110, 12.5.3)."""

import zlib
from functools import lru_cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipResponder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.headers import qualities

# Shorter ones gain nothing.
LEAST = 500
# On 40 kB of JSON it takes a quarter of the time of the highest level, for 7 % more bytes.
LEVEL = 4
KEPT_LENGTH = 100
# What is packed in itself.
WHOLE = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class Packing:
    """Packs what is not packed already, and tells caches that an answer depends on what the client takes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        # Also without a body, or a 304 would say less than the answer that it stands for.
        async def send_varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "accept-encoding" not in headers.get("vary", "").lower():
                    headers.add_vary_header("Accept-Encoding")
            await send(message)

        least = packed_from(Headers(scope=scope).get("accept-encoding", ""))
        if least is None:
            await self.app(scope, receive, send_varying)
        else:
            await GZipResponder(self.app, least, LEVEL, exclude_content_types=WHOLE)(scope, receive, send_varying)


def packed_from(accepted: str) -> int | None:
    """The length from which on an answer is packed; None if gzip is not allowed, or what is plain is wanted more."""
    # Clients send the same few headers again and again; nobody fills the memory with long ones.
    return _kept(accepted) if len(accepted) <= KEPT_LENGTH else _packed_from(accepted)


def _packed_from(accepted: str) -> int | None:
    wanted = qualities(accepted)
    refuses_plain = wanted.get("identity", wanted.get("*", 1.0)) == 0
    # A client that refuses what is plain, and says nothing else, has to be sent something.
    others = wanted.get("*", float(refuses_plain))
    named = [wanted[name] for name in ("gzip", "x-gzip") if name in wanted]
    gzip = max(named, default=others)
    if gzip == 0 or gzip < wanted.get("identity", 0.0):
        return None
    return 1 if refuses_plain else LEAST


_kept = lru_cache(maxsize=64)(_packed_from)


def packed(body: bytes) -> bytes:
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return compressor.compress(body) + compressor.flush()
