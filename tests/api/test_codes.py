"""Every wrong request has a documented code, and harms no other request."""

import ast
import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from schema.errors import CODES
from tests.api.lite import ROOT, answers, error_body, post
from tests.documents import table
from tests.server import Api

A_CODE = re.compile(r"[A-Z]+(_[A-Z]+)+")


def text64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


def cursor(*position: Any) -> str:
    return text64(json.dumps(position))


PAGE = "query ($first: Int = 500, $after: String) { commitments(first: $first, after: $after) { nodes { ref } } }"
AFTER = "query ($after: String) { commitments(after: $after) { nodes { ref } } }"
STATUS = "query ($day: Date, $at: DateTime) { progress(asOf: $day, knownAt: $at) { total } }"
SERIES = '{ progressSeries(from: "2010-01-01", to: "%s") { asOf } }'
WITHIN = "`first` must be between 1 and 100."
CURSOR = "`after` takes a cursor of the same list in the same order."
TWO = "query One { __typename } query Two { __typename }"
UNCLEAR = "`operationName` must name one of the operations in the query, where it holds not just one."
ANY_MUTATION = 'mutation { unlink(input: {reason: "none"}) { __typename } }'
TOKENLESS = "A write takes a token: `Authorization: Bearer sxo_…`."
SOME_ID = text64("Commitment:SVS-01")


@dataclass(frozen=True)
class Case:
    """Something asked wrongly. Where the words are the library's own, `message` is left out."""

    name: str
    query: str
    code: str
    message: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    path: list[str] | None = None
    operation: str | None = None

    def __str__(self) -> str:
        return self.name

    def expected(self, message: str) -> dict[str, Any]:
        error: dict[str, Any] = {
            "message": self.message or message,
            "extensions": {"code": self.code, **self.more},
        }
        if self.path is None:
            return {"errors": [error]}
        return {"errors": [error | {"path": self.path}], "data": {self.path[0]: None}}


def bad_cursor(name: str, after: str) -> Case:
    return Case(f"a cursor {name}", AFTER, "INVALID_CURSOR", CURSOR, {"after": after}, path=["commitments"])


def bad_id(name: str, id: str) -> Case:
    message = f"{id!r} is not an id of this API."
    return Case(
        f"an id {name}", "query ($id: ID!) { node(id: $id) { id } }", "INVALID_ID", message, {"id": id}, path=["node"]
    )


def numbers(number: int, number_asked: int | None = None) -> dict[str, int]:
    return {"allowed": number} if number_asked is None else {"allowed": number, "asked": number_asked}


