"""Plans answer as graphql-core does: the same bytes, the same errors, at the same cost."""

import ast
import asyncio
import datetime as dt
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import graphql
import orjson
import pytest

from api import query_files
from db.clock import Clock
from db.database import Database
from db.live import LiveLog
from db.queries import Question
from db.reader import Reader
from schema.build import Schema
from schema.context import Context
from schema.limits import Limits
from schema.loads import Load
from schema.plans.executor import Executor
from tests.endurance.generator import Generator
from tests.endurance.pools import NAMES, pools
from tests.engines import Engine, PostgreSQL
from tests.server import NOW
from tests.size import sized

# `SIXTYONE_PLANS` asks for more of them.
NUMBER = int(os.environ.get("SIXTYONE_PLANS") or sized(400, 150))
ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```graphql\n(.*?)```", re.DOTALL)
# For the variables of the queries of pages and of the docs, by their names.
VARIABLES = {
    "ref": "SVS-19", "slug": "early-intervention-youth-fund", "first": 20, "asOf": "2020-01-01", "q": "knife",
    "from": "2018-06-30", "to": "2020-06-30", "revision": 2, "search": "police", "filter": {}, "ids": [],
}  # fmt: skip


class Both:
    """One database, asked by plans and by graphql-core."""

    def __init__(self, database: Database) -> None:
        self.database = database
        # A query that takes long on a busy machine has an answer, too.
        self.schema = Schema(Limits(seconds=10**9))
        self.schema.measure(Reader(database))
        self.planned = Executor(self.schema.schema_converter)

    def generator(self, seed: int) -> Generator:
        self.schema.workers.execute_here = graphql.execute
        lists = asyncio.run(self.schema.execute(NAMES, context_value=self._context())).data
        assert lists
        return Generator(self.schema._schema, pools(lists, self.schema), seed, revision=4)

    def ask(self, text: str, variables: dict[str, Any]) -> None:
        # Twice, because only then are columns left out that nobody reads.
        first, second, by_core = (
            self._ask(each, text, variables) for each in (self.planned.execute, self.planned.execute, graphql.execute)
        )
        assert first == second == by_core, text

    def _ask(self, execute: Any, text: str, variables: dict[str, Any]) -> tuple[bytes, list[Any], int, bool]:
        self.schema.workers.execute_here = execute
        context = self._context()
        result = asyncio.run(self.schema.execute(text, variable_values=variables, context_value=context))
        errors = [error.formatted for error in result.errors or ()]
        return orjson.dumps(result.data), errors, context.meter.cost, context.is_lasting(result.data)

    def _context(self) -> Context:
        clock = Clock(lambda: NOW, dt.UTC)
        return Context(self.database, LiveLog(self.database), clock, page_url=lambda *names: repr(names))


def texts() -> Iterator[str]:
    """Every query that stands in the tests, in the docs, and behind the pages."""
    for file in sorted((ROOT / "tests").rglob("*.py")):
        if "node_modules" not in file.parts and ".venv" not in file.parts:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and "{" in node.value:
                    yield node.value
    for file in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        yield from BLOCK.findall(file.read_text("utf-8"))
    for file in sorted(query_files.FOLDER.glob("*.graphql")):
        yield query_files.query(file.stem)


@pytest.fixture(scope="module")
def queries() -> list[str]:
    """Those that are queries of our schema."""
    schema = Schema(Limits())
    found = dict.fromkeys(text for text in texts() if len(text) < 20_000)
    return [text for text in found if _is_query(schema, text)]


def _is_query(schema: Schema, text: str) -> bool:
    try:
        document = graphql.parse(text, max_tokens=2_000)
    except graphql.GraphQLError:
        return False
    operation = graphql.get_operation_ast(document)
    is_query = operation and operation.operation is graphql.OperationType.QUERY
    return bool(is_query) and not graphql.validate(schema._schema, document)


def test_every_query_that_is_written_anywhere_has_one_answer(
    seeded_database: Database, engine: Engine, queries: list[str]
) -> None:
    both = Both(seeded_database)
    assert len(queries) > 400
    step = 10 if isinstance(engine, PostgreSQL) else sized(1, 4)
    for text in queries[::step]:
        both.ask(text, VARIABLES)
    assert both.planned.answered > both.planned.left


def test_a_question_about_the_schema_is_part_of_a_plan(seeded_database: Database) -> None:
    both = Both(seeded_database)
    both.ask('{ commitments { totalCount } __type(name: "Status") { enumValues { name description } } }', {})
    both.ask(
        "query ($name: String!) { __schema { queryType { name } } none: __type(name: $name) { name } }", {"name": ""}
    )
    assert both.planned.answered > 0 == both.planned.left


def test_every_query_that_is_generated_has_one_answer(seeded_database: Database, engine: Engine) -> None:
    both = Both(seeded_database)
    generator = both.generator(seed=14)
    for place in range(NUMBER // 10 if isinstance(engine, PostgreSQL) else NUMBER):
        both.ask(*generator.query(wide=place % 2 == 0))
    assert both.planned.answered > both.planned.left


def test_fields_that_share_what_they_load_have_the_columns_of_both(seeded_database: Database) -> None:
    both = Both(seeded_database)
    text = """{
        commitments(first: 30) {
            nodes { title: citations { document { title } } note: citations { note document { kind } } }
            edges { node { citations { locator } } }
        }
        record(asOf: "2020-01-01") { commitments(first: 30) { nodes { citations { id note } } } }
    }"""
    for _ in range(2):
        both.ask(text, {})
    # Only the first time that columns were left out.
    assert (both.planned.answered, both.planned.left) == (3, 1)


def test_every_relation_has_the_same_rows_with_fewer_columns(seeded_database: Database) -> None:
    types = Schema(Limits())._schema.type_map.values()
    fields = [field for kind in types if isinstance(kind, graphql.GraphQLObjectType) for field in kind.fields.values()]
    relations = {field.resolve for field in fields if isinstance(field.resolve, Load)}
    assert len(relations) > 40
    with seeded_database.snapshot() as session:
        for load in relations:
            assert isinstance(load.question, Question)
            whole = load.question.query(list(range(1, 62)), *load.args)
            narrow = whole.narrow(frozenset({"id"}))
            assert whole.layout
            assert narrow.layout
            assert narrow.layout.places == {"id": 0}
            width, place = len(whole.layout.columns), whole.layout.places["id"]
            expected = [(row[place], *row[width:]) for row in whole.statement.rows(session, whole.params)]
            assert narrow.statement.rows(session, narrow.params) == expected
