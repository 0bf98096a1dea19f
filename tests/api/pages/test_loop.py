"""No page holds the event loop, and so every other reader, for long: not where there is very much to show, either."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.applications import Starlette

from api.app import create_app
from api.pages.charts import CARDS, PICTURES
from api.settings import Settings
from api.testing.server import listening
from db.database import Database
from tests.api.pages.reading import EMBEDS, PAGES, WITHOUT_QUERY
from tests.engines import seed_sqlite
from tests.scale import multiply
from tests.server import NOW, Api
from tests.size import sized
from tests.waiting import until

MOST_SECONDS = 0.1
# 61,000 commitments in full.
TIMES = sized(1_000, 10)
SLUGS = {"funds": "serious-violence-fund", "areas": "northumbria", "themes": "communities"}
COMMON_WORDS = "/search?q=police+crime+commissioner+violence+youth"
FILES = ["/people.csv", "/areas.csv", "/compare/money.csv?from=2018-06-30&to=2019-06-30", "/gaps.csv"]
FEEDS = ["/feed.atom", "/evidence.atom", "/organisations/home-office/evidence.atom"]
PARTS = ["/sitemap.xml", "/sitemap-commitments-1.xml", "/sitemap-people-1.xml"]
PATHS = [*PAGES, *WITHOUT_QUERY, *EMBEDS, COMMON_WORDS, *FILES, *FEEDS, *PARTS]


def example(path: str) -> str:
    """The address of one picture."""
    return path.format(ref="SVS-19", slug=next((slug for kind, slug in SLUGS.items() if kind in path), ""))


PATHS += [example(path) + ".svg" for path in (*PICTURES, *CARDS)]


@dataclass
class Loop:
    """`longest` is the time of a processor that the loop of the server spent before it came back to what waited, and
    `turns` how often it has come back."""

    api: Api
    longest: float = 0.0
    turns: int = 0

    async def watch(self) -> None:
        while True:
            start = time.thread_time()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.thread_time() - start)
            self.turns += 1

    def measure(self, path: str) -> float:
        self.longest = 0.0
        response = self.api.http.get(path)
        assert response.status_code == 200, (path, response.text[-400:])
        # What follows the response is part of its making.
        turns = self.turns
        until(lambda: self.turns > turns + 1)
        return self.longest


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loop]:
    """The loop of a server of so much data, which keeps no answer."""
    url = seed_sqlite(tmp_path_factory.mktemp("loop"))
    database = Database(url)
    multiply(database, TIMES)
    database.close()
    # A busy machine takes its time for a query; how long the loop is held for it is measured here.
    settings = Settings(database_url=url, answers_bytes=0, rate_per_minute=0, query_seconds=300, statement_seconds=300)
    app = create_app(settings, lambda: NOW)
    watched = Loop(Api(""))
    start = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[Mapping[str, Any]]:
        async with start(app) as state:
            assert state
            task = asyncio.create_task(watched.watch())
            yield state
            task.cancel()

    app.router.lifespan_context = lifespan
    with listening(app, settings) as address:
        watched.api = Api(address)
        watched.api.http.timeout = 300
        yield watched
        watched.api.http.close()


def test_the_time_of_the_loop_is_seen(loop: Loop) -> None:
    assert loop.measure("/") > 0.001


@pytest.mark.parametrize("path", PATHS)
def test_a_page_leaves_the_loop_to_others(loop: Loop, path: str) -> None:
    # A collection of garbage can meet any one, and who shares the processor makes all of them slower for a while.
    assert any(loop.measure(path) < MOST_SECONDS for _ in range(10))
