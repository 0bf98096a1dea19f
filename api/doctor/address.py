"""The address of the service for the public, and the proxies on the way: asked from here, as anybody would."""

import ssl
from collections.abc import Iterator
from typing import Any

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from api.client_address import Network, is_trusted, parse_address, parse_networks
from api.doctor.finding import Finding, State
from api.settings import Settings
from schema.service import VERSION

# How long the public address may take, in seconds.
PATIENCE = 5.0
# An address for examples, which no client has.
NOBODY = "192.0.2.61"
# What a proxy answers for a service that does not run.
AWAY = (502, 503, 504)


def examine_address(settings: Settings) -> Iterator[Finding]:
    networks = parse_networks(settings.trusted_proxies)
    yield _examine_setting(settings, networks)
    if settings.public_url:
        yield from _ask(settings.public_url, networks)
    elif not settings.is_local:
        text = "Addresses are made of what each request says: set SIXTYONE_PUBLIC_URL."
        yield Finding("public address", State.WARNING, text)


def _examine_setting(settings: Settings, networks: tuple[Network, ...]) -> Finding:
    if any(not network.prefixlen for network in networks):
        text = "Everybody is trusted to say who asks: name the proxies in SIXTYONE_TRUSTED_PROXIES."
        return Finding("proxies", State.PROBLEM, text)
    speaks_tls = (settings.public_url or "").startswith("https:")
    if not networks and speaks_tls:
        text = "A proxy speaks TLS, and none is trusted: all its clients count as one. See SIXTYONE_TRUSTED_PROXIES."
        return Finding("proxies", State.WARNING, text)
    if settings.public_url and not settings.is_local and all(network.is_loopback for network in networks):
        text = "A proxy on another machine is not trusted: all its clients count as one. See SIXTYONE_TRUSTED_PROXIES."
        return Finding("proxies", State.WARNING, text)
    return Finding("proxies", State.OK, f"{settings.trusted_proxies} may say who asks")


def _ask(url: str, networks: tuple[Network, ...]) -> Iterator[Finding]:
    try:
        with httpx.stream("GET", f"{url}/healthz", headers={"X-Forwarded-For": NOBODY}, timeout=PATIENCE) as response:
            here = response.extensions["network_stream"].get_extra_info("client_addr")[0]
            response.read()
    except httpx.HTTPError as error:
        is_refused = isinstance(_root(error), ssl.SSLError)
        text = "has a certificate that is not accepted here" if is_refused else "does not answer"
        yield Finding("public address", State.PROBLEM if is_refused else State.WARNING, f"{url} {text}: {error}")
        return
    health = _health(response)
    if health is None:
        text = f"{url}/healthz answers {response.status_code}, and not as this service does."
        yield Finding("public address", State.WARNING if response.status_code in AWAY else State.PROBLEM, text)
        return
    if (version := health.get("version")) != VERSION:
        text = f"{url} is served by version {version}, and this is {VERSION}."
        yield Finding("public address", State.WARNING, text)
    else:
        yield Finding("public address", State.OK, f"{url} answers")
    if finding := _examine_client(str(health.get("client")), here, networks):
        yield finding
    yield _examine_sockets(url)


def _root(error: BaseException) -> BaseException:
    while cause := error.__cause__ or error.__context__:
        error = cause
    return error


def _health(response: httpx.Response) -> dict[str, Any] | None:
    """What `/healthz` of this service says; None for the answer of anything else."""
    try:
        body = response.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) and body.get("status") == "alive" else None


def _examine_client(client: str, here: str, networks: tuple[Network, ...]) -> Finding | None:
    """Whether the service takes this machine for itself: `client` is what it was taken for, and `here` its address."""
    if not networks or is_trusted(here, networks):
        # Nobody may say who asks, or what this machine says is believed: nothing can be told from here.
        return None
    address = parse_address(client)
    if client == NOBODY:
        text = "Anybody may say to be another: the proxy must add the address of its client to X-Forwarded-For."
        return Finding("callers", State.PROBLEM, text)
    if is_trusted(client, networks):
        text = f"All count as one, {client}: the proxy must send X-Forwarded-For."
        return Finding("callers", State.PROBLEM, text)
    if client != here and address is not None and address.is_private:
        text = f"The service takes this caller for {client}: if that is a proxy, name it in SIXTYONE_TRUSTED_PROXIES."
        return Finding("callers", State.WARNING, text)
    return Finding("callers", State.OK, f"are told apart: this one is {client}")


def _examine_sockets(url: str) -> Finding:
    socket = f"{url.replace('http', 'ws', 1)}/graphql"
    try:
        with connect(socket, subprotocols=[Subprotocol("graphql-transport-ws")], open_timeout=PATIENCE):
            return Finding("WebSockets", State.OK, "pass every proxy")
    except (WebSocketException, OSError) as error:
        text = f"do not pass the proxy, which must send on `Upgrade` and `Connection`: {error}"
        return Finding("WebSockets", State.WARNING, text)
