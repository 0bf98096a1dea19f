"""All that is known to hurt a server like this one, at once, until standard input ends.

    python -m tests.endurance.attacker URL

It comes from a few addresses of its own, and prints what it was answered. It is nice: in public it would not take the
processor of the machine that it attacks.
"""

import asyncio
import itertools
import json
import os
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

import httpx

from tests.api.live import PROTOCOL, frame

FILE = "/data/sixty-one.xlsx"
# Near what an event of a subscription may cost.
LARGE = "subscription { changes { revision " + " ".join(f"a{n}: edits {{ before after }}" for n in range(99)) + " } }"
HANDSHAKE = (
    "GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    f"Sec-WebSocket-Protocol: {PROTOCOL}\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
# Empty, and masked with zeros.
PING = b"\x89\x80\0\0\0\0"
HEAD = b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: "
POST = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
BODY = f"{POST}90000\r\n\r\n{{".encode()
CUT = (OSError, httpx.TransportError, asyncio.IncompleteReadError)


class Attacker:
    def __init__(self, url: str) -> None:
        self.url = httpx.URL(url)
        self.random = Random(61)
        self.answers: Counter[str] = Counter()

    async def run(self) -> None:
        attacks = [
            self.ask("127.66.0.1", self.deep, 0.25),
            self.ask("127.66.0.2", self.search, 0.5),
            self.ask("127.66.0.3", self.count, 0.5),
            self.get("127.66.0.4", self.day, 0.25),
            self.get("127.66.0.5", lambda: FILE, 2.0),
            *(self.again("127.66.0.6", self.ping, 0.1) for _ in range(3)),
            *(self.again("127.66.0.7", self.leave, 1.0) for _ in range(10)),
            *(self.again("127.66.0.8", self.half(content), 5.0) for content in (HEAD, BODY) for _ in range(60)),
            self.again("127.66.0.9", self.subscribe, 5.0),
        ]
        await asyncio.gather(*attacks)

    def deep(self) -> dict[str, Any]:
        """Back and forth between what leads to most, as far as is allowed and much farther."""
        steps, roots = self.random.randint(1, 6), self.random.randint(1, 6)
        path = "allocations { fund { " * steps + "name " + "} } " * steps
        field = f'fund(slug: "youth-fund-round-1") {{ {path} }}'
        return {"query": f"{{ {self.many(roots, field)} }}"}

    def search(self) -> dict[str, Any]:
        kinds = ("commitments", "documents", "events", "funds")
        number = self.random.randint(1, 10)
        words = " ".join(f"{self.random.choice('aeinorst')}{self.random.randrange(100)}" for _ in range(number))
        field = f'{self.random.choice(kinds)}(filter: {{search: "{words}"}}) {{ totalCount }}'
        return {"query": f"{{ {self.many(9, field)} }}"}

    def count(self) -> dict[str, Any]:
        field = self.random.choice(
            ["coverage { stated identified }", "funds(filter: {state: [EXCESS]}) { totalCount }"]
        )
        return {
            "query": f"{{ {self.many(self.random.randint(1, 45), field)} }}",
            "variables": {"x": self.random.random()},
        }

    def day(self) -> str:
        return (
            f"/?asOf={self.random.randint(2018, 2026)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        )

    def many(self, number: int, field: str) -> str:
        return " ".join(f"a{place}: {field}" for place in range(number))

    def client(self, address: str) -> httpx.AsyncClient:
        transport = httpx.AsyncHTTPTransport(local_address=address)
        return httpx.AsyncClient(base_url=self.url, transport=transport, timeout=60)

    async def ask(self, address: str, query: Callable[[], dict[str, Any]], pause: float) -> None:
        async with self.client(address) as client:
            await self.repeat(query.__name__, lambda: client.post("/graphql", json=query()), pause)

    async def get(self, address: str, path: Callable[[], str], pause: float) -> None:
        async with self.client(address) as client:
            await self.repeat("page" if pause < 1 else "file", lambda: client.get(path()), pause)

    async def repeat(self, name: str, send: Callable[[], Awaitable[httpx.Response]], pause: float) -> None:
        under_way: set[asyncio.Task[None]] = set()

        async def once() -> None:
            try:
                self.answers[f"{name} {(await send()).status_code}"] += 1
            except CUT as error:
                self.answers[f"{name} {type(error).__name__}"] += 1

        while True:
            # It does not wait for its answers, but has no endless number of them under way.
            if len(under_way) < 20:
                task = asyncio.create_task(once())
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            await asyncio.sleep(pause)

    async def again(self, address: str, attack: Callable[[str], Awaitable[None]], pause: float) -> None:
        while True:
            name = getattr(attack, "__name__", "half")
            try:
                await attack(address)
                self.answers[f"{name} done"] += 1
            except CUT as error:
                self.answers[f"{name} {type(error).__name__}"] += 1
            await asyncio.sleep(pause)

    async def dial(self, address: str, content: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        # A limit of one byte: nothing more is taken than what is read.
        reader, writer = await asyncio.open_connection(self.url.host, self.url.port, local_addr=(address, 0), limit=1)
        writer.write(content)
        await writer.drain()
        return reader, writer

    async def ping(self, address: str) -> None:
        """Pings, and reads nothing, not even that it is let in."""
        _, writer = await self.dial(address, HANDSHAKE.encode())
        while True:
            writer.write(PING * 100)
            await writer.drain()
            await asyncio.sleep(0.01)

    async def leave(self, address: str) -> None:
        """Asks for all there is, and does not take it."""
        query = "{ documents { nodes { title note url } } }"
        body = json.dumps({"query": query, "variables": {"x": self.random.random()}})
        _, writer = await self.dial(address, f"{POST}{len(body)}\r\n\r\n{body}".encode() * 5)
        await asyncio.sleep(15)
        writer.close()

    def half(self, content: bytes) -> Callable[[str], Awaitable[None]]:
        async def half(address: str) -> None:
            """Begins, and never ends."""
            _, writer = await self.dial(address, content)
            for _ in itertools.repeat(None, 60):
                await asyncio.sleep(1)
                writer.write(b"x")
                await writer.drain()

        return half

    async def subscribe(self, address: str) -> None:
        """As many large subscriptions as one connection may have."""
        reader, writer = await self.dial(address, HANDSHAKE.encode() + frame({"type": "connection_init"}))
        for number in range(50):
            writer.write(frame({"type": "subscribe", "id": f"{number}", "payload": {"query": LARGE}}))
        await writer.drain()
        while await reader.read(65_536):
            pass


async def main(url: str) -> None:
    attacker = Attacker(url)
    attack = asyncio.create_task(attacker.run())
    print("begun", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    if attack.done():
        await attack
    attack.cancel()
    print(json.dumps(attacker.answers))


if __name__ == "__main__":
    os.nice(10)
    asyncio.run(main(sys.argv[1]))
