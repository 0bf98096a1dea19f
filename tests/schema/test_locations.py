"""An error before execution says where in the query it is."""

from typing import Any

import pytest

from tests.server import Api

# Its query, the code, and the line and the column.
ERRORS: list[tuple[str, dict[str, Any], str, int, int]] = [
    ("{ strategy { slug }\n  commitments(first: 101) { totalCount } }", {}, "PAGE_TOO_LARGE", 2, 3),
    ("{ strategy { slug }\n  commitments(first: 0) { totalCount } }", {}, "BAD_USER_INPUT", 2, 3),
    ("query ($n: Int)\n{ funds(first: $n) { totalCount } }", {"n": 101}, "PAGE_TOO_LARGE", 2, 3),
    ("query ($n: Int) {\n strategy { publisher { ...F } } } fragment F on Organisation { name }\n"
     "fragment G on Query {\n  funds(first: 500) { totalCount } }", {}, "GRAPHQL_VALIDATION_FAILED", 1, 8),
    ("{ ...F }\nfragment F on Query {\n   funds(first: 500) { totalCount } }", {}, "PAGE_TOO_LARGE", 3, 4),
    ('{\n  commitments(filter: {asOf: "2018-02-30"}) { totalCount } }', {}, "BAD_USER_INPUT", 2, 30),
    ('query ($day: Date) {\n  progress(asOf: $day) { total } }', {"day": "2018-02-30"}, "BAD_USER_INPUT", 1, 8),
    ('{\n  progress(asOf: "3000-01-01") { total } }', {}, "BAD_USER_INPUT", 2, 3),
    ("query ($ids: [ID!]!)\n{ nodes(ids: $ids) { id } }", {"ids": ["x"] * 101}, "TOO_MANY_IDS", 2, 3),
    ("query ($q: String!)\n{ search(q: $q) { count } }", {"q": "x" * 1001}, "BAD_USER_INPUT", 2, 3),
    ("\n{ strategy " + "{ publisher { leads { leads { leads { leads " * 6 + "{ name } " + "} } } } }" * 6 + "}",
     {}, "QUERY_TOO_DEEP", 2, 1),
    ("\n { " + " ".join(f"a{n}: __typename" for n in range(101)) + " }", {}, "TOO_MANY_ALIASES", 2, 2),
    ("{ __typename\n " + "__typename " * 2_000 + "}", {}, "QUERY_TOO_LONG", 2, 21_980),
    ("\n" + "{ strategy " * 300 + "}" * 300, {}, "QUERY_TOO_DEEP", 2, 2_201),
]  # fmt: skip


@pytest.mark.parametrize(("query", "variables", "code", "line", "column"), ERRORS)
def test_an_error_before_execution_is_located(
    api_readonly: Api, query: str, variables: dict[str, Any], code: str, line: int, column: int
) -> None:
    body = api_readonly.send(query, variables).json()
    assert "data" not in body
    error = body["errors"][0]
    assert (error["extensions"]["code"], error["locations"]) == (code, [{"line": line, "column": column}])
