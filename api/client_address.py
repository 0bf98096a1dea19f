"""The address of a client, which is the peer of a connection or the one that a trusted proxy names; and its key."""

import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# The setting of a server without a proxy in front of it; the empty setting means the same.
NONE = "none"
# The key of a client without an address, such as one on a Unix socket.
UNKNOWN = "unknown"
# An IPv6 subscriber usually has a whole /64, and so as many addresses as it likes.
PREFIX = 64
# The longest text of an address, in characters, with brackets, a zone and a port.
LONGEST = 80
SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


def parse_networks(text: str) -> tuple[Network, ...]:
    """The addresses and networks of a list with commas. Raises a ValueError that names the one that is neither."""
    parts = [part.strip() for part in text.split(",")]
    return () if text.strip() in ("", NONE) else tuple(_parse_network(part) for part in parts if part)


def parse_address(text: str | None) -> Address | None:
    """Of `address`, `address:port`, `[address]` or `[address]:port`; None for anything else."""
    return _parse_address(text) if text and len(text) <= LONGEST else None


@lru_cache(maxsize=4_096)
def _parse_address(text: str) -> Address | None:
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    # An IPv4 client of an IPv6 socket.
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address


def is_trusted(host: str | None, proxies: Iterable[Network]) -> bool:
    address = parse_address(host)
    return address is not None and any(address in network for network in proxies)


def forwarded_host(peer: str | None, forwarded: Sequence[str], proxies: Sequence[Network]) -> str | None:
    """The client behind the peer of a connection, by the lines of X-Forwarded-For.

    Every proxy adds its own peer on the right, so everything left of the first address that is not trusted may be
    invented. The search also ends at a part that is no address.
    """
    if not is_trusted(peer, proxies):
        return peer
    for part in reversed(",".join(forwarded).split(",")):
        if not part.strip():
            continue
        address = parse_address(part)
        if address is None:
            break
        peer = str(address)
        if not is_trusted(peer, proxies):
            break
    return peer


def client_key(host: str | None) -> str:
    """The key that limits count a client under: an IPv4 address as it is, an IPv6 address as its network."""
    address = parse_address(host)
    if address is None:
        return UNKNOWN
    return str(address if address.version == 4 else ipaddress.ip_network((int(address), PREFIX), strict=False))


class ForwardedHeaders:
    """Puts the client and the scheme into the scope, as trusted proxies forward them; from others they are ignored.

    Uvicorn's own middleware takes any text of a header for an address, and does not recognise an IPv4 address written
    as IPv6.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[Network]) -> None:
        self.app = app
        self.proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            scope["client"], scope["scheme"] = forwarded(scope, dict(scope["headers"]), self.proxies)
        await self.app(scope, receive, send)


def forwarded(
    scope: Scope, headers: Mapping[bytes, bytes], proxies: Sequence[Network]
) -> tuple[tuple[str | None, int] | None, str]:
    """The client, and the scheme that it used, of a request with these headers to a proxy or to us."""
    client, scheme = scope.get("client"), scope.get("scheme", "http")
    hosts, schemes = headers.get(b"x-forwarded-for"), headers.get(b"x-forwarded-proto")
    peer = client[0] if client else None
    if (hosts is None and schemes is None) or not is_trusted(peer, proxies):
        return client, scheme
    host = forwarded_host(peer, [(hosts or b"").decode("latin-1")], proxies)
    if host != peer:
        # Only the proxy knows the port.
        client = (host, 0)
    proto = (schemes or b"").decode("latin-1").rpartition(",")[2].strip().lower()
    if proto in SCHEMES:
        scheme = SCHEMES[proto].replace("http", "ws") if scope["type"] == "websocket" else SCHEMES[proto]
    return client, scheme


def _parse_network(text: str) -> Network:
    try:
        network = ipaddress.ip_network(text)
    except ValueError:
        raise ValueError(f"{text!r} is no address and no network, such as 10.0.0.1, 10.0.0.0/8 or fd00::/8") from None
    if network.version == 6 and network.prefixlen >= 96 and (mapped := network.network_address.ipv4_mapped):
        return ipaddress.ip_network((mapped, network.prefixlen - 96))
    return network
