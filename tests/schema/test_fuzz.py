"""Thousands of random queries, valid and invalid: none of them finds a fault of ours."""

import base64
import itertools
import json
from collections.abc import Iterator
from random import Random
from typing import Any

import graphql
import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import Mode, nodes, queries

from schema.build import Schema
from schema.errors import CODES
from schema.limits import Limits
from tests.engines import Engine, PostgreSQL
from tests.server import GRAPHQL, Api
from tests.size import sized

SCHEMA = Schema(Limits())._schema
assert SCHEMA.query_type
FIELDS = SCHEMA.query_type.fields
SCALARS = {
    "Date": st.dates().map(nodes.String),
    "DateTime": st.datetimes(timezones=st.timezones()).map(lambda at: nodes.String(at.isoformat())),
    "_Any": st.sampled_from(["Commitment", "Fund", "Money"]).map(
        lambda kind: nodes.Object(
            [
                graphql.ObjectFieldNode(name=graphql.NameNode(value=key), value=nodes.String(value))
                for key, value in (("__typename", kind), ("ref", "SVS-01"))
            ]
        )
    ),
    "Decimal": st.decimals(allow_nan=False, allow_infinity=False, places=2).map(nodes.String),
}
QUERIES: dict[str, st.SearchStrategy[graphql.DocumentNode]] = {
    name: queries(SCHEMA, fields=[name], custom_scalars=SCALARS, print_ast=lambda document: document) for name in FIELDS
}
# The same queries in every run, without a database of examples: a fault can be reproduced anywhere.
FUZZ = settings(
    deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


class Sensible(graphql.Visitor):
    """Most page sizes, cursors and refs could be right: else nearly every query would be refused at the door."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self.random = random

    def enter_argument(self, node: graphql.ArgumentNode, *_: Any) -> graphql.ArgumentNode | None:
        value: graphql.ValueNode
        match node.name.value:
            case "first":
                value = nodes.Int(self.random.randint(1, 12))
            case "after":
                value = nodes.Null
            case "ref":
                value = nodes.String(f"SVS-{self.random.randint(1, 62):02}")
            case _:
                return None
        return None if self.random.random() < 0.15 else graphql.ArgumentNode(name=node.name, value=value)


@st.composite
def query_texts(draw: st.DrawFn) -> str:
    """A query for one of the root fields, with arguments of the right types."""
    document = draw(QUERIES[draw(st.sampled_from(sorted(QUERIES)))])
    random = Random(draw(st.integers(0, 2**32)))
    return graphql.print_ast(graphql.visit(document, Sensible(random)))


def codes(response: httpx.Response) -> list[str]:
    """The codes of an answer that is well formed, documented, and no fault of ours."""
    assert response.headers["content-type"] == f"{GRAPHQL}; charset=utf-8"
    answer = response.json()
    assert answer.keys() in ({"data"}, {"errors"}, {"errors", "data"})
    assert response.status_code == (200 if "data" in answer else 400)
    assert isinstance(answer.get("data"), dict | None)
    errors = answer.get("errors", [])
    assert errors or "errors" not in answer
    for error in errors:
        assert error.keys() <= {"message", "locations", "path", "extensions"}
        assert error["message"]
    actual = [error["extensions"]["code"] for error in errors]
    assert set(actual) <= CODES.keys() - {"INTERNAL_SERVER_ERROR"}, answer
    return actual


def test_no_query_finds_a_fault_of_ours(api_readonly: Api, engine: Engine) -> None:
    number = 60 if isinstance(engine, PostgreSQL) else sized(180, 120)

    @settings(FUZZ, max_examples=number)
    @given(query_texts())
    def ask(query: str) -> None:
        codes(api_readonly.send(query))

    ask()


def test_no_wrong_query_finds_a_fault_of_ours(api_readonly: Api, engine: Engine) -> None:
    number = 30 if isinstance(engine, PostgreSQL) else sized(60, 40)

    @settings(FUZZ, max_examples=number)
    @given(queries(SCHEMA, custom_scalars=SCALARS, mode=Mode.NEGATIVE))
    def ask(query: str) -> None:
        assert codes(api_readonly.send(query)), query

    ask()


TEXTS = [
    "", " ", "\t\n", "\0", "a\0b", "%", "_", "%_%", "[a-z]", "*", "?", "'", '"', "''", "\\", "\\\\", "/", "$1", ":a",
    "'; DROP TABLE fund; --", "' OR ''='", "é", "e\u0301", "ß", "SS", "İ", "\u0131", "\ufb01", "Σς", "中文", "\u202ea",
    "\u2028", "\ufeff", "\uffff", "\x7f", "\x1b[31m", "😀", "👩\u200d👧", "\U0010ffff", "null", "NaN", "1e999", "-0",
    "x" * 1_000, "% " * 500, "😀" * 1_000, "x" * 1_001,
]  # fmt: skip


def places() -> Iterator[tuple[str, str]]:
    """Every place that takes text: a field with $ where the text belongs, and the type that stands there."""
    for name, field in FIELDS.items():
        # Those that need two days besides take the same filter as `progress`.
        if "from" in field.args:
            continue
        for argument, definition in field.args.items():
            kind = graphql.get_named_type(definition.type)
            inside = {f"{argument}: $": definition.type}
            if isinstance(kind, graphql.GraphQLInputObjectType):
                inside = {f"{argument}: {{{entry}: $}}": input_field.type for entry, input_field in kind.fields.items()}
            for place, type_ in inside.items():
                if graphql.get_named_type(type_).name in ("String", "ID"):
                    yield f"{name}({', '.join([place, *_kinds(field)])}) {{ __typename }}", str(type_)


SHAPES = ["true", "1", "[[1]]", "{a: [1]}"]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", FIELDS)
def test_no_value_of_another_shape_finds_a_fault_of_ours(api_readonly: Api, name: str) -> None:
    for argument, definition in FIELDS[name].args.items():
        places = [f"{argument}: $"]
        kind = graphql.get_named_type(definition.type)
        if isinstance(kind, graphql.GraphQLInputObjectType):
            places += [f"{argument}: {{{entry}: $}}" for entry in kind.fields]
        for place, value in itertools.product(places, SHAPES):
            codes(api_readonly.send(f"{{ {name}({place.replace('$', value)}) {{ __typename }} }}"))


def _kinds(field: graphql.GraphQLField) -> Iterator[str]:
    """The arguments of a field that take one word of a list, and must have one: the first word."""
    for argument, definition in field.args.items():
        kind = graphql.get_nullable_type(definition.type)
        if graphql.is_required_argument(definition) and isinstance(kind, graphql.GraphQLEnumType):
            yield f"{argument}: {next(iter(kind.values))}"


PLACES = list(places())
# As many as the longest text can be paid for.
TOGETHER = 7


@pytest.mark.parametrize("start", range(0, len(PLACES), TOGETHER))
def test_no_text_finds_a_fault_of_ours(api_readonly: Api, engine: Engine, start: int) -> None:
    # PostgreSQL is asked for a third of the texts in each place: all of them in three places.
    texts = TEXTS[start % 3 :: 3] if isinstance(engine, PostgreSQL) else TEXTS
    chunk = PLACES[start : start + TOGETHER]
    types = ", ".join(f"$v{number}: {type_}" for number, (_, type_) in enumerate(chunk))
    fields = " ".join(f"a{number}: {field.replace('$', f'$v{number}')}" for number, (field, _) in enumerate(chunk))
    for text in texts:
        variables = {f"v{number}": text for number in range(len(chunk))}
        actual = codes(api_readonly.send(f"query ({types}) {{ {fields} }}", variables))
        assert set(actual) <= {"NOT_FOUND", "INVALID_ID", "INVALID_CURSOR", "BAD_USER_INPUT"}
        if "\0" in text or len(text) > 1_000:
            assert actual == ["BAD_USER_INPUT"]


@pytest.mark.parametrize(
    "words", ["%", "_", "\\", "'", '"', "/", "£", "%%", "k_ife", "kn%fe", "KNIFE", "knife", "ß", "İ", "e\u0301"]
)
def test_every_character_of_a_search_is_looked_for_as_it_stands(api_readonly: Api, words: str) -> None:
    everything = api_readonly.ask(
        "{ commitments(filter: {origin: [STRATEGY, LATER]}) { nodes {"
        " ref title summary leads { name } statusHistory { note } } } }"
    )["commitments"]["nodes"]
    query = (
        "query ($words: String) { commitments(filter: {origin: [STRATEGY, LATER], search: $words}) { nodes { ref } } }"
    )
    actual = [node["ref"] for node in api_readonly.ask(query, words=words)["commitments"]["nodes"]]
    texts = {
        node["ref"]: " ".join(
            text or ""
            for text in (
                node["ref"],
                node["title"],
                node["summary"],
                *(lead["name"] for lead in node["leads"]),
                *(update["note"] for update in node["statusHistory"]),
            )
        ).casefold()
        for node in everything
    }
    assert actual == [ref for ref, text in texts.items() if words.casefold() in text]


ORDERS = {
    "commitments": ("REF", "TITLE", "STATUS", "LAST_EVIDENCE"),
    "funds": ("NAME", "AMOUNT"),
    "events": ("DATE", "TITLE"),
}
LISTS = [
    *(
        (name, f"orderBy: {{by: {by}, direction: {way}}}, ")
        for name, orders in ORDERS.items()
        for by, way in itertools.product(orders, ("ASC", "DESC"))
    ),
    *((name, "") for name in ("organisations", "documents", "discrepancies")),
]
POSITIONS: list[Any] = [
    0, -1, 2**31, 2**62, 2**63, 10**30, 1.5, 1e308, True, None, [], {}, "", "x", "\0", "\ud800", "😀" * 20,
    "0001-01-01", "9999-12-31", "2019-02-30", "10000-01-01", "2019-W01",
]  # fmt: skip


@pytest.mark.parametrize(("name", "order"), LISTS)
def test_no_cursor_finds_a_fault_of_ours(api_readonly: Api, name: str, order: str) -> None:
    query = f"query ($after: String) {{ {name}({order}first: 1, after: $after) {{ pageInfo {{ endCursor }} }} }}"
    real = api_readonly.ask(query)[name]["pageInfo"]["endCursor"]
    kind, *position = json.loads(base64.urlsafe_b64decode(real))
    for place, value in itertools.product(range(len(position)), POSITIONS):
        position_values = [kind, *position[:place], value, *position[place + 1 :]]
        after = base64.urlsafe_b64encode(json.dumps(position_values).encode()).decode()
        assert codes(api_readonly.send(query, {"after": after})) in ([], ["INVALID_CURSOR"])
