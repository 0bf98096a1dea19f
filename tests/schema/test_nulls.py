"""An error blanks the field that it is about, and nothing beside it."""

from typing import Any

import pytest
import sqlalchemy as sa
from graphql import GraphQLObjectType, build_schema, is_non_null_type

from db.database import Database
from schema.build import Schema
from schema.limits import Limits
from tests.server import Api
from tests.writable import WritableApi

COMMITMENT = "Q29tbWl0bWVudDpTVlMtMDE="  # Commitment:SVS-01
SECOND = "quay-second"
DOCUMENT = "... on DocumentAdded { document { slug } }"


def answer(api: Api, query: str, **variables: Any) -> tuple[Any, list[tuple[str, list[str | int]]]]:
    """The data, and the code and the path of each error."""
    response = api.send(query, variables)
    assert response.status_code == 200
    body = response.json()
    return body["data"], [(error["extensions"]["code"], error["path"]) for error in body.get("errors", [])]


def test_what_is_asked_side_by_side_can_be_null_and_so_can_what_a_cursor_can_fail() -> None:
    schema = build_schema(Schema(Limits()).sdl())
    never_null = [
        f"{kind.name}.{name}"
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType) and kind is not schema.subscription_type
        for name, field in kind.fields.items()
        if is_non_null_type(field.type)
        and (kind.name in ("Query", "Mutation", "DatedRecord") or "after" in field.args)
        # The id that the interface promises cannot fail.
        and not any(name in interface.fields for interface in kind.interfaces)
    ]
    assert never_null == []


@pytest.mark.parametrize(
    ("query", "data", "code", "path"),
    [
        ('{ strategy { slug } commitments(after: "zzz") { totalCount } }', {"commitments": None}, "INVALID_CURSOR", []),
        ('{ strategy { slug } changes(after: "zzz") { totalCount } }', {"changes": None}, "INVALID_CURSOR", []),
        ('{ strategy { slug } changes(subject: "zzz") { totalCount } }', {"changes": None}, "INVALID_ID", []),
        (
            '{ strategy { slug } record { commitments(after: "zzz") { totalCount } dataset { licence } } }',
            {"record": {"commitments": None, "dataset": {"licence": "CC BY 4.0"}}},
            "INVALID_CURSOR",
            ["commitments"],
        ),
        (
            '{ strategy { slug } document(slug: "acid-retailers-news-2018")'
            ' { slug citations(after: "zzz") { totalCount } } }',
            {"document": {"slug": "acid-retailers-news-2018", "citations": None}},
            "INVALID_CURSOR",
            ["citations"],
        ),
        (
            '{ strategy { slug } comparison(from: "2019-12-31", to: "2018-12-31") { from } }',
            {"comparison": None},
            "BAD_USER_INPUT",
            [],
        ),
        ('{ strategy { slug } node(id: "zzz") { id } }', {"node": None}, "INVALID_ID", []),
    ],
)
def test_an_error_leaves_the_field_beside_it(api_readonly: Api, query: str, data: Any, code: str, path: Any) -> None:
    actual, errors = answer(api_readonly, query)
    assert actual.pop("strategy")
    assert actual == data
    assert errors == [(code, [*data, *path])]


def test_a_malformed_id_is_null_in_its_place_with_an_error_there(api_readonly: Api) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } strategy { slug } }"
    data, errors = answer(api_readonly, query, ids=["garbage", COMMITMENT, "", "garbage"])
    assert data["nodes"] == [None, {"id": COMMITMENT}, None, None]
    assert data["strategy"]
    assert errors == [("INVALID_ID", ["nodes", place]) for place in (0, 2, 3)]


@pytest.mark.sqlite_only
def test_a_mutation_that_fails_leaves_the_answer_of_the_one_before(api_writable: WritableApi) -> None:
    database: Database = api_writable.database
    with database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "CREATE TRIGGER broken AFTER INSERT ON document WHEN NEW.slug = 'quay-second'"
                " BEGIN UPDATE dataset SET licence = json('broken'); END"
            )
        )
    query = f"""mutation ($first: AddDocumentInput!, $second: AddDocumentInput!, $third: AddDocumentInput!) {{
      first: addDocument(input: $first) {{ {DOCUMENT} }}
      second: addDocument(input: $second) {{ {DOCUMENT} }}
      third: addDocument(input: $third) {{ {DOCUMENT} }}
    }}"""
    slugs = {"first": "quay-first", "second": SECOND, "third": "quay-third"}
    inputs = {name: {"slug": slug, "title": slug} for name, slug in slugs.items()}
    data, errors = answer(api_writable.editor, query, **inputs)
    assert errors == [("INTERNAL_SERVER_ERROR", ["second"])]
    assert data == {name: None if name == "second" else {"document": {"slug": slug}} for name, slug in slugs.items()}
    found = api_writable.public.ask('{ documents(filter: {search: "quay-"}) { totalCount } }')
    assert found == {"documents": {"totalCount": 2}}


def test_each_mutation_without_a_token_is_null_with_an_error(api_readonly: Api) -> None:
    change = 'addDocument(input: {slug: "a", title: "A"}) { __typename }'
    data, errors = answer(api_readonly, f"mutation {{ __typename a: {change} b: {change} }}")
    assert data == {"__typename": "Mutation", "a": None, "b": None}
    assert errors == [("UNAUTHENTICATED", ["a"]), ("UNAUTHENTICATED", ["b"])]
