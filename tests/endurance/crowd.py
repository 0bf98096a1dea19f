"""Fifty clients that behave well, at the pace of people, each from an address of its own."""

import asyncio
import datetime as dt
import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from random import Random
from typing import Any

import httpx
from websockets.asyncio.client import connect

from tests.api.live import PROTOCOL
from tests.bench.queries import COMMITMENT, COUNT, DASHBOARD
from tests.endurance.diary import Diary

READERS, ASKERS, FOLLOWERS, STREAMS, SOCKETS, LOADERS, EDITORS = 14, 12, 4, 4, 7, 4, 5
# In seconds, from one request of a client to its next.
PACES = {"page": 2.5, "query": 2.0, "feed": 4.0, "file": 12.0, "write": 8.0}
FEEDS = ["/feed.atom", "/feed.json", "/events.ics", "/commitments/SVS-19/feed.atom"]
FILES = ["commitments.csv", "funds.csv", "events.csv", "commitments.json", "sixty-one.xlsx", "sixty-one.db"]
EVERY_CHANGE = "subscription ($after: String) { changes(after: $after) { revision summary subject { id } } }"
NAMES = """{
  commitments(filter: {identified: true}) { nodes { ref events { slug } } }
  events(first: 30) { nodes { slug } }
  funds { nodes { slug } }
}"""
CHANGE = "change { revision } } ... on Rejected { problems { message } } } }"
LINK = "mutation ($input: LinkInput!) { written: link(input: $input) { ... on Linked { " + CHANGE
UNLINK = "mutation ($input: UnlinkInput!) { written: unlink(input: $input) { ... on Unlinked { " + CHANGE
RECORD = "mutation ($input: RecordStatusInput!) { written: recordStatus(input: $input) { ... on StatusRecorded { "
RECORD += CHANGE


@dataclass(frozen=True)
class Tie:
    """A commitment and an event that are not tied to each other yet."""

    commitment: str
    event: str


