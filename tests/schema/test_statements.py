"""The number of SQL statements depends on the shape of a query, and never on how many rows there are."""

from collections.abc import Iterator
from functools import partial

import pytest

from db import paging
from db.database import Database
from db.models import Commitment
from tests.engines import Engine, PostgreSQL, build_seeded
from tests.scale import multiply
from tests.server import Api, capture_statements, serving

pytestmark = [pytest.mark.postgresql_in_full, pytest.mark.usefixtures("no_answer_cache")]

DASHBOARD = """{ commitments(first: 61) { totalCount nodes {
  ref title theme { title } leads { name }
  status statusHistory { status effectiveOn voice note citation { paragraph document { title url } } }
  funds { name amount { amount } } events { title date }
  citations { paragraph note document { title url } }
} } }"""

# Every relation, from either side; with how many statements each takes.
RELATIONS = {
    DASHBOARD: 13,
    "{ commitments { nodes { ref } } }": 1,
    "{ commitments { totalCount } }": 2,
    '{ commitments { nodes { a: status b: status(asOf: "2019-01-01") c: status(voices: [GOVERNMENT]) } } }': 4,
    "{ commitments { nodes { intervals { status update { note } } } } }": 3,
    "{ commitments { nodes { status statusUpdate { note correctedBy { id } commitment { ref } } } } }": 4,
    "{ commitments { nodes { agreement daysSinceEvidence discrepancies { claims { document { slug } } } } } }": 6,
    "{ strategy { publisher { name } citations { subject { id } } } }": 4,
    "{ strategy { themes { commitments { ref } progress { total } } } }": 4,
    "{ funds { nodes { parent { name } parts { name } amounts { citation { paragraph } } amount { amount } } } }": 6,
    "{ funds { nodes { allocations { recipient { name } citation { document { slug } } fund { name } } } } }": 6,
    "{ funds { nodes { reconciliation { state } commitments { ref } events { slug } citations { id } } } }": 5,
    "{ funds { nodes { discrepancies { subject { id } claims { document { slug } } } } } }": 5,
    "{ events { nodes { hosts { name } participants { organisation { name } } commitments { ref } } } }": 5,
    "{ events { nodes { funds { name } citations { subject { id } } discrepancies { id } } } }": 5,
    "{ organisations { nodes { leads { ref } hosted { slug } } } }": 3,
    "{ facets { region { count } topic { count } host { count } participant { count } } }": 4,
    "{ organisations(orderBy: {by: ALLOCATED}, filter: {role: [RECIPIENT]}) { nodes { name } } }": 1,
    "{ commitmentCounts(by: LEAD) { totalCount nodes { total node { id } } } }": 2,
    "{ commitmentCounts(by: YEAR) { totalCount nodes { total groups { count } } } }": 1,
    "{ moneySums(by: LEAD, first: 5) { totalCount nodes { money { amount } node { id } } } }": 7,
    "{ organisations { nodes { allocations { fund { slug } } allocated { amount } } } }": 4,
    "{ areas { nodes { parent { name } parts { name } organisations { name } events { slug } eventCount } } }": 6,
    "{ areas { nodes { citations { id } allocated { unknownSums } shares { fund { name } area { name } } } } }": 10,
    "{ funds { nodes { shares { area { name } total { money { amount } } } } } }": 5,
    "{ allocations { nodes { isIncluded fund { name } } } }": 3,
    "{ documents { nodes { publisher { name } via citations(first: 5) { totalCount nodes { paragraph } } } } }": 5,
    "{ documents { nodes { discrepancyCount } } }": 2,
    "{ discrepancies { nodes { subject { id } claims { document { publisher { name } } } } } }": 8,
    "{ progress { total byTheme { theme { title } total } } }": 2,
    "{ coverage { byTheme { theme { title } identified } } }": 3,
    '{ progressSeries(from: "2018-01-01", to: "2020-12-31") { total byTheme { theme { slug } } } }': 3,
    '{ statusChanges(from: "2018-01-01", to: "2020-12-31") { commitment { theme { slug } } updates { note } } }': 3,
    "{ coverage { gaps { kind subject { id } } } }": 16,
    "{ changes { totalCount nodes { subject { id } edits { field } } } }": 3,
}


@pytest.fixture(scope="session")
def small_api(engine: Engine, seeded_template: str) -> Iterator[Api]:
    """The application without a response cache, so that every statement is sent."""
    with serving(engine.copy(seeded_template), answers_bytes=0, max_cost=10**9) as client:
        yield client


@pytest.fixture(scope="session")
def large_api(engine: Engine) -> Iterator[Api]:
    """The same application with a hundred times the rows: 6,100 commitments."""
    url = build_seeded(engine, partial(multiply, times=100))
    # Those that were announced later, too. Not by a query, whose answer would be kept.
    database = Database(url)
    assert database.read_sync(paging.count, Commitment, []) == 7_700
    database.close()
    with serving(url, answers_bytes=0, max_cost=10**9) as client:
        yield client


@pytest.mark.parametrize("query", RELATIONS)
def test_a_query_takes_as_many_statements_for_6100_commitments_as_for_61(
    small_api: Api, large_api: Api, engine: Engine, query: str
) -> None:
    with capture_statements() as few:
        small_api.ask(query)
    with capture_statements() as many:
        large_api.ask(query)
    # On PostgreSQL, the fields of a level ask side by side, and those that ask the same may share the answer.
    shares = isinstance(engine, PostgreSQL) and len(few) == RELATIONS[query] - 1
    assert len(few) == RELATIONS[query] or shares, few
    # A page of the larger list may show rows that have fewer kinds of relations; never more statements.
    assert len(many) <= RELATIONS[query], many


def test_the_dashboard_takes_thirteen_statements_at_any_size(small_api: Api, large_api: Api, engine: Engine) -> None:
    for client in (small_api, large_api):
        with capture_statements() as statements:
            client.ask(DASHBOARD)
        assert len(statements) == 13 or (isinstance(engine, PostgreSQL) and len(statements) == 12)