QUERIES = [
    Case("a fault of syntax", "{ commitments", "GRAPHQL_PARSE_FAILED"),
    Case("a character that is none", "{ __typename \0 }", "GRAPHQL_PARSE_FAILED"),
    Case("an unknown field", "{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
    Case("an object without fields", "{ commitments }", "GRAPHQL_VALIDATION_FAILED"),
    Case("a fragment in itself", "{ ...A } fragment A on Query { ...A }", "GRAPHQL_VALIDATION_FAILED"),
    Case("a mutation without a token", ANY_MUTATION, "UNAUTHENTICATED", TOKENLESS, path=["unlink"]),
    Case("an unknown operation", TWO, "OPERATION_RESOLUTION_FAILURE", UNCLEAR, operation="Three"),
    Case("no operation", "fragment A on Query { __typename }", "OPERATION_RESOLUTION_FAILURE", UNCLEAR),
    Case("two operations without a name", TWO, "OPERATION_RESOLUTION_FAILURE", UNCLEAR),
    Case("a missing variable", "query ($ref: String!) { commitment(ref: $ref) { ref } }", "BAD_USER_INPUT"),
    Case("a variable of the wrong type", PAGE, "BAD_USER_INPUT", variables={"first": "ten"}),
    Case("a number with a fraction", PAGE, "BAD_USER_INPUT", variables={"first": 1.5}),
    Case("a number beyond all", PAGE, "BAD_USER_INPUT", variables={"first": 1e300}),
    Case("first: 0", "{ commitments(first: 0) { totalCount } }", "BAD_USER_INPUT", WITHIN, more=numbers(100, 0)),
    Case("first: -1", PAGE, "BAD_USER_INPUT", WITHIN, {"first": -1}, numbers(100, -1)),
    Case("first: 101", "{ funds(first: 101) { totalCount } }", "PAGE_TOO_LARGE", WITHIN, more=numbers(100, 101)),
    Case("101 as a variable", PAGE, "PAGE_TOO_LARGE", WITHIN, {"first": 101}, numbers(100, 101)),
    Case("101.0 as a variable", PAGE, "PAGE_TOO_LARGE", WITHIN, {"first": 101.0}, numbers(100, 101)),
    Case("500 by the variable's default", PAGE, "PAGE_TOO_LARGE", WITHIN, more=numbers(100, 500)),
    Case("101 and no fields", "{ funds(first: 101) { } }", "PAGE_TOO_LARGE", WITHIN, more=numbers(100, 101)),
    Case("first: 2^63", PAGE, "PAGE_TOO_LARGE", WITHIN, {"first": 2**63}, numbers(100, 2**63)),
    bad_cursor("that is garbage", "garbage"),
    bad_cursor("that is not ASCII", "é"),
    bad_cursor("that is base64 of nonsense", text64("nonsense")),
    bad_cursor("of another list", cursor("funds NAME ASC", "x", "y")),
    bad_cursor("of another order", cursor("commitments TITLE ASC", "x", "SVS-01")),
    bad_cursor("of the other direction", cursor("commitments REF DESC", "SVS-01")),
    bad_cursor("without a position", cursor("commitments REF ASC")),
    bad_cursor("with too much", cursor("commitments REF ASC", "SVS-01", "SVS-01")),
    bad_cursor("with a number for a word", cursor("commitments REF ASC", 10**400)),
    bad_cursor("with a NUL", cursor("commitments REF ASC", "\0")),
    bad_cursor("with half a character", text64('["commitments REF ASC", "\\ud800"]')),
    bad_cursor("that is too deep", text64("[" * 400)),
    Case(
        "a cursor with a huge number",
        "query ($after: String) { commitments(orderBy: {by: STATUS}, after: $after) { totalCount } }",
        "INVALID_CURSOR",
        CURSOR,
        {"after": cursor("commitments STATUS ASC", 2**63, "SVS-01")},
        path=["commitments"],
    ),
    bad_id("that is empty", ""),
    bad_id("that is garbage", "garbage"),
    bad_id("that is a number", "1"),
    bad_id("of an unknown type", text64("Secret:1")),
    bad_id("of a type without ids", text64("PageInfo:1")),
    bad_id("without a type", text64(":SVS-01")),
    bad_id("with a NUL", text64("Commitment:\0")),
    bad_id("that is no text", base64.b64encode(b"Commitment:\xff").decode()),
    Case(
        "an unknown ref",
        '{ commitment(ref: "SVS-62") { ref } }',
        "NOT_FOUND",
        "There is no commitment 'SVS-62'.",
        path=["commitment"],
    ),
    Case("a day that does not exist", '{ progress(asOf: "2019-02-30") { total } }', "BAD_USER_INPUT"),
    Case("such a day as a variable", STATUS, "BAD_USER_INPUT", variables={"day": "2019-02-30"}),
    Case("such a day as a default", STATUS.replace("Date,", 'Date = "2019-02-30",'), "BAD_USER_INPUT"),
    Case("a day as a number", "{ progress(asOf: 20190230) { total } }", "BAD_USER_INPUT"),
    Case("a day in the year 10000", STATUS, "BAD_USER_INPUT", variables={"day": "10000-01-01"}),
    Case("an instant without zone", '{ progress(knownAt: "2019-05-09T10:00:00") { total } }', "BAD_USER_INPUT"),
    Case("such an instant as a variable", STATUS, "BAD_USER_INPUT", variables={"at": "2019-05-09T10:00:00"}),
    Case("an instant before all", STATUS, "BAD_USER_INPUT", variables={"at": "0001-01-01T00:00:00+14:00"}),
    Case("an unknown word", "{ commitments(filter: {status: [DONE]}) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
    Case(
        "from after to",
        '{ statusChanges(from: "2019-01-02", to: "2019-01-01") { before } }',
        "BAD_USER_INPUT",
        "`from` is after `to`.",
        path=["statusChanges"],
    ),
    Case(
        "a series of 121 points",
        SERIES % "2020-01-31",
        "TOO_MANY_POINTS",
        "A series has at most 120 points, not 121.",
        more=numbers(120, 121),
        path=["progressSeries"],
    ),
    Case(
        "101 ids",
        "{ nodes(ids: " + json.dumps([SOME_ID] * 101) + ") { id } }",
        "TOO_MANY_IDS",
        "`ids` may hold 100 at most.",
        more=numbers(100, 101),
    ),
    Case(
        "101 ids as a variable",
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
        "TOO_MANY_IDS",
        "`ids` may hold 100 at most.",
        {"ids": [SOME_ID] * 101},
        numbers(100, 101),
    ),
    Case(
        "a text of 1,001 characters",
        "query ($words: String) { commitments(filter: {search: $words}) { totalCount } }",
        "BAD_USER_INPUT",
        "A text may have 1000 characters.",
        {"words": "é" * 1_001},
        numbers(1_000, 1_001),
    ),
    Case(
        "a text with a NUL",
        r'{ commitment(ref: "SVS-01\u0000") { ref } }',
        "BAD_USER_INPUT",
        "A text may not hold the character NUL.",
    ),
    Case(
        "30 levels",
        "{ strategy { themes " + "{ commitments { theme " * 14 + "{ slug }" + "} }" * 14 + " } }",
        "QUERY_TOO_DEEP",
        "A query may have 20 levels; this one has 31.",
        more=numbers(20, 31),
    ),
    Case(
        "600 levels",
        "{ a" * 600 + "}" * 600,
        "QUERY_TOO_DEEP",
        "A query may have 20 levels.",
        more=numbers(20),
    ),
    Case(
        "1,000 aliases",
        "{ " + " ".join(f"a{number}: __typename" for number in range(1_000)) + " }",
        "QUERY_TOO_LONG",
        "A query may have 2000 tokens; this one has more.",
        more=numbers(2_000),
    ),
    Case(
        "101 aliases",
        "{ " + " ".join(f"a{number}: __typename" for number in range(101)) + " }",
        "TOO_MANY_ALIASES",
        "A query may have 100 aliases; this one has 101.",
        more=numbers(100, 101),
    ),
    Case(
        "a path that meets the same rows again and again",
        '{ fund(slug: "youth-fund-round-1") { ' + "allocations { fund { " * 5 + "id" + " } }" * 5 + " } }",
        "QUERY_TOO_COSTLY",
        more=numbers(50_000, 15_682_604),
    ),
]
BODIES = {
    "not JSON": (b"{", 400, "BAD_REQUEST"),
    "not an object": (b'"{ __typename }"', 400, "BAD_REQUEST"),
    "a batch": (b'[{"query": "{ __typename }"}]', 400, "BAD_REQUEST"),
    "no query": (b"{}", 400, "BAD_REQUEST"),
    "an unknown hash": (
        b'{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "ab"}}}',
        200,
        "PERSISTED_QUERY_NOT_FOUND",
    ),
    "an unknown document": (b'{"documentId": "sha256:ab"}', 400, "DOCUMENT_NOT_FOUND"),
    "a document and a text": (b'{"documentId": "ab", "query": "{ __typename }"}', 400, "BAD_REQUEST"),
    "too large": (b" " * 100_001, 413, "BODY_TOO_LARGE"),
}


@pytest.mark.parametrize("case", QUERIES, ids=str)
def test_a_wrong_query_gets_its_code(api_readonly: Api, case: Case) -> None:
    response = api_readonly.send(case.query, case.variables, operationName=case.operation)
    answer = error_body(response)
    assert answer == case.expected(answer["errors"][0]["message"])
    # What was refused before it was executed has no data, and says so by its status.
    assert response.status_code == (200 if "data" in answer else 400)


@pytest.mark.parametrize("name", BODIES)
def test_a_wrong_body_gets_its_code(api_sqlite: Api, name: str) -> None:
    body, status, code = BODIES[name]
    response = post(api_sqlite, body)
    assert (response.status_code, [error["extensions"] for error in response.json()["errors"]]) == (
        status,
        [{"code": code}],
    )


def test_after_all_of_them_the_same_process_still_answers(api_sqlite: Api) -> None:
    for case in QUERIES:
        assert api_sqlite.send(case.query, case.variables, operationName=case.operation).json()["errors"]
    for body, status, _ in BODIES.values():
        assert post(api_sqlite, body).status_code == status
    assert answers(api_sqlite)


def test_an_id_of_nothing_is_null_without_an_error(api_readonly: Api) -> None:
    unknown_id = text64("Commitment:SVS-62")
    assert api_readonly.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[unknown_id, SOME_ID]) == {
        "nodes": [None, {"id": SOME_ID}]
    }


def test_two_unknown_names_are_two_errors_beside_the_data(api_readonly: Api) -> None:
    response = api_readonly.send(
        '{ a: fund(slug: "no") { slug } commitment(ref: "SVS-01") { ref } b: event(slug: "no") { slug } }'
    )
    answer = response.json()
    assert response.status_code == 200
    assert answer["data"] == {"a": None, "commitment": {"ref": "SVS-01"}, "b": None}
    results = [(error["path"], error["message"], error["extensions"]) for error in answer["errors"]]
    assert sorted(results) == [
        (["a"], "There is no fund 'no'.", {"code": "NOT_FOUND"}),
        (["b"], "There is no event 'no'.", {"code": "NOT_FOUND"}),
    ]


def codes_in_code() -> Iterator[str]:
    """Every word in the code that stands where a code does."""
    for folder in ("api", "schema"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                match node:
                    case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(word))):
                        yield word
                    case ast.Call(func=ast.Name(id="TooMuch" | "with_code" | "error_body" | "_check"), args=arguments):
                        for inner in (inner for argument in arguments for inner in ast.walk(argument)):
                            if isinstance(inner, ast.Constant) and A_CODE.fullmatch(str(inner.value)):
                                yield str(inner.value)
                    case ast.Assign(targets=[ast.Name(id="CODES")], value=ast.Dict(keys=keys, values=values)):
                        # The one of api/errors.py, which goes from status to code.
                        if all(isinstance(key, ast.Constant) and isinstance(key.value, int) for key in keys):
                            yield from (str(value.value) for value in values if isinstance(value, ast.Constant))


