"""Who a client is: the peer of a connection, or whom the trusted proxies name; and its key for limits."""

import ipaddress
from collections.abc import Iterable, Sequence
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# In the setting, for a server that has no proxy in front of it. Nothing at all says the same.
NONE = "none"
# The key of a client without an address, such as one on a Unix socket.
UNKNOWN = "unknown"
# One subscriber of the internet has all of such a network, and so as many addresses as it wants.
PREFIX = 64
# In characters, of an address with brackets, a zone and a port.
LONGEST = 80
SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


def networks(text: str) -> tuple[Network, ...]:
    """The addresses and networks of a list with commas. Raises a ValueError that names the one that is neither."""
    parts = [part.strip() for part in text.split(",")]
    return () if text.strip() in ("", NONE) else tuple(_network(part) for part in parts if part)


def address(text: str | None) -> Address | None:
    """Of `address`, `address:port`, `[address]` or `[address]:port`; none if it is anything else."""
    return _address(text) if text and len(text) <= LONGEST else None


@lru_cache(maxsize=4_096)
def _address(text: str) -> Address | None:
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return _plain(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return None


def trusts(proxies: Iterable[Network], host: str | None) -> bool:
    found = address(host)
    return found is not None and any(found in network for network in proxies)


def client(peer: str | None, forwarded: Sequence[str], proxies: Sequence[Network]) -> str | None:
    """Who is behind the peer of a connection, by the lines of X-Forwarded-For.

    Every proxy adds on the right whom it was asked by, so that what stands left of the first that is not trusted may be
    made up. What is no address ends the way too: the last one that is known stands for all behind it.
    """
    if not trusts(proxies, peer):
        return peer
    for part in reversed(",".join(forwarded).split(",")):
        if not part.strip():
            continue
        found = address(part)
        if found is None:
            break
        peer = str(found)
        if not trusts(proxies, peer):
            break
    return peer


def key(host: str | None) -> str:
    """What a limit counts a client under: an IPv4 address as it is, an IPv6 address as its network."""
    found = address(host)
    if found is None:
        return UNKNOWN
    return str(found if found.version == 4 else ipaddress.ip_network((int(found), PREFIX), strict=False))


class Forwarded:
    """Puts into a scope who asks and by which scheme, as the trusted proxies tell it; from others it is not heard.

    Not uvicorn's middleware for it, which takes whatever text a header holds for an address, and does not know an IPv4
    address that is written as IPv6.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[Network]) -> None:
        self.app = app
        self.proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = (scope.get("client") or (None,))[0]
        if scope["type"] != "lifespan" and trusts(self.proxies, peer):
            headers = Headers(scope=scope)
            host = client(peer, headers.getlist("x-forwarded-for"), self.proxies)
            if host != peer:
                # The port is the proxy's to know.
                scope["client"] = (host, 0)
            stated = ",".join(headers.getlist("x-forwarded-proto")).rpartition(",")[2].strip().lower()
            if stated in SCHEMES:
                scheme = SCHEMES[stated]
                scope["scheme"] = scheme.replace("http", "ws") if scope["type"] == "websocket" else scheme
        await self.app(scope, receive, send)


def _network(text: str) -> Network:
    try:
        found = ipaddress.ip_network(text)
    except ValueError:
        raise ValueError(f"{text!r} is no address and no network, such as 10.0.0.1, 10.0.0.0/8 or fd00::/8") from None
    if found.version == 6 and found.prefixlen >= 96 and (mapped := found.network_address.ipv4_mapped):
        return ipaddress.ip_network((mapped, found.prefixlen - 96))
    return found


def _plain(found: Address) -> Address:
    """An IPv4 address that came over a socket of IPv6 is an IPv4 address."""
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found
