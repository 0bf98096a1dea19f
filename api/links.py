"""Asks addresses of the web whether they still answer. Only `sixtyone links --check` does so, never the service."""

import asyncio
import ipaddress
import socket
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version

import httpx

# How many hosts are asked at once. The addresses of one host are asked one after the other.
HOSTS = 4
# Between two questions to one host, in seconds.
PAUSE = 1.0
REDIRECTS = 10
HEADERS = {"user-agent": f"Sixty-One/{version('sixty-one')} (check of links)", "accept": "*/*"}
# Some servers answer HEAD with these although they have the document.
DOUBTFUL = {400, 403, 404, 405, 406, 500, 501, 502, 503}
PORTS = {"http": 80, "https": 443}


class State(StrEnum):
    OK = "ok"
    MOVED = "moved"
    # It is there, but not for everybody, or not now: a person has to look.
    UNCLEAR = "unclear"
    DEAD = "dead"
    # It was not asked.
    REFUSED = "refused"


@dataclass(frozen=True)
class Link:
    """`state` is what came of asking `url`; `detail` says it in words."""

    url: str
    state: State
    detail: str


class Refused(Exception):
    """An address that must not be asked."""


@dataclass(frozen=True)
class Checker:
    """`seconds` is how long one address may take; `allows` whether a machine of this number may be asked."""

    seconds: float
    allows: Callable[[str], bool]
    pause: float = PAUSE

    async def check(self, urls: Iterable[str], report: Callable[[Link], None]) -> None:
        """Reports each address once, in the order in which the answers come."""
        hosts: dict[str, list[str]] = defaultdict(list)
        for url in dict.fromkeys(urls):
            hosts[_host(url)].append(url)
        room = asyncio.Semaphore(HOSTS)
        # Redirects are followed here, so that each place that they lead to is checked. A proxy of the environment would
        # reach what is refused. No connection is used again: two hosts may have one address.
        options = httpx.Limits(max_keepalive_connections=0)
        async with (
            httpx.AsyncClient(follow_redirects=False, trust_env=False, headers=HEADERS, limits=options) as client,
            asyncio.TaskGroup() as group,
        ):
            for addresses in hosts.values():
                group.create_task(self._check_host(client, room, addresses, report))

    async def _check_host(
        self, client: httpx.AsyncClient, room: asyncio.Semaphore, urls: Sequence[str], report: Callable[[Link], None]
    ) -> None:
        async with room:
            for place, url in enumerate(urls):
                if place:
                    await asyncio.sleep(self.pause)
                report(await self._check(client, url))

    async def _check(self, client: httpx.AsyncClient, url: str) -> Link:
        try:
            async with asyncio.timeout(self.seconds):
                return await self._follow(client, url)
        except Refused as error:
            return Link(url, State.REFUSED, str(error))
        except TimeoutError:
            return Link(url, State.DEAD, f"no answer in {self.seconds:g} seconds")
        except socket.gaierror:
            return Link(url, State.DEAD, "its host is not known")
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
            return Link(url, State.DEAD, str(error) or type(error).__name__)

    async def _follow(self, client: httpx.AsyncClient, url: str) -> Link:
        current = httpx.URL(url)
        for _ in range(REDIRECTS + 1):
            response = await self._ask(client, current)
            if not response.has_redirect_location:
                return _judge(url, current, response.status_code)
            current = current.join(response.headers["location"])
        return Link(url, State.DEAD, f"more than {REDIRECTS} redirects")

    async def _ask(self, client: httpx.AsyncClient, url: httpx.URL) -> httpx.Response:
        """The head of the answer to HEAD, or to GET where a server may not know HEAD."""
        response = await self._send(client, "HEAD", url)
        return await self._send(client, "GET", url) if response.status_code in DOUBTFUL else response

    async def _send(self, client: httpx.AsyncClient, method: str, url: httpx.URL) -> httpx.Response:
        """Connects to the very address that was checked: a second look-up of the name could lead elsewhere."""
        address = await self._resolve(url)
        request = client.build_request(
            method,
            url.copy_with(host=address),
            headers={"host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
            timeout=self.seconds,
        )
        response = await client.send(request, stream=True)
        # The body is not read.
        await response.aclose()
        return response

    async def _resolve(self, url: httpx.URL) -> str:
        if url.scheme not in PORTS or not url.host:
            raise Refused("no address of the web")
        port = url.port or PORTS[url.scheme]
        entries = await asyncio.get_running_loop().getaddrinfo(
            url.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM
        )
        addresses = [str(entry[4][0]) for entry in entries]
        if not all(map(self.allows, addresses)):
            raise Refused(f"{url.host} is in a private network")
        # Not every machine reaches what has a number of IPv6, too.
        return min(addresses, key=lambda address: ":" in address)


def is_public(address: str) -> bool:
    """Whether anybody on the Internet means the same machine by it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip).is_global and not ip.is_multicast


def _judge(url: str, final: httpx.URL, status: int) -> Link:
    where = "" if str(final) == str(httpx.URL(url)) else f", at {final}"
    if status < 300:
        return Link(url, State.MOVED if where else State.OK, f"{status}{where}")
    return Link(url, State.DEAD if status in (404, 410) else State.UNCLEAR, f"{status}{where}")


def _host(url: str) -> str:
    try:
        return httpx.URL(url).host
    except httpx.InvalidURL:
        return ""
