"""No path through the schema takes more than its price, which is searched for as an attacker would."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import graphql
import pytest

from api.urls import page_url
from db.clock import Clock
from db.database import Database
from db.live import LiveLog
from db.reader import Reader
from schema.build import Schema
from schema.context import Context
from schema.limits import Limits
from schema.meter import Meter
from tests.engines import seed_sqlite
from tests.server import NOW
from tests.size import sized

# How many paths of each length are followed on: those that take the most, and those that take the most for their price.
BREADTH = sized(3, 2)
LEVELS = sized(5, 4)
# Beyond this, paths are only longer.
COST_LIMIT = 6_000
# A price that is too high, and a limit of the library itself.
REFUSALS = ("could cost", "depth exceeded")
# From where an attacker would set out: from one that has much, from all, and from the log.
STARTS = {
    '{ fund(slug: "youth-fund-round-1") { % } }': "Fund",
    '{ fund(slug: "serious-violence-fund") { % } }': "Fund",
    '{ document(slug: "itv-2019-12-29") { % } }': "Document",
    '{ organisation(slug: "home-office") { % } }': "Organisation",
    "{ strategy { % } }": "Strategy",
    "{ commitments(filter: {origin: [STRATEGY, LATER]}) { nodes { % } } }": "Commitment",
    "{ funds { nodes { % } } }": "Fund",
    "{ events(first: 100) { edges { node { % } } } }": "Event",
    "{ organisations { nodes { % } } }": "Organisation",
    "{ documents { nodes { % } } }": "Document",
    "{ discrepancies { nodes { % } } }": "Discrepancy",
    "{ changes { nodes { % } } }": "Change",
    "{ coverage { % } }": "Coverage",
    '{ statusChanges(from: "2018-01-01", to: "2026-11-30") { % } }': "StatusChange",
    '{ comparison(from: "2018-01-01", to: "2026-11-30") { % } }': "Comparison",
    "{ progress { % } }": "Progress",
    "{ __schema { % } }": "__Schema",
    '{ __type(name: "Commitment") { % } }': "__Type",
}


@dataclass(frozen=True)
class Route:
    query: str
    type: str
    price: int = 0
    cost: int = 0


class Searcher:
    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.schema = Schema(Limits(cost=10**9, large=10**9, seconds=10**9))
        self.schema.measure(Reader(self.database))

    def measure(self, query: str) -> Meter:
        """The price of a query, and what it took. One that is too dear to be allowed is not executed."""
        meter = Meter()
        context = Context(
            self.database,
            LiveLog(self.database),
            Clock(lambda: NOW, dt.UTC),
            page_url=partial(page_url, ""),
            meter=meter,
            limits=Limits(cost=COST_LIMIT, large=10**9, seconds=10**9),
        )
        result = asyncio.run(self.schema.execute(query, context_value=context))
        errors = [error for error in result.errors or () if not any(word in error.message for word in REFUSALS)]
        assert not errors, (query, errors)
        return meter

    def longer(self, path: Route) -> Iterator[Route]:
        """Every path that goes one relation further."""
        kind = self.schema._schema.type_map[path.type]
        if isinstance(kind, graphql.GraphQLInterfaceType):
            for actual in self.schema._schema.get_possible_types(kind):
                yield Route(path.query.replace("%", f"... on {actual.name} {{ % }}"), actual.name)
            return
        assert isinstance(kind, graphql.GraphQLObjectType)
        for name, field in kind.fields.items():
            inner = graphql.get_named_type(field.type)
            if graphql.is_composite_type(inner) and not any(map(graphql.is_required_argument, field.args.values())):
                yield Route(path.query.replace("%", f"{name} {{ % }}"), inner.name)

    def weigh(self, path: Route) -> Route:
        meter = self.measure(path.query.replace("%", "__typename"))
        return Route(path.query, path.type, meter.price, meter.cost)

    def search(self, start: str, type: str) -> list[Route]:
        """The paths that were found to be allowed."""
        actual: list[Route] = []
        front = [Route(start, type)]
        for _ in range(LEVELS):
            longer = [self.weigh(path) for before in front for path in self.longer(before)]
            paths = [path for path in longer if path.cost]
            actual += paths
            dearest = sorted(paths, key=lambda path: -path.cost)[:BREADTH]
            cheapest = sorted(paths, key=lambda path: -path.cost / path.price)[:BREADTH]
            front = list(dict.fromkeys([*dearest, *cheapest]))
        return actual


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    instance = Searcher(seed_sqlite(tmp_path_factory.mktemp("paths")))
    yield instance
    instance.database.close()


@pytest.mark.parametrize(("start", "type"), STARTS.items(), ids=range(len(STARTS)))
def test_no_path_takes_more_than_its_price(searcher: Searcher, start: str, type: str) -> None:
    actual = searcher.search(start, type)
    assert actual
    worst = max(actual, key=lambda path: path.cost / path.price)
    assert worst.cost <= worst.price, worst