class Crowd:
    def __init__(self, url: str, diary: Diary, tokens: Sequence[str]) -> None:
        self.url = url
        self.diary = diary
        self.tokens = tokens
        self.random = Random(61)
        self.over = asyncio.Event()
        # The revisions that each subscriber got.
        self.revisions_by_subscriber: list[list[int]] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.following: list[asyncio.Task[None]] = []
        self.addresses = (f"127.1.0.{number}" for number in itertools.count(1))

    async def start(self, after: str) -> None:
        async with self.client(next(self.addresses)) as client:
            names = (await client.post("/graphql", json={"query": NAMES})).json()["data"]
        pages = [
            "/",
            "/commitments",
            "/areas",
            "/areas/northumbria",
            "/events",
            "/compare",
            "/gaps",
            "/method",
            "/changes",
            "/sources",
            "/organisations",
        ]
        pages += [f"/commitments/{node['ref']}" for node in names["commitments"]["nodes"]]
        pages += [f"/funds/{node['slug']}" for node in names["funds"]["nodes"]]
        every = [node["slug"] for node in names["events"]["nodes"]]
        ties = [
            Tie(node["ref"], next(slug for slug in every if {"slug": slug} not in node["events"]))
            for node in names["commitments"]["nodes"][:EDITORS]
        ]
        lives = [
            *(self.often("page", self.page(pages)) for _ in range(READERS)),
            *(self.often("query", self.query()) for _ in range(ASKERS)),
            *(self.often("feed", self.one_of(FEEDS)) for _ in range(FOLLOWERS)),
            *(self.often("file", self.each_of([f"/data/{name}" for name in FILES])) for _ in range(LOADERS)),
            *(self.edit(tie, token) for tie, token in zip(ties, self.tokens, strict=True)),
        ]
        self.tasks = [asyncio.create_task(life) for life in lives]
        follow = [*(self.socket(after) for _ in range(SOCKETS)), *(self.stream(after) for _ in range(STREAMS))]
        self.following = [asyncio.create_task(life) for life in follow]

    async def stop(self, last: Callable[[], int]) -> None:
        """Waits until all clients have gone, and the subscribers have got the last revision."""
        self.over.set()
        await asyncio.gather(*self.tasks)
        end = last()
        for _ in range(300):
            if all(revisions and revisions[-1] >= end for revisions in self.revisions_by_subscriber):
                break
            await asyncio.sleep(0.1)
        # One that has ended by itself was cut off: it says so here.
        for task in self.following:
            if task.done():
                await task
            task.cancel()
        await asyncio.gather(*self.following, return_exceptions=True)

    @asynccontextmanager
    async def client(self, address: str, token: str | None = None) -> AsyncIterator[httpx.AsyncClient]:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        transport = httpx.AsyncHTTPTransport(local_address=address)
        async with httpx.AsyncClient(
            base_url=self.url, transport=transport, timeout=60, headers=headers, follow_redirects=True
        ) as client:
            yield client

    async def pause(self, kind: str) -> None:
        """Waits as long as a person reads a page; shorter only at the end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.over.wait(), self.random.uniform(0.5, 1.5) * PACES[kind])

    async def often(self, kind: str, ask: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]) -> None:
        async with self.client(next(self.addresses)) as client:
            while True:
                await self.pause(kind)
                if self.over.is_set():
                    return
                await self.diary.visit(kind, ask(client))

    def one_of(self, paths: Sequence[str]) -> Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]:
        return lambda client: client.get(self.random.choice(paths))

    def each_of(self, paths: Sequence[str]) -> Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]:
        # In turns, because people do not take the same workbook five times in a minute.
        turns = itertools.cycle(self.random.sample(paths, len(paths)))
        return lambda client: client.get(next(turns))

    def page(self, paths: Sequence[str]) -> Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]:
        def ask(client: httpx.AsyncClient) -> Awaitable[httpx.Response]:
            day = dt.date(2018, 6, 1) + dt.timedelta(days=self.random.randrange(2_500))
            # Every tenth reader looks back.
            query = f"?asOf={day}" if self.random.random() < 0.1 else ""
            return client.get(self.random.choice(paths) + query)

        return ask

    def query(self) -> Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]:
        def ask(client: httpx.AsyncClient) -> Awaitable[httpx.Response]:
            [query] = self.random.choices([DASHBOARD, COMMITMENT, COUNT], [1, 6, 3])
            # Half of them are asked anew, with a variable that is ignored.
            variables = {"turn": self.random.random()} if self.random.random() < 0.5 else {}
            return client.post("/graphql", json={"query": query, "variables": variables})

        return ask

    async def edit(self, tie: Tie, token: str) -> None:
        """Ties and unties the two, and states something now and then."""
        pair = {"commitment": tie.commitment, "event": tie.event}
        async with self.client(next(self.addresses), token) as client:
            is_linked = False
            for number in itertools.count():
                await self.pause("write")
                if self.over.is_set():
                    return
                mark = f"write-{tie.commitment}-{number}"
                if number % 5 == 4:
                    document = {"slug": f"{mark.lower()}", "title": mark}
                    values: dict[str, Any] = {
                        "commitment": tie.commitment,
                        "status": "IN_PROGRESS",
                        "effectiveOn": str(dt.date(2019, 1, 1) + dt.timedelta(days=number)),
                        "voice": "MEDIA",
                        "note": mark,
                        "citation": {"newDocument": document},
                    }
                    query = RECORD
                else:
                    query, values = UNLINK if is_linked else LINK, pair | {"reason": mark}
                    is_linked = not is_linked
                body = {"query": query, "variables": {"input": values}}
                response = await self.diary.visit("write", client.post("/graphql", json=body))
                payload = (response.json().get("data") or {}).get("written") or {}
                if "change" in payload:
                    self.diary.revision_by_mark[mark] = payload["change"]["revision"]
                else:
                    self.diary.wrong.append(f"{mark}: {payload}")

    def subscriber(self) -> list[int]:
        self.revisions_by_subscriber.append([])
        return self.revisions_by_subscriber[-1]

    async def socket(self, after: str) -> None:
        revisions = self.subscriber()
        address = self.url.replace("http", "ws", 1) + "/graphql"
        options: Any = {"subprotocols": [PROTOCOL], "compression": None, "proxy": None}
        async with connect(address, local_addr=(next(self.addresses), 0), **options) as connection:
            await connection.send('{"type": "connection_init"}')
            assert json.loads(await connection.recv()) == {"type": "connection_ack"}
            payload = {"query": EVERY_CHANGE, "variables": {"after": after}}
            await connection.send(json.dumps({"type": "subscribe", "id": "1", "payload": payload}))
            async for message in connection:
                revisions.append(json.loads(message)["payload"]["data"]["changes"]["revision"])

    async def stream(self, after: str) -> None:
        revisions = self.subscriber()
        async with self.client(next(self.addresses)) as client:
            body = {"query": EVERY_CHANGE, "variables": {"after": after}}
            headers = {"accept": "text/event-stream"}
            async with client.stream("POST", "/graphql/stream", json=body, headers=headers) as response:
                assert response.status_code == 200
                async for line in response.aiter_lines():
                    if line.startswith("data: {"):
                        revisions.append(json.loads(line[6:])["data"]["changes"]["revision"])
