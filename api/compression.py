"""Responses are compressed with gzip for clients that accept it (RFC 9110, 12.5.3)."""

import zlib
from functools import lru_cache

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipResponder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.headers import LONGEST, header, parse_accept

# In bytes. Shorter responses gain nothing.
MIN_BYTES = 500
# On 40 kB of JSON it takes a quarter of the time of the highest level, for 7 % more bytes.
LEVEL = 4
# These formats are compressed themselves.
EXCLUDED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class Compression:
    """Compresses each response that has no coding yet, and lists Accept-Encoding in its Vary."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        # Responses without a body, too: a 304 has the Vary of the response that it stands for.
        async def send_varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "accept-encoding" not in headers.get("vary", "").lower():
                    headers.add_vary_header("Accept-Encoding")
            await send(message)

        least = min_gzip_bytes(header(scope, b"accept-encoding"))
        if least is None:
            await self.app(scope, receive, send_varying)
        else:
            await GZipResponder(self.app, least, LEVEL, exclude_content_types=EXCLUDED)(scope, receive, send_varying)


def min_gzip_bytes(accept_encoding: str) -> int | None:
    """The length from which a response is compressed; None if the client refuses gzip or prefers no coding."""
    # The cache keeps no more of a header than is read.
    return _min_gzip_bytes(accept_encoding[:LONGEST])


def gzip(body: bytes) -> bytes:
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return compressor.compress(body) + compressor.flush()


# Clients send the same few headers again and again.
@lru_cache(maxsize=64)
def _min_gzip_bytes(accept_encoding: str) -> int | None:
    weights = parse_accept(accept_encoding)
    refuses_identity = weights.get("identity", weights.get("*", 1.0)) == 0
    # A client that refuses identity, and names no coding, has to be sent some coding.
    others = weights.get("*", float(refuses_identity))
    gzip = max((weights[name] for name in ("gzip", "x-gzip") if name in weights), default=others)
    if gzip == 0 or gzip < weights.get("identity", 0.0):
        return None
    return 1 if refuses_identity else MIN_BYTES