def test_every_code_that_the_code_raises_is_documented_and_no_other_is() -> None:
    assert set(codes_in_code()) | {"BAD_REQUEST"} == set(CODES)


def test_every_code_that_a_query_or_a_body_can_get_was_asked_for_here() -> None:
    # The others need a wrong method, header or address, a setting, a fault of ours, haste or patience: see
    # test_http.py, test_health.py, test_live.py, test_rates.py, test_trusted.py, exports/ and sockets/.
    elsewhere = {"METHOD_NOT_ALLOWED", "NOT_ACCEPTABLE", "UNSUPPORTED_MEDIA_TYPE", "INTERNAL_SERVER_ERROR"}
    elsewhere |= {"RATE_LIMITED", "SUBSCRIBER_TOO_SLOW", "TOO_MANY_OPERATIONS", "UNAVAILABLE"}
    elsewhere |= {"REQUEST_TIMEOUT", "TOO_MANY_CONNECTIONS", "DOCUMENT_REQUIRED", "REVISION_NOT_REACHED"}
    assert {case.code for case in QUERIES} | {code for _, _, code in BODIES.values()} == set(CODES) - elsewhere


def test_the_documents_list_the_same_codes() -> None:
    assert table("docs/api.md", "code") == [(f"`{code}`", meaning) for code, meaning in CODES.items()]
