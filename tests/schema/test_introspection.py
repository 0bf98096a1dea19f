"""What the schema says of itself."""

from tests.server import Api

QUERY = """{
  object: __type(name: "Query") { isOneOf fields { type { isOneOf ofType { isOneOf } } } }
  input: __type(name: "FundFilter") { isOneOf inputFields { type { isOneOf } } }
}"""


def test_only_an_input_can_be_one_of_several(api_readonly: Api) -> None:
    answer = api_readonly.ask(QUERY)
    kinds = [field["type"] for field in answer["object"]["fields"]]
    assert answer["object"]["isOneOf"] is None
    assert {kind["isOneOf"] for kind in kinds} == {None}
    assert {kind["ofType"]["isOneOf"] for kind in kinds if kind["ofType"]} == {None}
    assert answer["input"] == {"isOneOf": False, "inputFields": [{"type": {"isOneOf": None}}] * 9}


def test_every_scalar_of_ours_says_where_it_is_specified(api_readonly: Api) -> None:
    kinds = api_readonly.ask("{ __schema { types { kind name specifiedByURL } } }")["__schema"]["types"]
    scalars = {kind["name"]: kind["specifiedByURL"] for kind in kinds if kind["kind"] == "SCALAR"}
    others = {"ID", "String", "Int", "Float", "Boolean", "_Any"}
    named = {name: url for name, url in scalars.items() if name not in others}
    assert named == {
        "Date": "https://scalars.graphql.org/andimarek/local-date.html",
        "DateTime": "https://scalars.graphql.org/andimarek/date-time.html",
        "Decimal": "https://www.w3.org/TR/xmlschema11-2/#decimal",
    }
