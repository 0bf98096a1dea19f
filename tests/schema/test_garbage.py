"""What a query has loaded goes when it is answered, and not when the collector of garbage comes."""

import asyncio
import datetime as dt
import gc
from collections.abc import Iterator

import graphql
import pytest

from db.clock import Clock
from db.database import Database
from db.live import LiveLog
from db.reader import Reader
from schema.batch import BatchMember
from schema.build import Schema
from schema.context import Context
from schema.limits import Limits
from tests.bench.queries import DASHBOARD
from tests.server import NOW

QUERIES = [
    DASHBOARD,
    "{ coverage { gapCounts { kind count } } progress { total } record { funds { nodes { name parts { name } } } } }",
]


@pytest.fixture
def no_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collection")
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("is_planned", [True, False])
def test_no_object_of_a_query_is_left(seeded_database: Database, query: str, is_planned: bool) -> None:
    schema = Schema(Limits())
    schema.measure(Reader(seeded_database))
    if not is_planned:
        schema.workers.execute_here = graphql.execute
    context = Context(seeded_database, LiveLog(seeded_database), Clock(lambda: NOW, dt.UTC), page_url=lambda *_: "")
    result = asyncio.run(schema.execute(query, context_value=context))
    assert result.data
    assert not result.errors
    del context
    assert not [each for each in gc.get_objects() if isinstance(each, BatchMember)]
